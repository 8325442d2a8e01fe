// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A site on loopback with a group range of its own, so that tests which run one after another or side by side never hear
 * each other.
 */
public final class LoopbackTopology {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private LoopbackTopology() {}

    /**
     * One host with two NICs on loopback and one stream {@code itch}.
     *
     * @param streamAttributes of the stream beside name, id, site, publishers and bond, as XML.
     * @return the topology; its name and its range belong to this process and this call.
     */
    public static Topology with(String streamAttributes) {
        long pid = ProcessHandle.current().pid();
        String multicast = range();
        int run = RUNS.get();
        return TopologyReader.read("loopback-test.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="test-%d-%d">
                  <site name="local" multicast="%s">
                    <host name="host1">
                      <nic name="a" address="127.0.0.1/8"/>
                      <nic name="b" address="127.0.0.2/8"/>
                    </host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" %s/>
                </topology>
                """.formatted(pid, run, multicast, streamAttributes));
    }

    /**
     * A range of multicast groups that no other run of the tests uses.
     *
     * @return as a site's {@code multicast} attribute says it.
     */
    public static String range() {
        long range = (ProcessHandle.current().pid() * 31 + RUNS.incrementAndGet()) & 0x3FFF;
        return "239." + (64 + (range >> 8)) + "." + (range & 0xFF) + ".0/24";
    }
}
