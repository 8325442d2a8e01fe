// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeron.ExclusivePublication;
import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sends on a stream's line whom the topology does not name: nothing of it is believed. */
final class ForeignSourceIT {
    private static final int STREAM = 1001;

    private final StreamRecorder recorder = new StreamRecorder();
    private final StringBuilder heard = new StringBuilder();
    private long next = 1;

    @TempDir
    private Path temporary;

    @Test
    void shouldReadNothingFromAForeignSourceWithADriverOfItsOwn() {
        refuses(DriverChoice.embedded());
    }

    @Test
    void shouldReadNothingFromAForeignSourceWithADriverThatItAttachesTo() throws Exception {
        Path directory = temporary.resolve("driver");
        ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
        try {
            refuses(DriverChoice.directory(directory));
        } finally {
            driver.close();
        }
    }

    private void refuses(DriverChoice driver) {
        Topology topology = topology();
        Line line = Lines.of(topology, topology.stream("itch").orElseThrow()).get(0);
        String uri = "aeron:udp?endpoint=" + line.group().getHostAddress() + ":" + line.port()
                + "|interface=127.0.0.1/8|mtu=1408";
        HeliographContext context =
                new HeliographContext().topology(topology).host("host1").driver(driver);
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", recorder);
                ExclusivePublication foreign = heliograph.aeron().addExclusivePublication(uri, STREAM)) {
            Runnable cycle = () -> {
                heliograph.doWork();
                subscription.poll(recorder, 64);
                offer(foreign);
                heard.append(recorder.heard());
                assertEquals(0, subscription.statistics().messages());
            };

            awaiting("something to be sent", cycle, () -> next > 1);
            awaiting("the image to be refused", cycle, () -> subscription.rejectedImages(0) > 0);
            awaiting("the driver to have rejected it", cycle, () -> !foreign.isConnected());

            assertEquals("dropped line 0 FOREIGN_SOURCE", heard.toString());
            assertFalse(subscription.isConnected());
        }
    }

    private void offer(ExclusivePublication foreign) {
        byte[] packet = Packets.data(STREAM, 7, next, next);
        if (foreign.offer(new UnsafeBuffer(packet)) > 0) {
            next++;
        }
    }

    /** What host2 publishes, host1 hears; but it is host1 itself that sends. */
    private static Topology topology() {
        return TopologyReader.read(
                "foreign-source.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="foreign-%d">
                  <site name="local" multicast="%s">
                    <host name="host1"><nic name="a" address="127.0.0.1/8"/></host>
                    <host name="host2"><nic name="a" address="203.0.113.7/24"/></host>
                    <bond name="a" nics="a"/>
                  </site>
                  <stream name="itch" id="%d" site="local" publishers="host2" bond="a"/>
                </topology>
                """.formatted(ProcessHandle.current().pid(), LoopbackTopology.range(), STREAM));
    }
}
