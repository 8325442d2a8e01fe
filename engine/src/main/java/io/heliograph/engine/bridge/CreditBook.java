// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How much each pull of a bridge may have on its way. Each begins with its share of the whole; one that uses its credit up so quickly that a
 * long way may hold it back is given twice as much, again and again up to the whole, while no others want that. What was given
 * beyond the shares is the whole at most, of all pulls together; it is taken back from those that no longer use it, by what is
 * not given back to them next.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class CreditBook {
    /** A quarter that is used up sooner may be all that a way of 250 ms lets through. */
    private static final long PROMPT_NS = TimeUnit.MILLISECONDS.toNanos(250) / 4;

    /** A quarter that takes longer shows that less would do. */
    private static final long SLOW_NS = TimeUnit.SECONDS.toNanos(1);

    /** So often it is looked for what may be taken back. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long share;
    private final long whole;
    private final long[][] windows;
    private final long[][] owed;
    private final long[][] givenNs;
    private final int[][] generations;
    private long extra;
    private long lookAtNs;

    /** Of so many paths and streams, each with a share in octets, of a whole. */
    CreditBook(int paths, int streams, long share, long whole, long nowNs) {
        this.share = share;
        this.whole = whole;
        this.windows = new long[paths][streams];
        this.owed = new long[paths][streams];
        this.givenNs = new long[paths][streams];
        this.generations = new int[paths][streams];
        this.lookAtNs = nowNs;
        for (long[] ofPath : windows) {
            Arrays.fill(ofPath, share);
        }
    }

    /** What a pull begins with. */
    long share() {
        return share;
    }

    /** What all pulls have been given beyond their shares. */
    long extra() {
        return extra;
    }

    /** A pull's frame was taken; whether credit is due to it: by the quarter, because each time it costs a frame of its own. */
    boolean onTaken(int path, int stream, int generation, int octets, long nowNs) {
        if (generations[path][stream] != generation) {
            generations[path][stream] = generation;
            extra -= windows[path][stream] - share;
            windows[path][stream] = share;
            owed[path][stream] = 0;
            // How long the first quarter takes is not known.
            givenNs[path][stream] = nowNs - PROMPT_NS;
        }
        owed[path][stream] += octets;
        return owed[path][stream] >= windows[path][stream] / 4;
    }

    /** What is given back now, octets above 0. */
    long give(int path, int stream, long nowNs) {
        long sinceNs = nowNs - givenNs[path][stream];
        givenNs[path][stream] = nowNs;
        long given = owed[path][stream];
        owed[path][stream] = 0;
        return sinceNs < PROMPT_NS ? given + more(path, stream, nowNs) : given;
    }

    private long more(int path, int stream, long nowNs) {
        long more = Math.min(windows[path][stream], whole - windows[path][stream]);
        if (more > 0 && extra + more > whole) {
            takeBack(nowNs);
        }
        if (more <= 0 || extra + more > whole) {
            return 0;
        }
        windows[path][stream] += more;
        extra += more;
        return more;
    }

    /** From whoever has not used a quarter for long: what it still has it may send, and then gets nothing until it is even. */
    private void takeBack(long nowNs) {
        if (nowNs - lookAtNs < 0) {
            return;
        }
        lookAtNs = nowNs + LOOK_NS;
        for (int path = 0; path < windows.length; path++) {
            for (int stream = 0; stream < windows[path].length; stream++) {
                long beyond = windows[path][stream] - share;
                if (beyond > 0 && nowNs - givenNs[path][stream] > SLOW_NS) {
                    windows[path][stream] = share;
                    owed[path][stream] -= beyond;
                    extra -= beyond;
                }
            }
        }
    }
}
