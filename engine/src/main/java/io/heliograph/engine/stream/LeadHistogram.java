// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.Arrays;

/**
 * How often a line was ahead of another one, and by how much: counts in buckets, eight for each power of two, so that a
 * percentile is at most an eighth too large.
 *
 * <p>What is counted has the resolution of the duty cycle: a lead shorter than that is 0, or one cycle long.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class LeadHistogram {
    private static final int SHIFT = 3;
    private static final int EACH = 1 << SHIFT;
    private static final int BUCKETS = (Long.SIZE - 1 - SHIFT + 1) * EACH;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long sumNs;
    private long maxNs;

    LeadHistogram() {}

    /**
     * Leads taken.
     *
     * @return samples.
     */
    public long count() {
        return count;
    }

    /**
     * The mean lead.
     *
     * @return ns; 0 without samples.
     */
    public long meanNs() {
        return count == 0 ? 0 : sumNs / count;
    }

    /**
     * The greatest lead.
     *
     * @return ns; 0 without samples.
     */
    public long maxNs() {
        return maxNs;
    }

    /**
     * The lead that a share of all is at most as long as. Walks the buckets: for reports, not for every duty cycle.
     *
     * @param percentile 0 to 100.
     * @return ns, at most an eighth too much; 0 without samples.
     */
    public long atPercentileNs(double percentile) {
        long rank = Math.max(1, (long) Math.ceil(percentile / 100.0 * count));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS && count > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(lastNs(bucket), maxNs);
            }
        }
        return maxNs;
    }

    /**
     * How many leads lay within a power of two.
     *
     * @param power 0 for leads below 1 ns, 1 for those of 1 ns, and so on.
     * @return leads from {@code 2^(power-1)} ns to below {@code 2^power} ns.
     */
    public long countWithin(int power) {
        long fromNs = power == 0 ? 0 : 1L << (power - 1);
        long lastNs = power == 0 ? 0 : (fromNs << 1) - 1;
        long leads = 0;
        for (int bucket = bucketOf(fromNs); bucket <= bucketOf(lastNs); bucket++) {
            leads += counts[bucket];
        }
        return leads;
    }

    /** Counts what another one holds, too. */
    void add(LeadHistogram other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        count += other.count;
        sumNs += other.sumNs;
        maxNs = Math.max(maxNs, other.maxNs);
    }

    /** Holds nothing. */
    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        sumNs = 0;
        maxNs = 0;
    }

    void record(long leadNs) {
        long ns = Math.max(0, leadNs);
        counts[bucketOf(ns)]++;
        count++;
        sumNs += ns;
        maxNs = Math.max(maxNs, ns);
    }

    private static int bucketOf(long ns) {
        if (ns < EACH) {
            return (int) ns;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(ns);
        return ((power - SHIFT + 1) << SHIFT) + (int) ((ns >>> (power - SHIFT)) & (EACH - 1));
    }

    /** The longest lead that a bucket holds. */
    private static long lastNs(int bucket) {
        if (bucket < EACH) {
            return bucket;
        }
        int shift = (bucket >>> SHIFT) - 1;
        return ((EACH + (bucket & (EACH - 1)) + 1L) << shift) - 1;
    }
}
