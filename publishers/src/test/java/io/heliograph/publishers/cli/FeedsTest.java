// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.replay.FeedSource;
import io.heliograph.publishers.replay.GeneratedSource;
import io.heliograph.publishers.replay.Pace;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several feeds of which one dies: the others' messages arrive, and nobody waits for the dead. */
@Timeout(60)
class FeedsTest {
    private static final int MESSAGES = 64;

    private final StreamPublication publication = new StreamPublication(
            new PublicationContext(
                    "itch", 1001, 7, 0, true, true, new SystemEpochNanoClock(), SystemNanoClock.INSTANCE),
            new PacketLine[] {new RecordingLine("A")},
            () -> {},
            PublicationTick.NONE);

    @Test
    void shouldEndWhenAFeedDiesAsItReads() {
        assertDies(
                new Dying(false),
                "broken: its feed ended by an unexpected IllegalStateException: the source has lost its mind");
    }

    @Test
    void shouldEndWhenAFeedDiesAsItWritesIntoTheIntake() {
        assertDies(
                new Dying(true), "broken: its feed ended by an unexpected NullPointerException: no timestamps today");
    }

    private void assertDies(FeedSource dying, String words) {
        FeedSource sound = new GeneratedSource(ItchDay.of(1, MESSAGES, 1));
        Pace pace = Pace.parse("max");
        List<PlannedFeed> planned = List.of(new PlannedFeed(dying, 0, pace), new PlannedFeed(sound, 0, pace));
        try (Feeds feeds =
                Feeds.start(planned, PartitionedPublication.of("itch", publication), SystemNanoClock.INSTANCE)) {
            awaiting("the end of both", feeds::doWork, feeds::isEnded);

            assertEquals(List.of(words), feeds.failures());
            assertTrue(publication.messages() >= MESSAGES, "messages " + publication.messages());
        }
    }

    /** A source that throws what no source should: as it is read, or when its first message is looked at again. */
    private static final class Dying implements FeedSource {
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        private final boolean isReadable;
        private int looks;

        Dying(boolean isReadable) {
            this.isReadable = isReadable;
            message.putByte(0, (byte) 'A');
        }

        @Override
        public boolean next() {
            if (!isReadable) {
                throw new IllegalStateException("the source has lost its mind");
            }
            return true;
        }

        @Override
        public DirectBuffer buffer() {
            if (++looks == 2) {
                throw new NullPointerException("no timestamps today");
            }
            return message;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return 36;
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String place() {
            return "nowhere";
        }

        @Override
        public int perMille() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
