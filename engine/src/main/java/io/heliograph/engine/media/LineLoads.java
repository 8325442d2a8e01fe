// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

/**
 * What the NICs of a stream's lines have to send, and how much of it is the stream's own.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Allocation:</b> none.
 */
public interface LineLoads {
    /** Of lines about which nobody says anything. */
    LineLoads UNKNOWN = new LineLoads() {
        @Override
        public long of(int line) {
            return -1;
        }

        @Override
        public long own() {
            return 0;
        }
    };

    /**
     * What a line's NIC has sent in the last second, of this stream and everything else.
     *
     * @param line 0 for the first.
     * @return bytes per second; negative where nobody says it.
     */
    long of(int line);

    /**
     * What the stream itself has sent in the last second, on one line.
     *
     * @return bytes per second.
     */
    long own();
}
