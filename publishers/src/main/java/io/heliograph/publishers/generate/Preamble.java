// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * What a day begins with, before system hours: start of messages, the directory, trading actions, Reg SHO, participant
 * positions, the circuit breaker's levels.
 *
 * <p><b>Thread:</b> one owner: the generator's.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class Preamble {
    private static final long START_NS = 3 * 3600 * DayClock.SECOND_NS + 437 * DayClock.SECOND_NS;
    private static final long LENGTH_NS = 600 * DayClock.SECOND_NS;
    private static final int ROUND_LOT = 100;
    private static final int PER_SYMBOL = 4;
    private static final int BESIDE_SYMBOLS = 3;
    private static final int ISSUE_SUB_TYPE = 'Z' << Byte.SIZE | ' ';
    private static final long INDEX_POINT = 100_000_000L;

    private final Symbols symbols;
    private final long count;
    private long index;
    private long timestampNs;

    Preamble(Symbols symbols) {
        this.symbols = symbols;
        this.count = length(symbols.count());
    }

    static long length(int symbolCount) {
        return (long) PER_SYMBOL * symbolCount + BESIDE_SYMBOLS;
    }

    boolean isOver() {
        return index == count;
    }

    void next(MessageWriter message) {
        timestampNs = START_NS + LENGTH_NS / count * index;
        long place = index++ - 1;
        int total = symbols.count();
        if (place < 0) {
            message.begin('S', 0, timestampNs).code('O');
        } else if (place < total) {
            directory(message, (int) place);
        } else if (place < 2L * total) {
            int symbol = (int) (place - total);
            header(message, 'H', symbol).code('T').code(' ').uint32(Text.BLANK);
        } else if (place < 3L * total) {
            header(message, 'Y', (int) (place - 2L * total)).code('0');
        } else if (place < 4L * total) {
            int symbol = (int) (place - 3L * total);
            message.begin('L', symbol + 1, timestampNs)
                    .uint32(Text.participant(symbol))
                    .uint64(symbols.name(symbol))
                    .code('Y')
                    .code('N')
                    .code('A');
        } else if (place == 4L * total) {
            message.begin('V', 0, timestampNs)
                    .uint64(3_023 * INDEX_POINT)
                    .uint64(2_828 * INDEX_POINT)
                    .uint64(2_601 * INDEX_POINT);
        } else {
            message.begin('S', 0, 4 * 3600 * DayClock.SECOND_NS).code('S');
        }
    }

    private void directory(MessageWriter message, int symbol) {
        header(message, 'R', symbol)
                .code('Q')
                .code('N')
                .uint32(ROUND_LOT)
                .code('N')
                .code('C')
                .uint16(ISSUE_SUB_TYPE)
                .code('P')
                .code('N')
                .code('N')
                .code('1')
                .code('N')
                .uint32(0)
                .code('N');
    }

    private MessageWriter header(MessageWriter message, char type, int symbol) {
        return message.begin(type, symbol + 1, timestampNs).uint64(symbols.name(symbol));
    }
}
