// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher of what cannot be had again is killed while the journal is 10,000 messages and more behind it: the next one goes on
 * in the same epoch, and nobody is ever given two contents under one number.
 */
@Tag("full")
final class PublisherKillIT implements StreamListener {
    private static final int BEHIND = 10_000;

    @TempDir
    private Path folder;

    private Path file;
    private Topology topology;
    private StreamJournal journal;
    private @Nullable JournalReader follower;
    /** Who has sent each number. */
    private final Long2LongHashMap heard = new Long2LongHashMap(0);

    private long last;
    private int epochs;

    @BeforeEach
    void shouldHaveATopologyOfItsOwn() throws IOException {
        Path journals = folder.resolve("journals");
        file = LoopbackTopology.sample("journal.xml", folder);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("/tmp/heliograph-journal", journals.toString())
                        .replace("flow=\"min\"", "flow=\"max\""));
        topology = TopologyReader.read(file);
        journal = StreamJournal.of(journals, "itch");
    }

    @AfterEach
    void shouldLeaveNothingBehind() throws IOException {
        CloseHelper.close(follower);
        String host = "heliograph-" + Surroundings.user() + "-" + topology.name() + "-host1";
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-itch.epoch")) {
            Files.deleteIfExists(Surroundings.sharedMemory().resolve(host + suffix));
        }
    }

    @Test
    void shouldNeverGiveANumberToTwoContentsWhenThePublisherDiesFarAheadOfTheJournal() {
        try (RoleProcess engine = RoleProcess.start("engine", "--topology", file.toString(), "--host", "host1")) {
            engine.awaitOut("driver: process");
            try (Heliograph heliograph = Heliograph.connect(
                            new HeliographContext().topology(topology).host("host1"));
                    StreamSubscription subscription =
                            heliograph.addSubscription("itch", this, SubscriptionOptions.DEFAULT.withoutRepair())) {
                Runnable work = () -> {
                    heliograph.doWork();
                    subscription.poll(
                            (buffer, offset, length, header) -> onMessage(header.sequence(), buffer, offset, length),
                            64);
                };
                long first = runAndKill(work, engine);

                try (WriterProcess second = publisher()) {
                    awaiting("the second publisher", work, () -> second.hasSaid("OPEN"));
                    WriterProcess.signal("CONT", engine.pid());
                    String opened = second.awaitSaid("OPEN");
                    long from = Long.parseLong(opened.substring(opened.lastIndexOf(' ') + 1));
                    assertTrue(from > last || heard.get(from) == 0 || heard.get(from) == second.pid(), "from " + from);
                    awaiting("its messages", work, () -> last > from + BEHIND);
                    awaiting("the journal", work, () -> journaled() > from + BEHIND / 2);
                    assertEquals(1, epochs, "one epoch");
                    assertEquals(second.pid(), heard.get(from));
                    long before = from - 1;
                    while (heard.get(before) == 0 && before > 0) {
                        before--;
                    }
                    assertEquals(first, heard.get(before), "and before what was lost the first's");
                }
            }
            assertSameInTheJournal();
        }
    }

    /** The publisher is killed when the journal, which stands still, is far behind; returns who it was. */
    private long runAndKill(Runnable work, RoleProcess engine) {
        try (WriterProcess publisher = publisher()) {
            awaiting("its messages", work, () -> last > 2_000);
            awaiting("the journal", work, () -> journaled() > 1_000);
            WriterProcess.signal("STOP", engine.pid());
            long stopped = journaled();
            awaiting("the journal behind", work, () -> last > stopped + BEHIND);
            WriterProcess.signal("KILL", publisher.pid());
            publisher.awaitExit();
            assertTrue(last - journaled() >= BEHIND, "the journal is at " + journaled() + " of " + last);
            return publisher.pid();
        }
    }

    private void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        assertEquals(LiveProgram.LENGTH, length);
        assertEquals(sequence, buffer.getLong(offset));
        assertTrue(sequence == last + 1 || last == 0, sequence + " behind " + last);
        last = sequence;
        heard.put(sequence, buffer.getLong(offset + 8));
    }

    @Override
    public void onGap(long epoch, long from, long to) {
        assertEquals(last + 1, from);
        last = to;
    }

    @Override
    public void onEpochStart(long epoch, long next) {
        epochs++;
    }

    /** What the journal has is what the subscriber was given; what it lacks, it says. */
    private void assertSameInTheJournal() {
        long[] next = {0};
        try (JournalReader reader = journal.reader()) {
            while (reader.poll((packet, offset, length) -> next[0] = compare(packet, offset, next[0]), 64) > 0) {}
        }
        assertTrue(next[0] > BEHIND, "up to " + next[0]);
    }

    private long compare(DirectBuffer packet, int offset, long next) {
        long sequence = PacketFlyweight.sequence(packet, offset);
        assertTrue(next == 0 || next == sequence, sequence + " where " + next + " comes next");
        switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> {
                int count = PacketFlyweight.count(packet, offset);
                for (int i = 0; i < count; i++) {
                    int body = offset + PacketFlyweight.HEADER_LENGTH + i * (2 + LiveProgram.LENGTH) + 2;
                    assertEquals(sequence + i, packet.getLong(body));
                    long given = heard.get(sequence + i);
                    assertTrue(given == 0 || given == packet.getLong(body + 8), "two contents of " + (sequence + i));
                }
                return sequence + count;
            }
            case PacketKind.GAP -> {
                return ControlFlyweight.gapLast(packet, offset) + 1;
            }
            default -> {
                return next;
            }
        }
    }

    private long journaled() {
        if (follower == null) {
            if (!journal.isThere()) {
                return 0;
            }
            follower = journal.reader();
        }
        return follower.lastSequence();
    }

    private WriterProcess publisher() {
        return WriterProcess.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                LiveProgram.class.getName(),
                file.toString());
    }
}
