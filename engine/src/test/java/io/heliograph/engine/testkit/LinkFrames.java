// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.heliograph.engine.wire.FarewellFlyweight;
import io.heliograph.engine.wire.HeartbeatFlyweight;
import io.heliograph.engine.wire.HelloFlyweight;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.PacketsFlyweight;
import io.heliograph.engine.wire.PullFlyweight;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Link frames as octets, made by the flyweights, and spoilt ones.
 *
 * <p><b>Thread:</b> static functions.
 */
public final class LinkFrames {
    private static final int ROOM = 1 << 17;

    private LinkFrames() {}

    /** A HELLO. */
    public static byte[] hello(String name, String site, int lowest, int highest) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        int length = HelloFlyweight.encode(buffer, 0, lowest, highest, name.length(), site.length());
        buffer.putStringWithoutLengthAscii(HelloFlyweight.NAMES_OFFSET, name + site);
        return cut(buffer, length);
    }

    /** A REJECT or a BYE. */
    public static byte[] farewell(int type, int code, String words) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        int length = FarewellFlyweight.encode(buffer, 0, type, code, octets.length);
        buffer.putBytes(FarewellFlyweight.WORDS_OFFSET, octets);
        return cut(buffer, length);
    }

    /** A HEARTBEAT. */
    public static byte[] heartbeat(long sentNs, long sentEpochNs, long echoNs, long heldNs) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[HeartbeatFlyweight.LENGTH]);
        HeartbeatFlyweight.encode(buffer, 0, sentNs, sentEpochNs, echoNs, heldNs);
        return buffer.byteArray();
    }

    /** A PULL. */
    public static byte[] pull(int stream, int pull, long epoch, long sequence, long credit) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[PullFlyweight.LENGTH]);
        PullFlyweight.encodePull(buffer, 0, stream, pull, epoch, sequence, credit);
        return buffer.byteArray();
    }

    /** A PULL that ends another. */
    public static byte[] stop(int stream, int pull) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[PullFlyweight.LENGTH]);
        PullFlyweight.encodeStop(buffer, 0, stream, pull);
        return buffer.byteArray();
    }

    /** A CREDIT. */
    public static byte[] credit(int stream, int pull, long credit) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[PullFlyweight.CREDIT_LENGTH]);
        PullFlyweight.encodeCredit(buffer, 0, stream, pull, credit);
        return buffer.byteArray();
    }

    /** PACKETS with the CRC that they should have. */
    public static byte[] packets(int stream, int pull, byte[]... packets) {
        byte[] frame = packets(stream, pull, 0, packets);
        CRC32C crc = new CRC32C();
        crc.update(frame, PacketsFlyweight.COUNT_OFFSET, frame.length - PacketsFlyweight.COUNT_OFFSET);
        PacketsFlyweight.crc(new UnsafeBuffer(frame), 0, (int) crc.getValue());
        return frame;
    }

    /** PACKETS with this CRC. */
    public static byte[] packets(int stream, int pull, int crc, byte[]... packets) {
        int length = PacketsFlyweight.ENTRIES_OFFSET
                + Arrays.stream(packets).mapToInt(packet -> 4 + packet.length).sum();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        PacketsFlyweight.encode(buffer, 0, length, stream, pull, packets.length);
        PacketsFlyweight.crc(buffer, 0, crc);
        int entry = PacketsFlyweight.ENTRIES_OFFSET;
        for (byte[] packet : packets) {
            PacketsFlyweight.packetLength(buffer, entry, packet.length);
            buffer.putBytes(entry + 4, packet);
            entry += 4 + packet.length;
        }
        return buffer.byteArray();
    }

    /** PACKETS with this block in place of packets, and the CRC that they should have. */
    public static byte[] compressed(int stream, int pull, int count, int plainLength, byte[] block) {
        int length = PacketsFlyweight.BLOCK_OFFSET + block.length;
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        PacketsFlyweight.encodeCompressed(buffer, 0, length, stream, pull, count, plainLength);
        buffer.putBytes(PacketsFlyweight.BLOCK_OFFSET, block);
        CRC32C crc = new CRC32C();
        crc.update(buffer.byteArray(), PacketsFlyweight.COUNT_OFFSET, length - PacketsFlyweight.COUNT_OFFSET);
        PacketsFlyweight.crc(buffer, 0, (int) crc.getValue());
        return buffer.byteArray();
    }

    /** Packets with their lengths ahead, as PACKETS have them. */
    public static byte[] entries(byte[]... packets) {
        byte[] frame = packets(1, 1, 0, packets);
        return Arrays.copyOfRange(frame, PacketsFlyweight.ENTRIES_OFFSET, frame.length);
    }

    /** A REQUEST. */
    public static byte[] request(long id, long deadlineMs, String service, byte[] body) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[Math.max(ROOM, body.length + 100)]);
        int length = RequestFlyweight.encodeRequest(buffer, 0, id, deadlineMs, service.length(), body.length);
        buffer.putStringWithoutLengthAscii(RequestFlyweight.BODY_OFFSET, service);
        buffer.putBytes(RequestFlyweight.BODY_OFFSET + service.length(), body);
        return cut(buffer, length);
    }

    /** A REQUEST that takes another back. */
    public static byte[] cancel(long id) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[RequestFlyweight.BODY_OFFSET]);
        RequestFlyweight.encodeCancel(buffer, 0, id);
        return buffer.byteArray();
    }

    /** A REPLY. */
    public static byte[] reply(long id, long page, int status, boolean isLast, byte[] body) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[RequestFlyweight.BODY_OFFSET + body.length]);
        RequestFlyweight.encodeReply(buffer, 0, id, page, status, isLast, body.length);
        buffer.putBytes(RequestFlyweight.BODY_OFFSET, body);
        return buffer.byteArray();
    }

    /** A valid frame of any type. */
    public static byte[] any(Random random) {
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        int stream = 1 + random.nextInt(5);
        int pull = 1 + random.nextInt(5);
        return switch (random.nextInt(12)) {
            case 0 -> hello("ny" + random.nextInt(3), random.nextBoolean() ? "ny" : "", 1, 1 + random.nextInt(3));
            case 1 -> farewell(LinkFrame.REJECT, random.nextInt(20), "no".repeat(random.nextInt(50)));
            case 2 -> farewell(LinkFrame.BYE, 0, "");
            case 3 -> heartbeat(random.nextLong(), random.nextLong(), 1 + random.nextInt(99), random.nextInt(99));
            case 4 -> pull(stream, pull, random.nextInt(9), 1 + random.nextInt(1_000), random.nextInt(100_000));
            case 5 -> stop(stream, pull);
            case 6 -> credit(stream, pull, 1 + random.nextInt(100_000));
            case 7 ->
                packets(
                        stream,
                        pull,
                        random.nextInt(),
                        Packets.data(stream, 3, 1, 1 + random.nextInt(4)),
                        Packets.gap(stream, 3, 9, 12));
            case 8 -> request(1 + random.nextInt(9), 1 + random.nextInt(5_000), "replay", body);
            case 9 -> cancel(1 + random.nextInt(9));
            case 10 -> compressed(stream, pull, 1, 36 + random.nextInt(99), Arrays.copyOf(body, body.length + 1));
            default -> reply(1 + random.nextInt(9), random.nextInt(4), 0, random.nextBoolean(), body);
        };
    }

    /** A frame with a few octets changed, cut short or made longer; or noise behind a header that may be one. */
    public static byte[] spoilt(Random random, byte[] frame) {
        byte[] octets = frame.clone();
        switch (random.nextInt(4)) {
            case 0 -> octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            case 1 -> octets[random.nextInt(Math.min(octets.length, 32))] ^= (byte) (1 << random.nextInt(8));
            case 2 -> octets = Arrays.copyOf(octets, random.nextInt(octets.length + 8));
            default -> {
                octets = new byte[8 + random.nextInt(60)];
                random.nextBytes(octets);
                byte[] start = {(byte) octets.length, 0, 0, 0, 1, (byte) random.nextInt(14), 0, 0};
                System.arraycopy(start, 0, octets, 0, start.length);
            }
        }
        if (random.nextBoolean() && octets.length >= 4) {
            new UnsafeBuffer(octets).putInt(0, octets.length, java.nio.ByteOrder.LITTLE_ENDIAN);
        }
        return octets;
    }

    private static byte[] cut(UnsafeBuffer buffer, int length) {
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
