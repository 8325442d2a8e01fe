// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.engine.base.Partitions;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed of four partitions on loopback: published by key, all of it and one part of it subscribed to. */
final class PartitionedIT {
    private static final int MESSAGES = 40_000;
    private static final int KEYS = 500;

    @TempDir
    private Path state;

    private final Topology topology = LoopbackTopology.with("flow=\"min\" partitions=\"4\"");
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
    private final long[] counts = new long[KEYS];
    private Heliograph heliograph;

    @BeforeEach
    void connect() {
        heliograph = Heliograph.connect(new HeliographContext()
                .topology(topology)
                .host("host1")
                .driver(DriverChoice.embedded())
                .stateDirectory(state));
    }

    @AfterEach
    void close() {
        heliograph.close();
    }

    @Test
    void shouldDeliverEachKeysMessagesInOrderOverAllPartitionsAndOnePartitionsOwnAlone() {
        long[] alone = new long[1];
        MessageHandler ofOne = (buffer, offset, length, header) -> {
            assertEquals(2, Partitions.of(buffer.getLong(offset), 4));
            assertEquals(++alone[0], header.sequence());
        };
        try (PartitionedSubscription all =
                        PartitionedSubscription.open(heliograph, "itch", partition -> StreamListener.NONE);
                StreamSubscription one = heliograph.addSubscription("itch/2", StreamListener.NONE);
                PartitionedPublication publication = PartitionedPublication.open(heliograph, "itch")) {
            Runnable cycle = () -> {
                heliograph.doWork();
                publication.doWork();
                all.poll(this::onMessage, 16);
                one.poll(ofOne, 16);
            };
            assertEquals(4, publication.count());
            awaiting("listeners", cycle, () -> isHeard(publication));

            for (int i = 0; i < MESSAGES; i++) {
                long key = i * 7L % KEYS;
                message.putLong(0, key);
                message.putLong(8, i / KEYS);
                awaiting("room", cycle, () -> publication.offer(key, message, 0, 36) > 0);
            }
            awaiting("the end", cycle, () -> publication.endEpoch() >= 0);
            awaiting("all ends", cycle, () -> all.isEnded() && one.isEnded() && !publication.isLingering());

            for (int key = 0; key < KEYS; key++) {
                assertEquals(MESSAGES / KEYS, counts[key], "key " + key);
            }
            assertEquals(MESSAGES, publication.messages());
            assertEquals(publication.partition(2).messages(), alone[0]);
            for (int i = 0; i < 4; i++) {
                assertTrue(publication.partition(i).messages() > MESSAGES / 8, "partition " + i);
                assertEquals("itch/" + i, publication.partition(i).stream());
                assertEquals(0, all.partition(i).statistics().gaps());
            }
        }
    }

    @Test
    void shouldAllocateNothingWhenOffering() {
        try (PartitionedPublication publication = PartitionedPublication.open(heliograph, "itch")) {
            Runnable offers = () -> {
                for (int i = 0; i < 100_000; i++) {
                    publication.offer(i % KEYS, message, 0, 36);
                }
            };
            offers.run();

            assertEquals(0, AllocatedOctets.of(offers));
        }
    }

    @Test
    void shouldSayWhichPartitionsThereAreWhenTheFeedIsTakenForAStream() {
        HeliographException refused =
                assertThrows(HeliographException.class, () -> heliograph.addSubscription("itch", StreamListener.NONE));

        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("stream itch has partitions: name one, itch/0 to itch/3, or take all"),
                refused.getMessage());
    }

    @Test
    void shouldBeOneStreamWhenItIsNotSplit() {
        List<String> opened = new ArrayList<>();
        try (Heliograph other = Heliograph.connect(new HeliographContext()
                        .topology(LoopbackTopology.with("flow=\"min\""))
                        .host("host1")
                        .driver(DriverChoice.embedded())
                        .stateDirectory(state));
                PartitionedPublication publication = PartitionedPublication.open(other, "itch")) {
            for (int i = 0; i < publication.count(); i++) {
                opened.add(publication.partition(i).stream());
            }
            assertEquals(1, publication.offer(7, message, 0, 36));
            assertEquals(2, publication.offer(8, message, 0, 36));
        }
        assertEquals(List.of("itch"), opened);
    }

    private boolean isHeard(PartitionedPublication publication) {
        for (int i = 0; i < publication.count(); i++) {
            StreamPublication partition = publication.partition(i);
            if (!heliograph.isHeard(partition)) {
                return false;
            }
        }
        return true;
    }

    private void onMessage(
            org.agrona.DirectBuffer buffer, int offset, int length, io.heliograph.engine.stream.MessageHeader header) {
        int key = (int) buffer.getLong(offset);
        assertEquals(counts[key]++, buffer.getLong(offset + 8), "key " + key);
    }
}
