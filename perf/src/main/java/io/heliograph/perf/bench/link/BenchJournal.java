// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journal that is replayed and bridged: full datagrams of messages of 36 octets.
 *
 * <p><b>Thread:</b> static functions; any.
 */
final class BenchJournal {
    static final String STREAM_NAME = "bench";
    static final int STREAM = 1001;
    static final int EPOCH = 7;
    static final int MESSAGES_PER_PACKET = 35;
    static final int PACKET_LENGTH = PacketFlyweight.HEADER_LENGTH
            + MESSAGES_PER_PACKET * (PacketFlyweight.LENGTH_PREFIX + BenchJournal.MESSAGE_LENGTH);

    private static final int MESSAGE_LENGTH = 36;

    private BenchJournal() {}

    /** Writes so many packets, some 1.4 KB each, where there is no journal so far. */
    static StreamJournal write(Path directory, int packets) {
        StreamJournal journal = StreamJournal.of(directory, STREAM_NAME);
        if (!journal.isThere()) {
            write(journal.directory(), packets, packet());
        }
        return journal;
    }

    /** A full packet of {@link #STREAM}. */
    static UnsafeBuffer packet() {
        UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(PACKET_LENGTH));
        PacketFlyweight.init(packet, 0, STREAM, EPOCH, 0);
        PacketFlyweight.count(packet, 0, MESSAGES_PER_PACKET);
        for (int i = 0; i < MESSAGES_PER_PACKET; i++) {
            int at = PacketFlyweight.HEADER_LENGTH + i * (PacketFlyweight.LENGTH_PREFIX + MESSAGE_LENGTH);
            PacketFlyweight.messageLength(packet, at, MESSAGE_LENGTH);
        }
        return packet;
    }

    private static void write(Path of, int packets, UnsafeBuffer packet) {
        try (JournalAppender appender = appender(of, STREAM_NAME, STREAM)) {
            long next = 1;
            for (int i = 0; i < packets; i++) {
                PacketFlyweight.sequence(packet, 0, next);
                appender.append(packet, 0, PACKET_LENGTH);
                next += MESSAGES_PER_PACKET;
            }
        }
    }

    /** Appends to a stream's journal alone, whatever the disk has left. */
    static JournalAppender appender(Path of, String name, int stream) {
        return StreamJournal.appender(JournalContext.of(of, name, stream).minFree(0), BenchJournal::refuse);
    }

    /** Nothing is wrong with a journal that has just been made. */
    private static void refuse(String warning) {
        throw new IllegalStateException(warning);
    }
}
