// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.nio.file.Path;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * What a stream's journal is, and how long it is kept.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param directory of this stream's journal alone.
 * @param stream its name, for messages to people.
 * @param streamId its id in the topology: packets of another one are refused.
 * @param retainMs how long a packet is kept at least, ms; {@link #KEEP_ALL}: by age nothing is removed.
 * @param retainBytes how much is kept at most, octets; {@link #KEEP_ALL}: by size nothing is removed. The cycle that is written
 *     to is never removed.
 * @param minFreeBytes appending stops while the disk has less free, octets.
 * @param syncNs how often what was appended is brought onto the disk, ns; 0: when the system does it.
 * @param clock by which cycles roll, ms since the Unix epoch.
 */
public record JournalContext(
        Path directory,
        String stream,
        int streamId,
        long retainMs,
        long retainBytes,
        long minFreeBytes,
        long syncNs,
        EpochClock clock) {
    /** No limit. */
    public static final long KEEP_ALL = Long.MAX_VALUE;

    /**
     * What appending at 300 MB/s takes in a second: enough to look five times before the disk is full, a full disk being a
     * fault in a mapped file, which no program survives.
     */
    public static final long MIN_FREE_BYTES = 256L << 20;

    /**
     * A journal that keeps everything.
     *
     * @param directory as above.
     * @param stream as above.
     * @param streamId as above.
     * @return with defaults.
     */
    public static JournalContext of(Path directory, String stream, int streamId) {
        return new JournalContext(
                directory, stream, streamId, KEEP_ALL, KEEP_ALL, MIN_FREE_BYTES, 0, SystemEpochClock.INSTANCE);
    }

    /**
     * The same, kept less long.
     *
     * @param ms as above.
     * @param bytes as above.
     * @return a changed copy.
     */
    public JournalContext retain(long ms, long bytes) {
        return new JournalContext(directory, stream, streamId, ms, bytes, minFreeBytes, syncNs, clock);
    }

    /**
     * The same with another bound of the disk.
     *
     * @param bytes as above.
     * @return a changed copy.
     */
    public JournalContext minFree(long bytes) {
        return new JournalContext(directory, stream, streamId, retainMs, retainBytes, bytes, syncNs, clock);
    }

    /**
     * The same, brought onto the disk.
     *
     * @param ns as above.
     * @return a changed copy.
     */
    public JournalContext sync(long ns) {
        return new JournalContext(directory, stream, streamId, retainMs, retainBytes, minFreeBytes, ns, clock);
    }

    /**
     * The same by another clock.
     *
     * @param by as above.
     * @return a changed copy.
     */
    public JournalContext clock(EpochClock by) {
        return new JournalContext(directory, stream, streamId, retainMs, retainBytes, minFreeBytes, syncNs, by);
    }
}
