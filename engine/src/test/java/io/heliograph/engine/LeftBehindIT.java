// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber that does not read is left behind by the driver, for another one's sake; it comes back when it reads again. */
@Timeout(60)
final class LeftBehindIT {
    private static final int ROUND = 20;
    /** A packet of 20 messages, of which two windows hold some 600. */
    private static final int MORE_THAN_WINDOWS = 50_000;

    private final StreamRecorder recorder = new StreamRecorder();

    @TempDir
    private Path state;

    @Test
    void shouldComeBackAndNameWhatItMissedWhenTheOtherReaderIsThere() {
        comesBack(false);
    }

    @Test
    void shouldComeBackAndNameWhatItMissedWhenTheOtherReaderHasLeftMeanwhile() {
        comesBack(true);
    }

    private void comesBack(boolean isLeftAlone) {
        HeliographContext context = new HeliographContext()
                .topology(LoopbackTopology.with(""))
                .host("host1")
                .driver(DriverChoice.embedded())
                .stateDirectory(state);
        SubscriptionOptions network = SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription late = heliograph.addSubscription("itch", recorder, network);
                StreamSubscription other = heliograph.addSubscription("itch", StreamListener.NONE, network);
                StreamPublication publication = heliograph.addPublication("itch")) {
            Runnable flow = () -> {
                publish(publication);
                heliograph.doWork();
                other.poll((buffer, offset, length, header) -> {}, 64);
            };
            Runnable all = () -> {
                flow.run();
                late.poll(recorder, 64);
            };
            awaiting("both lines", all, publication::isFullyConnected);
            awaiting("both readers", all, () -> late.nextSequence() > 1_000 && other.nextSequence() > 1_000);

            long missed = late.nextSequence();
            awaiting("the late one is left behind", flow, () -> !late.isConnected());
            awaiting("nobody waits for it", flow, () -> other.nextSequence() > missed + MORE_THAN_WINDOWS);
            if (isLeftAlone) {
                CloseHelper.close(other);
            }
            awaiting("it is back", all, () -> late.statistics().gaps() > 0 && late.isConnected());
            long goal = publication.nextSequence() + 1_000;
            awaiting("it goes on", all, () -> late.nextSequence() > goal);

            String heard = recorder.heard();
            String from = "epoch " + publication.epoch() + " from 1, 1-" + (missed - 1) + ", gap " + missed + "-";
            assertTrue(heard.startsWith(from), heard + " begins with " + from);
            assertEquals(
                    late.nextSequence() - 1,
                    recorder.messages() + late.statistics().lostMessages());
            assertEquals(0, recorder.wrongBodies());
        }
    }

    private static void publish(StreamPublication publication) {
        boolean isAccepted = true;
        for (int i = 0; i < ROUND && isAccepted; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            isAccepted = publication.offer(new UnsafeBuffer(body), 0, body.length) > 0;
        }
        publication.flush();
        publication.doWork();
    }
}
