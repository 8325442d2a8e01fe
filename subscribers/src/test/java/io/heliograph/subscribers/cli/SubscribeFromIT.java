// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.testkit.OrderBody;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role begins in a journal of two epochs of which the second has ended; nobody publishes any more. */
@Tag("full")
final class SubscribeFromIT {
    private static final int STREAM = 1001;
    private static final Instant OPEN = Instant.parse("2026-11-20T14:30:00Z");
    private static final int MESSAGES = 100;

    @TempDir
    private Path folder;

    private Path topology = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Path journals = folder.resolve("journals");
        topology = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="from">
                  <site name="local" multicast="239.20.0.0/20">
                    <host name="host1">
                      <nic name="a" address="127.0.0.1/8"/>
                      <engine journal="%s"/>
                    </host>
                    <bond name="a" nics="a"/>
                  </site>
                  <stream name="itch" id="1001" site="local" publishers="host1" bond="a" lines="pin" journal="host1"/>
                </topology>
                """.formatted(journals));
        try (JournalAppender appender = StreamJournal.appender(
                JournalContext.of(StreamJournal.of(journals, "itch").directory(), "itch", STREAM), words -> {
                    throw new AssertionError(words);
                })) {
            for (long epoch : new long[] {7, 9}) {
                for (int i = 1; i <= MESSAGES; i++) {
                    append(appender, message(epoch, i));
                }
                append(appender, Packets.end(STREAM, epoch, MESSAGES));
            }
        }
    }

    @Test
    void shouldBeginAtTheStartOfTheLatestEpoch() {
        assertEquals(sequences(1), printed(run("start")));
    }

    @Test
    void shouldBeginWithAMessageOfTheLatestEpoch() {
        assertEquals(sequences(41), printed(run("41")));
    }

    @Test
    void shouldBeginWithAMessageOfAnEarlierEpoch() {
        Captured run = run("7:91", "--count=10");

        assertEquals(sequences(91), printed(run));
        assertTrue(run.out().contains(" 10 messages, 0 gaps, 0 lost"), run.out());
    }

    /** The next epoch follows at once in the journal. */
    @Test
    void shouldEndWithTheEpochThatItBeganIn() throws IOException {
        Path position = folder.resolve("itch.position");

        Captured run = run("7:91", "--position=" + position);

        assertEquals(sequences(91), printed(run));
        assertTrue(run.out().contains(" 10 messages, 0 gaps, 0 lost"), run.out());
        assertEquals("7:101\n", Files.readString(position));
    }

    @Test
    void shouldBeginWithTheFirstMessageSentAtATimeOrLater() {
        // A message a second; the 61st of epoch 9 is a minute after its first.
        String time = OPEN.plusSeconds(900 + 60).minusMillis(1).toString();

        assertEquals(sequences(61), printed(run(time)));
    }

    @Test
    void shouldGoOnBehindThePositionOfTheOneBefore() throws IOException {
        Path position = Files.writeString(folder.resolve("itch.position"), "9:71\n");

        Captured run = run("start", "--position=" + position);

        assertEquals(sequences(71), printed(run));
        assertEquals("9:101\n", Files.readString(position));
    }

    private Captured run(String from, String... more) {
        List<String> call = new ArrayList<>(List.of(
                "subscribe",
                "--topology=" + topology,
                "--host=host1",
                "--stream=itch",
                "--driver=embedded",
                "--until-end",
                "--print",
                "--from=" + from));
        call.addAll(List.of(more));
        Captured run = Captured.run(call.toArray(new String[0]));
        assertEquals(0, run.exitCode(), run.err() + run.out());
        return run;
    }

    private static List<Integer> sequences(int first) {
        List<Integer> all = new ArrayList<>();
        for (int i = first; i <= MESSAGES; i++) {
            all.add(i);
        }
        return all;
    }

    private static List<Integer> printed(Captured run) {
        return run.out()
                .lines()
                .filter(line -> line.matches("[0-9]+ OrderAdd .*"))
                .map(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /** A packet of one message; the second epoch begins a quarter of an hour after the first. */
    private static byte[] message(long epoch, int sequence) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[256]);
        int length = new OrderBody(body, 0).add(13, sequence, Side.BUY, 320_000_000_000L, 100);
        byte[] packet = new byte[PacketFlyweight.HEADER_LENGTH + PacketFlyweight.LENGTH_PREFIX + length];
        UnsafeBuffer buffer = new UnsafeBuffer(packet);
        PacketFlyweight.init(buffer, 0, STREAM, epoch, 0);
        PacketFlyweight.sequence(buffer, 0, sequence);
        PacketFlyweight.count(buffer, 0, 1);
        long seconds = (epoch == 7 ? 0L : 900L) + sequence - 1;
        long sentNs = ChronoUnit.NANOS.between(Instant.EPOCH, OPEN.plusSeconds(seconds));
        PacketFlyweight.sentEpochNs(buffer, 0, sentNs);
        PacketFlyweight.messageLength(buffer, PacketFlyweight.HEADER_LENGTH, length);
        buffer.putBytes(PacketFlyweight.HEADER_LENGTH + PacketFlyweight.LENGTH_PREFIX, body, 0, length);
        return packet;
    }

    private static void append(JournalAppender appender, byte[] packet) {
        appender.append(new UnsafeBuffer(packet), 0, packet.length);
    }
}
