// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.priority.PeerGroup;
import java.util.Arrays;

/**
 * Which stream goes over which of several paths: each over one, so that the load is shared. A stream stays where it is, unless its
 * path goes out of use or moving it evens the load out enough; then one stream moves at a time.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class StreamSpread {
    /** Of the load of the busiest path, what moving a stream away from it has to save. */
    private static final double WORTHWHILE = 0.1;

    /** How much of a new rate is believed at once. */
    private static final double WEIGHT = 1.0 / 8;

    private final BridgedStream[] streams;
    private final int[] assigned;
    private final long[] messagesBefore;
    private final double[] rates;
    private final double[] load;
    private boolean isMeasured;

    StreamSpread(BridgedStream[] streams, int paths) {
        this.streams = streams;
        this.assigned = new int[streams.length];
        this.messagesBefore = new long[streams.length];
        this.rates = new double[streams.length];
        this.load = new double[paths];
        Arrays.fill(assigned, PeerGroup.NONE);
    }

    /** The path of a stream, by its index; {@link PeerGroup#NONE} while there is none. */
    int path(int stream) {
        return assigned[stream];
    }

    /** Looks at what the streams have done since it was called last. */
    void measure(long sinceNs) {
        isMeasured = true;
        for (int i = 0; i < streams.length; i++) {
            long messages = streams[i].figures().messages();
            double rate = (messages - messagesBefore[i]) * 1e9 / Math.max(1, sinceNs);
            messagesBefore[i] = messages;
            rates[i] += (rate - rates[i]) * WEIGHT;
        }
    }

    /** Gives every stream one of these paths. */
    void over(long paths) {
        Arrays.fill(load, 0);
        for (int i = 0; i < streams.length; i++) {
            if (assigned[i] != PeerGroup.NONE && (paths & 1L << assigned[i]) != 0) {
                load[assigned[i]] += load(i);
            } else {
                assigned[i] = PeerGroup.NONE;
            }
        }
        for (int i = 0; paths != 0 && i < streams.length; i++) {
            if (assigned[i] == PeerGroup.NONE) {
                assigned[i] = extreme(paths, false);
                load[assigned[i]] += load(i);
            }
        }
        if (isMeasured && Long.bitCount(paths) > 1) {
            isMeasured = false;
            move(extreme(paths, true), extreme(paths, false));
        }
    }

    /** Moves the stream that evens the two out best. */
    private void move(int from, int to) {
        int best = PeerGroup.NONE;
        double bestPeak = load[from] * (1 - WORTHWHILE);
        for (int i = 0; i < streams.length; i++) {
            double peak = Math.max(load[from] - load(i), load[to] + load(i));
            if (assigned[i] == from && peak < bestPeak) {
                best = i;
                bestPeak = peak;
            }
        }
        if (best != PeerGroup.NONE) {
            assigned[best] = to;
        }
    }

    /** What a stream adds to its path: its rate and what waits there; a silent one a little, so that they are spread too. */
    private double load(int index) {
        int path = assigned[index];
        long backlog = path == PeerGroup.NONE ? 0 : streams[index].backlog(path);
        return 1 + rates[index] + backlog;
    }

    private int extreme(long among, boolean isMost) {
        int found = Long.numberOfTrailingZeros(among);
        for (int path = found + 1; path < load.length; path++) {
            boolean isBeyond = isMost ? load[path] > load[found] : load[path] < load[found];
            if ((among & 1L << path) != 0 && isBeyond) {
                found = path;
            }
        }
        return found;
    }
}
