// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The key of a counter that belongs to a line of a stream, for programs that look for it: what its label says for people. The
 * host is in it because an external driver may serve several.
 *
 * <p><b>Thread:</b> static functions; any thread.
 *
 * <p><b>Layout:</b> little-endian, {@value #LENGTH} octets: u32 stream id, u32 line (0 for A, in the order of the bond), u32
 * CRC-32C of {@code TOPOLOGY/HOST} in UTF-8.
 */
public final class LineKey {
    /** Octets of a key. */
    public static final int LENGTH = 12;

    private static final int LINE_OFFSET = 4;
    private static final int HOST_OFFSET = 8;

    private LineKey() {}

    /**
     * A key for a new counter.
     *
     * @param stream id of it.
     * @param line 0 for A.
     * @param host by {@link #host(String, String)}.
     * @return a buffer of its own.
     */
    public static DirectBuffer of(int stream, int line, int host) {
        UnsafeBuffer key = new UnsafeBuffer(new byte[LENGTH]);
        key.putInt(0, stream, LITTLE_ENDIAN);
        key.putInt(LINE_OFFSET, line, LITTLE_ENDIAN);
        key.putInt(HOST_OFFSET, host, LITTLE_ENDIAN);
        return key;
    }

    /**
     * What tells a host of a deployment from all others.
     *
     * @param topology its name.
     * @param host its name there.
     * @return a check of both.
     */
    public static int host(String topology, String host) {
        CRC32C check = new CRC32C();
        check.update((topology + "/" + host).getBytes(UTF_8));
        return (int) check.getValue();
    }

    /**
     * The stream of a key.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @return its id.
     */
    public static int stream(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset, LITTLE_ENDIAN);
    }

    /**
     * The line of a key.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @return 0 for A.
     */
    public static int line(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LINE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * The host of a key.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @return a check of its name.
     */
    public static int host(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + HOST_OFFSET, LITTLE_ENDIAN);
    }
}
