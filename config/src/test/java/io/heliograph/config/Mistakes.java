// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;

/** What a reader says to a text: the problems without the file's name, for tests to compare. */
final class Mistakes {
    /** A right topology to take pieces out of and put others in. */
    static final String RIGHT = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny" multicast="239.20.0.0/20">
                <host name="ny1">
                  <nic name="a" address="10.1.1.1/24"/>
                  <nic name="b" address="10.1.2.1/24"/>
                  <engine/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1" site="ny" publishers="ny1" bond="ab"/>
            </topology>
            """;

    /** Two sites of two hosts, and a bridge of two paths: the stream is in line 22 and 23, the bridge in 24 to 27. */
    static final String BRIDGED = """
            <topology xmlns="urn:heliograph:topology:1" name="t">
              <site name="ny" multicast="239.20.0.0/20">
                <host name="ny1">
                  <nic name="a" address="10.1.1.1/24"/>
                  <engine link="10.1.1.1:7400" journal="/j/ny1"/>
                </host>
                <host name="ny2">
                  <nic name="a" address="10.1.1.2/24"/>
                  <engine link="10.1.1.2:7400" journal="/j/ny2"/>
                </host>
                <bond name="one" nics="a"/>
              </site>
              <site name="ldn" multicast="239.20.16.0/20">
                <host name="ldn1">
                  <nic name="a" address="10.2.1.1/24"/>
                  <nic name="b" address="10.2.2.1/24"/>
                  <engine link="10.2.1.1:7400" journal="/j/ldn1"/>
                </host>
                <host name="ldn2"><nic name="b" address="10.2.2.2/24"/><nic name="a" address="10.2.1.2/24"/></host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1" site="ny" publishers="ny1" bond="one"
                  journal="ny1 ny2 ldn1"/>
              <bridge from="ny" to="ldn" streams="it*" bond="ab">
                <path from="ny1" to="ldn1" priority="1"/>
                <path from="ny2" to="ldn1"/>
              </bridge>
            </topology>
            """;

    private Mistakes() {}

    static List<String> in(String xml) {
        try {
            TopologyReader.read("t.xml", xml);
            return List.of();
        } catch (TopologyException refused) {
            return refused.problems().stream()
                    .map(problem -> problem.toString().substring("t.xml:".length()))
                    .toList();
        }
    }

    /** The mistakes of the right topology after one change. */
    static List<String> after(String piece, String other) {
        if (!RIGHT.contains(piece)) {
            throw new IllegalArgumentException("the right topology has no " + piece);
        }
        return in(RIGHT.replace(piece, other));
    }

    /** The mistakes of the right topology with a bridge after one change. */
    static List<String> bridged(String piece, String other) {
        if (!BRIDGED.contains(piece)) {
            throw new IllegalArgumentException("the right topology has no " + piece);
        }
        return in(BRIDGED.replace(piece, other));
    }
}
