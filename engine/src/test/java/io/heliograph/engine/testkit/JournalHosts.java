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
 * A site on loopback of which host1 publishes a stream and keeps its journal, and the others have none and hear it on one line.
 * Engines accept links at ports that were free.
 */
public final class JournalHosts {
    private JournalHosts() {}

    /**
     * The site.
     *
     * @param hosts how many, 2 and up: host1 at 127.0.0.1 and so on.
     * @param journals of host1.
     * @param streamAttributes of the stream beside name, id, site, publishers, bond, lines and journal.
     * @param more elements of the topology, such as {@code allow}.
     * @return the topology; its name and its range belong to this process and this call.
     */
    public static Topology with(int hosts, Path journals, String streamAttributes, String more) {
        String range = LoopbackTopology.range();
        StringBuilder xml = new StringBuilder();
        for (int i = 1; i <= hosts; i++) {
            String kept = i == 1 ? "driver=\"engine\" journal=\"" + journals + "\"" : "driver=\"embedded\"";
            xml.append("""
                <host name="host%d">
                  <nic name="a" address="127.0.0.%d/8"/>
                  <engine link="127.0.0.%d:%d" %s/>
                </host>
                """.formatted(i, i, i, freePort(i), kept));
        }
        return TopologyReader.read("journal-hosts.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-%s">
              <site name="local" multicast="%s">
                %s
                <bond name="a" nics="a"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="a" lines="pin" journal="host1" %s/>
              %s
            </topology>
            """.formatted(
                        ProcessHandle.current().pid(), range.hashCode() & 0xFFFF, range, xml, streamAttributes, more));
    }

    /**
     * Two hosts of which none keeps a journal: host1 publishes, and keeps what it has sent for as long as {@code resend=} says.
     *
     * @param streamAttributes of the stream beside name, id, site, publishers and bond.
     * @return the topology.
     */
    public static Topology without(String streamAttributes) {
        String range = LoopbackTopology.range();
        return TopologyReader.read("journal-hosts.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-%s">
              <site name="local" multicast="%s">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <engine link="127.0.0.1:%d" driver="engine"/>
                </host>
                <host name="host2">
                  <nic name="a" address="127.0.0.2/8"/>
                  <engine link="127.0.0.2:%d" driver="embedded"/>
                </host>
                <bond name="a" nics="a"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="a" %s/>
            </topology>
            """.formatted(
                        ProcessHandle.current().pid(),
                        range.hashCode() & 0xFFFF,
                        range,
                        freePort(1),
                        freePort(2),
                        streamAttributes));
    }

    /**
     * Two hosts that both keep a journal.
     *
     * @param journals of both, each in a directory of its own.
     * @param driver the directory of host2's media driver.
     * @param streamAttributes of the stream beside name, id, site, publishers, bond, lines and journal.
     * @return the topology.
     */
    public static Topology both(Path journals, String driver, String streamAttributes) {
        String range = LoopbackTopology.range();
        return TopologyReader.read("journal-hosts.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-%s">
              <site name="local" multicast="%s">
                <host name="host1">
                  <nic name="a" address="127.0.0.1/8"/>
                  <engine link="127.0.0.1:%d" driver="engine" journal="%s"/>
                </host>
                <host name="host2">
                  <nic name="a" address="127.0.0.2/8"/>
                  <engine link="127.0.0.2:%d" driver="%s" journal="%s"/>
                </host>
                <bond name="a" nics="a"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="a" lines="pin" journal="host1 host2" %s/>
            </topology>
            """.formatted(
                        ProcessHandle.current().pid(),
                        range.hashCode() & 0xFFFF,
                        range,
                        freePort(1),
                        journals.resolve("host1"),
                        freePort(2),
                        driver,
                        journals.resolve("host2"),
                        streamAttributes));
    }

    /**
     * A TCP port of loopback that was free a moment ago.
     *
     * @param host the last octet of its address.
     * @return a port.
     */
    public static int freePort(int host) {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0." + host))) {
            return any.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
