// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.heliograph.engine.base.CounterDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Some counters of the catalogue, in the driver's counters file, set together by one writer; taken again from a driver that
 * was started anew.
 *
 * <p><b>Thread:</b> one owner: the thread that owns what is counted; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none but when counters are taken.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
final class CounterSet implements AutoCloseable {
    private final AeronConnection connection;
    private final CounterDescriptor[] descriptors;
    private final String[] labels;
    private final @Nullable Counter[] counters;
    private @Nullable Aeron client;

    private CounterSet(AeronConnection connection, CounterDescriptor[] descriptors, String[] labels) {
        this.connection = connection;
        this.descriptors = descriptors;
        this.labels = labels;
        this.counters = new Counter[descriptors.length];
        take();
    }

    /** A stream's counters, in the order in which they will be set. */
    static CounterSet ofStream(AeronConnection connection, String stream, CounterDescriptor... descriptors) {
        String[] labels = new String[descriptors.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = descriptors[i].labelOf(stream);
        }
        return new CounterSet(connection, descriptors, labels);
    }

    /** A line's counters, in the order in which they will be set. */
    static CounterSet ofLine(AeronConnection connection, String stream, String line, CounterDescriptor... descriptors) {
        String[] labels = new String[descriptors.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = descriptors[i].labelOf(stream, line);
        }
        return new CounterSet(connection, descriptors, labels);
    }

    /** Takes the counters from the driver that lives now, if it is another than before. */
    void take() {
        Aeron now = connection.client();
        if (now != client) {
            client = now;
            for (int i = 0; i < counters.length; i++) {
                counters[i] = now == null ? null : now.addCounter(descriptors[i].typeId(), labels[i]);
            }
        }
    }

    /** Release: a reader that sees a value sees all that was counted before it. */
    void set(int index, long value) {
        Counter counter = counters[index];
        if (counter != null && !counter.isClosed()) {
            counter.setRelease(value);
        }
    }

    @Override
    public void close() {
        for (Counter counter : counters) {
            if (counter != null) {
                counter.close();
            }
        }
    }
}
