// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.heliograph.engine.base.CounterDescriptor;

/**
 * Some counters of the catalogue, in the driver's counters file, set together by one writer.
 *
 * <p><b>Thread:</b> one owner: the thread that owns what is counted; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none after construction.
 */
final class CounterSet implements AutoCloseable {
    private final Counter[] counters;

    private CounterSet(Counter[] counters) {
        this.counters = counters;
    }

    /** A stream's counters, in the order in which they will be set. */
    static CounterSet ofStream(Aeron aeron, String stream, CounterDescriptor... descriptors) {
        Counter[] counters = new Counter[descriptors.length];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = aeron.addCounter(descriptors[i].typeId(), descriptors[i].labelOf(stream));
        }
        return new CounterSet(counters);
    }

    /** A line's counters, in the order in which they will be set. */
    static CounterSet ofLine(Aeron aeron, String stream, String line, CounterDescriptor... descriptors) {
        Counter[] counters = new Counter[descriptors.length];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = aeron.addCounter(descriptors[i].typeId(), descriptors[i].labelOf(stream, line));
        }
        return new CounterSet(counters);
    }

    /** Release: a reader that sees a value sees all that was counted before it. */
    void set(int index, long value) {
        Counter counter = counters[index];
        if (!counter.isClosed()) {
            counter.setRelease(value);
        }
    }

    @Override
    public void close() {
        for (Counter counter : counters) {
            counter.close();
        }
    }
}
