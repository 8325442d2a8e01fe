// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.cli.Interruption;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.RecordingLine;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a publication whose line stands still. */
@Timeout(60)
class PublishingSessionIT {
    private final ManualClock time = new ManualClock();
    private final NanoClock clock = () -> {
        time.advanceMs(1);
        return time.nanoTime();
    };
    private final RecordingLine line = new RecordingLine("A");
    private final StreamPublication publication = new StreamPublication(
            new PublicationContext("itch", 1001, 7, 0, true, true, time.wall(), clock),
            new PacketLine[] {line},
            () -> {},
            PublicationTick.NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private Heliograph heliograph;
    private PublishingSession session;

    @BeforeEach
    void connect() {
        heliograph = Heliograph.connect(new HeliographContext()
                .topology(LoopbackTopology.with("flow=\"min\""))
                .host("host1")
                .driver(DriverChoice.embedded()));
        session = new PublishingSession(
                heliograph, PartitionedPublication.of("itch", publication), new Interruption(), clock, 1_000_000_000L);
    }

    @AfterEach
    void close() {
        heliograph.close();
    }

    @Test
    void shouldSayWhatCouldNotLeaveWhenTheLineStandsStill() {
        assertEquals(1, publication.offer(message, 0, 36));
        assertEquals(2, publication.offer(message, 0, 36));
        line.answerAlways(Publication.BACK_PRESSURED);

        assertEquals(
                "2 of 2 messages of itch and the end of the epoch could not leave: a subscriber or the network has"
                        + " stood still for 5 s",
                session.end(true));
    }

    @Test
    void shouldSayNothingWhenAllHasLeft() {
        assertEquals(1, publication.offer(message, 0, 36));

        assertNull(session.end(true));

        assertFalse(publication.isLingering());
        assertTrue(line.taken().size() > 2, "the message, its seal and the end, more than once");
    }
}
