// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class HeliographIT {
    private static final int MESSAGES = 100_000;

    private final HeliographContext context =
            new HeliographContext().host("host1").driver(DriverChoice.embedded());
    private long expected = 1;
    private long wrong;

    @Test
    void shouldCarryEveryMessageOnceAndInOrderOverTwoLines() {
        context.topology(LoopbackTopology.with("flow=\"min\""));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            while (!publication.isFullyConnected()) {
                cycle(heliograph, subscription);
            }
            publish(heliograph, subscription, publication);
            while (publication.endEpoch() < 0) {
                cycle(heliograph, subscription);
            }
            while (publication.isLingering()) {
                publication.doWork();
                cycle(heliograph, subscription);
            }

            assertEquals(0, wrong);
            assertEquals(MESSAGES, subscription.statistics().messages());
            assertEquals(0, subscription.statistics().gaps());
            assertEquals(Quality.ENDED, subscription.quality());
            assertEquals(MESSAGES / 4096 + 1, subscription.statistics().sealsChecked());
            assertEquals(0, subscription.statistics().sealMismatches());
            assertEquals(
                    MESSAGES, subscription.line(0).won() + subscription.line(1).won());
            assertEquals(
                    MESSAGES, subscription.line(0).lost() + subscription.line(1).lost());
        }
    }

    @Test
    void shouldRefuseASecondPublicationOfAStreamOnAHost() {
        context.topology(LoopbackTopology.with(""));

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication("itch")) {
            HeliographException refused =
                    assertThrows(HeliographException.class, () -> heliograph.addPublication("itch"));

            assertTrue(publication.epoch() > 0);
            assertTrue(
                    refused.getMessage().contains("published already on this host by process"), refused.getMessage());
        }
    }

    @Test
    void shouldGoOnInTheEpochWhenAPublicationWasClosedAndInALaterOneWhenItWasEnded() {
        context.topology(LoopbackTopology.with(""));
        List<String> words = new ArrayList<>();
        PublicationOptions options =
                PublicationOptions.DEFAULT.numbering(Numbering.DEFAULT.telling((isFirst, told) -> words.add(told)));

        try (Heliograph heliograph = Heliograph.connect(context)) {
            long epoch;
            try (StreamPublication publication = heliograph.addPublication("itch", options)) {
                epoch = publication.epoch();
                publication.offer(new UnsafeBuffer(new byte[10]), 0, 10);
                assertEquals(2, publication.flush());
            }
            try (StreamPublication publication = heliograph.addPublication("itch", options)) {
                assertEquals(epoch, publication.epoch());
                assertEquals(2, publication.first());
                assertEquals(2, publication.offer(new UnsafeBuffer(new byte[10]), 0, 10));
                assertEquals(2, publication.endEpoch());
            }
            try (StreamPublication publication = heliograph.addPublication("itch", options)) {
                assertTrue(publication.epoch() > epoch, epoch + " then " + publication.epoch());
                assertEquals(1, publication.first());
            }
        }
        assertEquals(3, words.size());
        assertTrue(words.get(1).startsWith("itch goes on in epoch "), words.get(1));
        assertTrue(words.get(2).endsWith(" was ended"), words.get(2));
    }

    @Test
    void shouldLetAnExceptionOfTheHandlerOutOfPollAndGoOnBehindItsMessage() {
        context.topology(LoopbackTopology.with("flow=\"min\""));
        StringBuilder heard = new StringBuilder();
        MessageHandler handler = (buffer, offset, length, header) -> {
            heard.append(header.sequence()).append(' ');
            if (header.sequence() == 2) {
                throw new IllegalStateException("thrown at 2");
            }
        };

        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            Runnable cycle = () -> {
                heliograph.doWork();
                publication.doWork();
                subscription.poll(handler, 64);
            };
            awaiting("both lines", cycle, publication::isFullyConnected);
            for (int i = 0; i < 3; i++) {
                publication.offer(new UnsafeBuffer(new byte[36]), 0, 36);
            }
            publication.flush();

            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> awaiting(
                            "the exception",
                            cycle,
                            () -> subscription.statistics().messages() == 3));
            assertEquals("thrown at 2", thrown.getMessage());
            awaiting("the third message", cycle, () -> subscription.statistics().messages() == 3);
            assertEquals("1 2 3 ", heard.toString());
        }
    }

    private void publish(Heliograph heliograph, StreamSubscription subscription, StreamPublication publication) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        for (long i = 1; i <= MESSAGES; i++) {
            message.putLong(0, i);
            while (publication.offer(message, 0, 36) < 0) {
                cycle(heliograph, subscription);
            }
            if (i % 1_000 == 0) {
                publication.flush();
                publication.doWork();
                cycle(heliograph, subscription);
            }
        }
    }

    private void cycle(Heliograph heliograph, StreamSubscription subscription) {
        heliograph.doWork();
        subscription.poll(
                (buffer, offset, length, header) -> {
                    if (header.sequence() != expected || buffer.getLong(offset) != expected || length != 36) {
                        wrong++;
                    }
                    expected++;
                },
                64);
    }
}
