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
}
