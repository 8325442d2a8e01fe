// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static io.aeron.driver.reports.LossReport.CHANNEL_OFFSET;
import static io.aeron.driver.reports.LossReport.ENTRY_ALIGNMENT;
import static io.aeron.driver.reports.LossReport.OBSERVATION_COUNT_OFFSET;
import static io.aeron.driver.reports.LossReport.SESSION_ID_OFFSET;
import static io.aeron.driver.reports.LossReport.STREAM_ID_OFFSET;
import static io.aeron.driver.reports.LossReport.TOTAL_BYTES_LOST_OFFSET;

import io.aeron.driver.reports.LossReportUtil;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A driver's loss report: an entry for each image in which its receiver found a hole, in a file of its directory that only
 * grows. Read in place; Aeron's own reader makes texts of every entry each time.
 *
 * <p><b>Thread:</b> any; written by the driver meanwhile.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> Aeron's {@code io.aeron.driver.reports.LossReport}: entries on a cache line of their own, each with its
 * count of holes, 0 behind the last; then octets, times, session, stream, channel and source.
 *
 * <p><b>Failure:</b> an entry whose lengths leave the file ends the report.
 */
final class LossReportFile {
    private final AtomicBuffer report;

    LossReportFile(AtomicBuffer report) {
        this.report = report;
    }

    /**
     * Maps a driver's report.
     *
     * @param directory of the driver.
     * @throws IllegalStateException when there is none.
     */
    static LossReportFile of(String directory) {
        return new LossReportFile(new UnsafeBuffer(LossReportUtil.mapLossReportReadOnly(directory)));
    }

    /** Whether the driver has written an entry at an offset: the next one, perhaps. */
    boolean isEntry(int offset) {
        return offset + CHANNEL_OFFSET + 2 * Integer.BYTES <= report.capacity()
                && report.getLongVolatile(offset + OBSERVATION_COUNT_OFFSET) > 0
                && sourceOffset(offset) > 0;
    }

    /** Where the entry behind this one begins. */
    int behind(int offset) {
        int source = sourceOffset(offset);
        return offset + BitUtil.align(source - offset + Integer.BYTES + report.getInt(source), ENTRY_ALIGNMENT);
    }

    /** Whether an entry is that of an image. */
    boolean isOf(int offset, int aeronStreamId, int sessionId, byte[] source) {
        if (report.getInt(offset + SESSION_ID_OFFSET) != sessionId
                || report.getInt(offset + STREAM_ID_OFFSET) != aeronStreamId) {
            return false;
        }
        int text = sourceOffset(offset);
        if (report.getInt(text) != source.length) {
            return false;
        }
        for (int i = 0; i < source.length; i++) {
            if (report.getByte(text + Integer.BYTES + i) != source[i]) {
                return false;
            }
        }
        return true;
    }

    /** Holes found. */
    long losses(int offset) {
        return report.getLongVolatile(offset + OBSERVATION_COUNT_OFFSET);
    }

    /** Octets missing in them. */
    long octets(int offset) {
        return report.getLongVolatile(offset + TOTAL_BYTES_LOST_OFFSET);
    }

    /** Where an entry's source is: its length, then its text; -1 when the lengths cannot be true. */
    private int sourceOffset(int entry) {
        int channel = report.getInt(entry + CHANNEL_OFFSET);
        int room = report.capacity() - entry - CHANNEL_OFFSET - 2 * Integer.BYTES;
        if (channel < 0 || channel > room - (Integer.BYTES - 1)) {
            return -1;
        }
        int source = entry + CHANNEL_OFFSET + BitUtil.align(Integer.BYTES + channel, Integer.BYTES);
        int length = report.getInt(source);
        return length < 0 || length > report.capacity() - source - Integer.BYTES ? -1 : source;
    }
}
