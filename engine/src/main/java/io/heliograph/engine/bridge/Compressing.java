// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.bridge.EgressTerms.Compression;

/**
 * Which batches of a pull are compressed. Where that is to be found out, one of {@value #EVERY} is a sample: while it shrinks well,
 * and is made faster than the connection would have taken it as it was, those up to the next one are compressed too.
 *
 * <p><b>Thread:</b> one owner: the egress's.
 *
 * <p><b>Allocation:</b> none.
 */
final class Compressing {
    /** Each batch with such a number is a sample. */
    static final int EVERY = 32;

    /** Shorter batches are not looked at. */
    static final int LEAST = 512;

    private static final double WELL = 0.8;

    private final Compression mode;
    private boolean isPaying;
    private boolean isSample;
    private int batches;

    Compressing(Compression mode) {
        this.mode = mode;
    }

    /**
     * Whether the next batch is to be compressed.
     *
     * @param length of it, octets.
     * @param nsPerOctet of the path, as {@link EgressPath#nsPerOctet} says.
     */
    boolean isNext(int length, double nsPerOctet) {
        if (mode != Compression.AUTO) {
            return mode == Compression.ON;
        }
        if (nsPerOctet == 0) {
            isPaying = false;
            batches = 0;
            return false;
        }
        if (length < LEAST) {
            return false;
        }
        isSample = batches++ % EVERY == 0;
        return isSample || isPaying;
    }

    /** It was, from so many octets to so many, and that took so long. */
    void onCompressed(int before, int after, long tookNs, double nsPerOctet) {
        if (isSample) {
            isPaying = after < before * WELL && tookNs < before * nsPerOctet;
        }
    }
}
