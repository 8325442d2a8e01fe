// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * Which of a stream's lines the host can use at the moment, as the health of their NICs says. Lines are counted as the host
 * has them: those on whose NICs it is, in order, from 0.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Allocation:</b> none.
 */
public interface LineHealth {
    /** Of lines about which nobody says anything: all are used. */
    LineHealth UNKNOWN = new LineHealth() {
        @Override
        public long up() {
            return -1L;
        }

        @Override
        public long goodUntilNs(int line) {
            return Long.MAX_VALUE;
        }

        @Override
        public long joins(int line) {
            return 0;
        }
    };

    /**
     * The lines whose NICs are not known to be down.
     *
     * @return a mask, bit 0 for the first line; bits behind the last line mean nothing.
     */
    long up();

    /**
     * Until when a line that is down is known to have carried everything.
     *
     * @param line 0 for the first.
     * @return ns of the host's monotonic clock; {@link Long#MAX_VALUE} where nobody says it.
     */
    long goodUntilNs(int line);

    /**
     * How often a line had to be joined: after each fault of its NIC that was over, once more. The kernel may have forgotten
     * the membership then, and a switch that snoops hears of it only by a new one.
     *
     * @param line 0 for the first.
     * @return 1 and up; 0 where nobody says it.
     */
    long joins(int line);
}
