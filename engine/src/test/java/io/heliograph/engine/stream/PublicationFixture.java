// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/** A publication of stream 1001, epoch 7, over two lines that record. */
final class PublicationFixture {
    static final int STREAM = 1001;
    static final long EPOCH = 7;

    final ManualClock clock = new ManualClock();
    final RecordingLine a;
    final RecordingLine b = new RecordingLine("B");
    final StreamPublication publication;
    long pauses;

    PublicationFixture(boolean hasSeals, boolean isLossless) {
        this(new RecordingLine("A"), hasSeals, isLossless);
    }

    PublicationFixture(RecordingLine a) {
        this(a, true, false);
    }

    private PublicationFixture(RecordingLine a, boolean hasSeals, boolean isLossless) {
        this.a = a;
        publication = new StreamPublication(
                new PublicationContext("itch", STREAM, EPOCH, 3, hasSeals, isLossless, clock.wall(), clock),
                new PacketLine[] {a, b},
                () -> pauses++,
                PublicationTick.NONE);
    }

    /** Offers the message that is next, with the body that tests give it. */
    long offer() {
        byte[] body = Packets.body(EPOCH, publication.nextSequence());
        return publication.offer(new UnsafeBuffer(body), 0, body.length);
    }

    long offer(int length) {
        return publication.offer(new UnsafeBuffer(new byte[length]), 0, length);
    }

    void work(long ms) {
        clock.advanceMs(ms);
        publication.doWork();
    }

    /** What a line took, as words: {@code data 1-3}, {@code heartbeat 4}, {@code seal 1-3}, {@code end 4}. */
    static String words(RecordingLine line) {
        StringJoiner words = new StringJoiner(", ");
        for (byte[] packet : line.taken()) {
            words.add(word(new UnsafeBuffer(packet)));
        }
        return words.toString();
    }

    private static String word(UnsafeBuffer packet) {
        long sequence = PacketFlyweight.sequence(packet, 0);
        int count = PacketFlyweight.count(packet, 0);
        return switch (PacketFlyweight.kind(packet, 0)) {
            case PacketKind.DATA -> "data " + sequence + (count == 1 ? "" : "-" + (sequence + count - 1));
            case PacketKind.HEARTBEAT -> "heartbeat " + sequence;
            case PacketKind.SEAL ->
                "seal " + ControlFlyweight.sealFirst(packet, 0) + "-" + ControlFlyweight.sealLast(packet, 0);
            case PacketKind.END_OF_EPOCH -> "end " + sequence;
            default -> "unknown";
        };
    }
}
