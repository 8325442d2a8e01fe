// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.base.BridgeDescriptor.BRIDGED_MESSAGES;
import static io.heliograph.engine.base.BridgeDescriptor.PATH_SPACE;
import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.Main;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two bridges from one site into one host: each carries its own streams in its own way, and the second is called {@code ny/2}. */
@Timeout(60)
final class SecondBridgeIT {
    private static final String STREAM =
            "<stream name=\"quotes\" id=\"8\" site=\"ny\" publishers=\"ny1\" bond=\"a\" journal=\"ny1 ny2 ldn1\"/>";
    private static final String BRIDGE =
            "<bridge from=\"ny\" to=\"ldn\" streams=\"quotes\" bond=\"a\" select=\"hedge\" hwm=\"700\" lwm=\"7\">"
                    + "<path from=\"ny1\" to=\"ldn1\"/><path from=\"ny2\" to=\"ldn1\"/></bridge>";

    @TempDir
    private Path folder;

    @Test
    void shouldCarryEachItsOwnStreams() {
        try (BridgeRun sites = new BridgeRun(folder, "hwm=\"9000\"", new String[] {""}, STREAM, BRIDGE)) {
            StreamRecorder recorder = new StreamRecorder();
            StreamSubscription subscription = sites.receiver.addSubscription("quotes", recorder);
            StreamPublication publication = sites.sender.addPublication("quotes");
            Runnable cycle = () -> {
                sites.cycle();
                publication.doWork();
                subscription.poll(recorder, 64);
            };
            awaiting("it is heard", cycle, publication::isFullyConnected);
            sites.publish(200);
            for (int i = 0; i < 300; i++) {
                byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
                awaiting("accepted", cycle, () -> publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
                publication.flush();
            }
            awaiting("the first bridge's", cycle, sites::isAllHeard);
            awaiting("the second one's", cycle, () -> subscription.nextSequence() == publication.nextSequence());
            assertEquals("epoch " + publication.epoch() + " from 1, 1-300", recorder.heard());

            awaiting("counted", cycle, () -> messages(sites, "ny", "itch") == 200);
            awaiting("counted apart", cycle, () -> messages(sites, "ny/2", "quotes") == 300);
            assertEquals(-1, messages(sites, "ny", "quotes"));
            assertEquals(9_000, sites.counter(PATH_SPACE, PATH_SPACE.labelOfPath("ldn1", "ny", "ny1")));
            assertEquals(700, sites.counter(PATH_SPACE, PATH_SPACE.labelOfPath("ldn1", "ny/2", "ny2")));

            assertEquals("bridge ny/2: hwm 50, lwm 10; they were hwm 700, lwm 7\n", marks("ny/2"));
            awaiting(
                    "the marks count for it alone",
                    cycle,
                    () -> sites.counter(PATH_SPACE, PATH_SPACE.labelOfPath("ldn1", "ny/2", "ny2")) == 50);
            assertEquals(9_000, sites.counter(PATH_SPACE, PATH_SPACE.labelOfPath("ldn1", "ny", "ny1")));
            assertTrue(marks("ny/3").contains("those that do: ny, ny/2"));
        }
    }

    private static long messages(BridgeRun sites, String bridge, String stream) {
        return sites.counter(BRIDGED_MESSAGES, BRIDGED_MESSAGES.labelOfBridged("ldn1", bridge, stream));
    }

    /** Changes a bridge's marks; what was said. */
    private String marks(String bridge) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        String file = folder.resolve(BridgeRun.FILE).toString();
        line.execute("ctl", "marks", "-t", file, "-H", "ldn1", "--bridge", bridge, "--hwm", "50", "--lwm", "10");
        return said.toString();
    }
}
