// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

import java.util.Arrays;

/**
 * The day's securities: their names in alphabetical order, as stock locates go, and how busy each one is.
 *
 * <p>Activity follows Zipf's law with an offset: of 8,000 symbols the busiest has some 2 % of the messages, the first
 * hundred a third, and none has nothing. Books grow with the square root of that: a busy symbol's orders live shorter.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Symbols {
    private static final int LETTERS = 26;
    private static final int NAME_LENGTH = 8;
    private static final int TABLE_BITS = 16;
    private static final int TABLE_LENGTH = 1 << TABLE_BITS;
    private static final int ONE_IN_UNIFORM = 15;
    private static final double ZIPF_OFFSET = 6.0;
    private static final double ZIPF_EXPONENT = 0.95;
    private static final int LEAST_TARGET = 4;

    private final long[] names;
    private final int[] target;
    private final char[] table = new char[TABLE_LENGTH];

    Symbols(int count, int liveOrders, SplitMix random) {
        names = names(count);
        int[] byRank = shuffled(count, random);
        double[] weights = new double[count];
        double sum = 0;
        double rootSum = 0;
        for (int rank = 0; rank < count; rank++) {
            // StrictMath: the same double on every machine.
            weights[rank] = 1.0 / StrictMath.pow(rank + ZIPF_OFFSET, ZIPF_EXPONENT);
            sum += weights[rank];
            rootSum += StrictMath.sqrt(weights[rank]);
        }
        target = new int[count];
        int at = 0;
        double cumulated = 0;
        for (int rank = 0; rank < count; rank++) {
            cumulated += weights[rank];
            int until = rank == count - 1 ? TABLE_LENGTH : (int) (cumulated / sum * TABLE_LENGTH);
            Arrays.fill(table, at, Math.max(at, until), (char) byRank[rank]);
            at = Math.max(at, until);
            target[byRank[rank]] = LEAST_TARGET + (int) (StrictMath.sqrt(weights[rank]) / rootSum * liveOrders);
        }
    }

    int count() {
        return names.length;
    }

    /** The name as ITCH has it: eight ASCII octets padded with blanks, the first in the high byte. */
    long name(int symbol) {
        return names[symbol];
    }

    /** How many live orders the symbol's book tends to. */
    int target(int symbol) {
        return target[symbol];
    }

    /** A symbol by its activity; one draw in sixteen falls on any symbol alike, so that none stands still. */
    int pick(long bits) {
        if ((bits >>> 56 & ONE_IN_UNIFORM) == 0) {
            return SplitMix.within(bits, names.length);
        }
        return table[(int) bits & (TABLE_LENGTH - 1)];
    }

    private static long[] names(int count) {
        long[] names = new long[count];
        for (int i = 0; i < count; i++) {
            names[i] = name26(i);
        }
        Arrays.sort(names);
        return names;
    }

    /** A, B, ... Z, AA, AB, ...: the number in letters, without a zero. */
    private static long name26(int index) {
        byte[] letters = new byte[NAME_LENGTH];
        int length = 0;
        for (int rest = index + 1; rest > 0; rest = (rest - 1) / LETTERS) {
            letters[length++] = (byte) ('A' + (rest - 1) % LETTERS);
        }
        long name = 0;
        for (int i = 0; i < NAME_LENGTH; i++) {
            name = name << Byte.SIZE | (i < length ? letters[length - 1 - i] : ' ');
        }
        return name;
    }

    private static int[] shuffled(int count, SplitMix random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
