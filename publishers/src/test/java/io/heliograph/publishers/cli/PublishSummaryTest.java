// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.heliograph.engine.PartitionedPublication;
import io.heliograph.engine.stream.PacketLine;
import io.heliograph.engine.stream.PublicationContext;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.RecordingLine;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PublishSummaryTest {
    private final ManualClock clock = new ManualClock();
    private final RecordingLine goes = new RecordingLine("A");
    private final RecordingLine stands = new RecordingLine("B");
    private final StreamPublication publication = new StreamPublication(
            new PublicationContext("itch", 1001, 7, 0, true, false, clock.wall(), clock),
            new PacketLine[] {goes, stands},
            () -> {},
            PublicationTick.NONE);

    @Test
    void shouldSayOfEachLineWhatItTookWhatItSkippedAndHowOftenItPushedBack() {
        stands.answerAlways(Publication.BACK_PRESSURED);
        UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        for (int i = 0; i < 3; i++) {
            publication.offer(message, 0, 36);
            publication.flush();
        }

        PartitionedPublication all = PartitionedPublication.of("itch", publication);
        PublishSummary summary = new PublishSummary(all, Feeds.start(List.of(), all, clock), 1, List.of());

        String json = summary.json().toString();
        assertTrue(
                json.contains("\"lines\":[{\"name\":\"A\",\"packets\":3,\"skipped\":0,\"pushedBack\":0},"
                        + "{\"name\":\"B\",\"packets\":0,\"skipped\":3,\"pushedBack\":3}]"),
                json);
        List<String> text = summary.text();
        assertEquals("line A: 3 packets, 0 skipped, pushed back 0 times", text.get(2));
        assertEquals("line B: 0 packets, 3 skipped, pushed back 3 times", text.get(3));
    }
}
