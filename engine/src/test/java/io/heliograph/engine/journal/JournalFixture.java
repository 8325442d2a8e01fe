// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in a directory of its own, by a clock that stands until it is moved, and what a reader was handed as words. */
final class JournalFixture implements EpochClock {
    static final int STREAM = 1001;
    static final long HOUR_MS = 3_600_000L;

    final Path directory;
    final List<String> warnings = new ArrayList<>();
    long nowMs = 500_000 * HOUR_MS;

    JournalFixture(Path directory) {
        this.directory = directory;
    }

    @Override
    public long time() {
        return nowMs;
    }

    JournalContext context() {
        return JournalContext.of(directory, "itch", STREAM).minFree(0).clock(this);
    }

    JournalAppender appender() {
        return StreamJournal.appender(context(), warnings::add);
    }

    JournalReader reader() {
        return new StreamJournal(directory).reader();
    }

    static UnsafeBuffer direct(byte[] packet) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(packet.length));
        buffer.putBytes(0, packet);
        return buffer;
    }

    static void append(JournalAppender appender, byte[] packet) {
        appender.append(direct(packet), 0, packet.length);
    }

    static boolean fill(JournalAppender appender, byte[] packet) {
        return appender.fill(direct(packet), 0, packet.length);
    }

    static byte[] data(long epoch, long first, long last) {
        return Packets.data(STREAM, epoch, first, last);
    }

    static byte[] data(long epoch, long first, long last, long sentNs) {
        byte[] packet = data(epoch, first, last);
        PacketFlyweight.sentEpochNs(new UnsafeBuffer(packet), 0, sentNs);
        return packet;
    }

    /** What is left in the journal from the reader's position on, a word a packet: 7:1-3, gap 7:4-5, seal 7:1-3, end 7:3. */
    static List<String> rest(JournalReader reader) {
        List<String> words = new ArrayList<>();
        while (reader.poll((buffer, offset, length) -> words.add(word(buffer, offset, length)), 3) > 0) {}
        return words;
    }

    static String word(DirectBuffer buffer, int offset, int length) {
        long epoch = PacketFlyweight.epoch(buffer, offset);
        long sequence = PacketFlyweight.sequence(buffer, offset);
        return switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> data(buffer, offset, length, epoch, sequence);
            case PacketKind.GAP -> "gap " + epoch + ":" + sequence + "-" + ControlFlyweight.gapLast(buffer, offset);
            case PacketKind.SEAL ->
                "seal " + epoch + ":" + ControlFlyweight.sealFirst(buffer, offset) + "-"
                        + ControlFlyweight.sealLast(buffer, offset);
            default -> "end " + epoch + ":" + (sequence - 1);
        };
    }

    private static String data(DirectBuffer buffer, int offset, int length, long epoch, long sequence) {
        long last = sequence + PacketFlyweight.count(buffer, offset) - 1;
        byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        UnsafeBuffer expected = new UnsafeBuffer(data(epoch, sequence, last));
        PacketFlyweight.sentEpochNs(expected, 0, PacketFlyweight.sentEpochNs(buffer, offset));
        boolean isSame = expected.equals(new UnsafeBuffer(octets));
        return epoch + ":" + sequence + "-" + last + (isSame ? "" : " OTHER CONTENT");
    }
}
