// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Takes what {@link WriterProgram}s write: each writer's messages in their order, none twice, none with another's octets. */
public final class FeedLedger {
    private final Map<Integer, Long> last = new TreeMap<>();

    /** Knows of no writer. */
    public FeedLedger() {}

    /**
     * Takes a message.
     *
     * @param buffer holds the body.
     * @param offset where it begins.
     * @param length of it.
     * @return true.
     */
    public boolean take(DirectBuffer buffer, int offset, int length) {
        int id = buffer.getInt(offset);
        long n = buffer.getLong(offset + 4);
        long expected = last(id) + 1;
        if (n != expected || length != WriterProgram.length(n)) {
            throw new AssertionError(
                    "message " + n + " of writer " + id + ", " + length + " octets: expected " + expected);
        }
        for (int i = 12; i < length; i++) {
            if (buffer.getByte(offset + i) != (byte) (n + i)) {
                throw new AssertionError("octet " + i + " of message " + n + " of writer " + id);
            }
        }
        last.put(id, n);
        return true;
    }

    /**
     * The last message of a writer.
     *
     * @param id its id.
     * @return its number; 0 when there was none.
     */
    public long last(int id) {
        return last.getOrDefault(id, 0L);
    }

    /**
     * All messages.
     *
     * @return messages.
     */
    public long total() {
        return last.values().stream().mapToLong(Long::longValue).sum();
    }
}
