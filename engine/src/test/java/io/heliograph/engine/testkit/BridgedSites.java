// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/**
 * Two sites on loopback, ny of hosts ny1 and ny2 with two NICs, and ldn of hosts ldn1 to ldn3, and a bridge that leads stream {@code
 * itch} of ny1 from the one to the other.
 */
public final class BridgedSites {
    private static final String EMBEDDED = "driver=\"embedded\"";

    private BridgedSites() {}

    /**
     * A bridge whose one path leads to ldn1.
     *
     * @param journals of all hosts, each in a directory of its own.
     * @param streamAttributes of the stream beside name, id, site, publishers, bond and journal.
     * @param bridgeAttributes of the bridge beside from, to, streams and bond.
     * @return the topology; its name and its ranges belong to this process and this call.
     */
    public static Topology one(Path journals, String streamAttributes, String bridgeAttributes) {
        return with(journals, streamAttributes, bridgeAttributes, "", EMBEDDED);
    }

    /**
     * A bridge of two paths, of which the second leads from ny2 to ldn2.
     *
     * @param journals as above.
     * @param streamAttributes as above.
     * @param bridgeAttributes as above.
     * @return as above.
     */
    public static Topology two(Path journals, String streamAttributes, String bridgeAttributes) {
        String path = "<path from=\"ny2\" to=\"ldn2\"/>";
        return with(journals, streamAttributes, bridgeAttributes, path, EMBEDDED);
    }

    /**
     * A bridge whose one path leads to ldn1; the engine of ny1 has its driver inside, for its journal.
     *
     * @param journals as above.
     * @param streamAttributes as above.
     * @param bridgeAttributes as above.
     * @return as above.
     */
    public static Topology kept(Path journals, String streamAttributes, String bridgeAttributes) {
        return with(journals, streamAttributes, bridgeAttributes, "", "driver=\"engine\"");
    }

    private static Topology with(
            Path journals, String streamAttributes, String bridgeAttributes, String path, String origin) {
        String range = LoopbackTopology.range();
        return TopologyReader.read("bridged-sites.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-%s">
              <site name="ny" multicast="%s">
                %s
                %s
                <bond name="ab" nics="a b"/>
              </site>
              <site name="ldn" multicast="%s">
                %s
                %s
                %s
                <bond name="cd" nics="c d"/>
              </site>
              <stream name="itch" id="7" site="ny" publishers="ny1" bond="ab" journal="ny1 ny2 ldn1 ldn2" %s/>
              <bridge from="ny" to="ldn" streams="itch" bond="cd" %s>
                <path from="ny1" to="ldn1"/>
                %s
              </bridge>
            </topology>
            """.formatted(
                        ProcessHandle.current().pid(),
                        range.hashCode() & 0xFFFF,
                        range,
                        host("ny1", 1, "a", "b", journals, origin),
                        host("ny2", 2, "a", "b", journals, EMBEDDED),
                        LoopbackTopology.range(),
                        host("ldn1", 3, "c", "d", journals, EMBEDDED),
                        host("ldn2", 4, "c", "d", journals, EMBEDDED),
                        host("ldn3", 5, "c", "d", journals, EMBEDDED),
                        streamAttributes,
                        bridgeAttributes,
                        path));
    }

    private static String host(String name, int number, String one, String other, Path journals, String engine) {
        return """
            <host name="%s">
              <nic name="%s" address="127.0.1.%d/8"/>
              <nic name="%s" address="127.0.2.%d/8"/>
              <engine link="127.0.1.%d:%d" journal="%s" %s/>
            </host>
            """.formatted(
                        name, one, number, other, number, number, freePort(number), journals.resolve(name), engine);
    }

    private static int freePort(int host) {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.1." + host))) {
            return any.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
