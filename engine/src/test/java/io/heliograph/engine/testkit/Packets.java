// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Stream packets written by hand from the drawing in the design, so that tests share nothing with the code that they
 * check; bodies say their epoch and number, and have lengths of 12 to 43 octets.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Packets {
    /** The wall clock that all packets carry. */
    public static final long SENT_NS = 0x0102030405060708L;

    private static final int HEADER = 32;

    private Packets() {}

    /**
     * The body that every test gives to a message.
     *
     * @param epoch of the message.
     * @param sequence of the message.
     * @return octets.
     */
    public static byte[] body(long epoch, long sequence) {
        int length = 12 + (int) ((sequence * 0x9E3779B97F4A7C15L) >>> 59);
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) (sequence * 31 + epoch));
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).putLong(sequence).putInt((int) epoch);
        return octets;
    }

    /**
     * A data packet.
     *
     * @param stream id.
     * @param epoch of the messages.
     * @param first sequence.
     * @param last sequence.
     * @return octets.
     */
    public static byte[] data(int stream, long epoch, long first, long last) {
        byte[] messages = messages(epoch, first, last);
        return header(stream, epoch, first, (int) (last - first + 1), 0, messages.length)
                .put(messages)
                .array();
    }

    /**
     * A heartbeat.
     *
     * @param stream id.
     * @param epoch of the stream.
     * @param next sequence to expect.
     * @return octets.
     */
    public static byte[] heartbeat(int stream, long epoch, long next) {
        return header(stream, epoch, next, 0, 1, 0).array();
    }

    /**
     * A heartbeat that speaks for another stream too.
     *
     * @param stream id of the packet.
     * @param other id of the entry.
     * @param epoch of the entry.
     * @param next sequence to expect of the entry's stream.
     * @return octets.
     */
    public static byte[] heartbeatFor(int stream, int other, long epoch, long next) {
        return header(stream, 1, 1, 1, 1, 16)
                .putInt(other)
                .putInt((int) epoch)
                .putLong(next)
                .array();
    }

    /**
     * A gap packet.
     *
     * @param stream id.
     * @param epoch of the stream.
     * @param first sequence that is lost.
     * @param last sequence that is lost.
     * @return octets.
     */
    public static byte[] gap(int stream, long epoch, long first, long last) {
        return header(stream, epoch, first, 0, 2, 8).putLong(last).array();
    }

    /**
     * The true seal of a range.
     *
     * @param stream id.
     * @param epoch of the range.
     * @param first sequence of the range.
     * @param last sequence of the range.
     * @return octets.
     */
    public static byte[] seal(int stream, long epoch, long first, long last) {
        return seal(stream, epoch, first, last, crc(epoch, first, last));
    }

    /**
     * A seal.
     *
     * @param stream id.
     * @param epoch of the range.
     * @param first sequence of the range.
     * @param last sequence of the range.
     * @param crc that it states.
     * @return octets.
     */
    public static byte[] seal(int stream, long epoch, long first, long last, int crc) {
        return header(stream, epoch, last + 1, 0, 3, 20)
                .putLong(first)
                .putLong(last)
                .putInt(crc)
                .array();
    }

    /**
     * An end of epoch.
     *
     * @param stream id.
     * @param epoch that ends.
     * @param last sequence of it.
     * @return octets.
     */
    public static byte[] end(int stream, long epoch, long last) {
        return header(stream, epoch, last + 1, 0, 4, 0).array();
    }

    /**
     * The CRC-32C of a range of messages.
     *
     * @param epoch of the range.
     * @param first sequence of the range.
     * @param last sequence of the range.
     * @return the CRC.
     */
    public static int crc(long epoch, long first, long last) {
        CRC32C crc = new CRC32C();
        crc.update(messages(epoch, first, last));
        return (int) crc.getValue();
    }

    private static byte[] messages(long epoch, long first, long last) {
        ByteBuffer octets = ByteBuffer.allocate((int) (last - first + 1) * 46).order(ByteOrder.LITTLE_ENDIAN);
        for (long sequence = first; sequence <= last; sequence++) {
            byte[] body = body(epoch, sequence);
            octets.putShort((short) body.length).put(body);
        }
        return Arrays.copyOf(octets.array(), octets.position());
    }

    private static ByteBuffer header(int stream, long epoch, long sequence, int count, int kind, int bodyLength) {
        return ByteBuffer.allocate(HEADER + bodyLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sequence)
                .putLong(SENT_NS)
                .putInt(stream)
                .putInt((int) epoch)
                .putShort((short) 0)
                .putShort((short) count)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) 1)
                .put((byte) kind);
    }
}
