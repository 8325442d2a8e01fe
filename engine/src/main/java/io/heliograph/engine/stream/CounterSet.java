// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.exceptions.AeronException;
import io.heliograph.engine.base.CounterDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Some counters of the catalogue, in the driver's counters file, set together by one writer; asked for without waiting, and
 * asked for again from a driver that was started anew.
 *
 * <p><b>Thread:</b> one owner: the thread that owns what is counted; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none but when counters are asked for.
 *
 * <p><b>Failure:</b> a counter that the driver refuses (its file is full) is told to the client's error handler and not set.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
public final class CounterSet implements AutoCloseable {
    /** No value of any counter. */
    private static final long NOTHING = Long.MIN_VALUE;

    private final AeronConnection connection;
    private final CounterDescriptor[] descriptors;
    private final String[] labels;
    private final @Nullable DirectBuffer[] keys;
    private final DirectBuffer[] octets;
    private final @Nullable Counter[] counters;
    /** What the counters say, or {@link #NOTHING} where one is new. */
    private final long[] shown;

    private final long[] pending;
    private int pendingCount;
    private @Nullable Aeron client;

    private CounterSet(AeronConnection connection, CounterDescriptor[] descriptors, String[] labels) {
        this(connection, descriptors, labels, new DirectBuffer[descriptors.length]);
    }

    private CounterSet(
            AeronConnection connection,
            CounterDescriptor[] descriptors,
            String[] labels,
            @Nullable DirectBuffer[] keys) {
        this.connection = connection;
        this.descriptors = descriptors;
        this.labels = labels;
        this.keys = keys;
        this.octets = new DirectBuffer[labels.length];
        for (int i = 0; i < labels.length; i++) {
            octets[i] = new UnsafeBuffer(labels[i].getBytes(StandardCharsets.US_ASCII));
        }
        this.counters = new Counter[descriptors.length];
        this.shown = new long[descriptors.length];
        this.pending = new long[descriptors.length];
        take();
    }

    /**
     * A stream's counters.
     *
     * @param connection to the driver.
     * @param stream its name.
     * @param descriptors in the order in which they will be set.
     * @return asked for, not there yet.
     */
    public static CounterSet ofStream(AeronConnection connection, String stream, CounterDescriptor... descriptors) {
        return of(connection, "stream " + stream, descriptors);
    }

    /** The counters of a stream or a carrier, called {@code stream NAME} or {@code carrier NAME}. */
    static CounterSet of(AeronConnection connection, String owner, CounterDescriptor... descriptors) {
        String[] labels = new String[descriptors.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = descriptors[i].labelOfOwner(owner);
        }
        return new CounterSet(connection, descriptors, labels);
    }

    /** A line's counters, in the order in which they will be set. */
    static CounterSet ofLine(AeronConnection connection, String owner, String line, CounterDescriptor... descriptors) {
        String[] labels = new String[descriptors.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = descriptors[i].labelOfOwner(owner, line);
        }
        return new CounterSet(connection, descriptors, labels);
    }

    /** One counter of each line, with keys by which programs find them. */
    static CounterSet ofLines(
            AeronConnection connection,
            CounterDescriptor descriptor,
            String stream,
            List<String> lines,
            List<DirectBuffer> keys) {
        CounterDescriptor[] descriptors = new CounterDescriptor[lines.size()];
        String[] labels = new String[descriptors.length];
        for (int i = 0; i < labels.length; i++) {
            descriptors[i] = descriptor;
            labels[i] = descriptor.labelOf(stream, lines.get(i));
        }
        return new CounterSet(connection, descriptors, labels, keys.toArray(new DirectBuffer[0]));
    }

    /** Asks the driver that lives now, if it is another than before; takes what it has given meanwhile. */
    public void take() {
        Aeron now = connection.client();
        if (now != client) {
            client = now;
            request(now);
        } else if (pendingCount > 0 && now != null) {
            complete(now);
        }
    }

    /**
     * Release: a reader that sees a value sees all that was counted before it.
     *
     * @param index of the counter, as they were named.
     * @param value of it.
     */
    public void set(int index, long value) {
        if (shown[index] == value) {
            // Most have not changed, and each is a cache line of its own.
            return;
        }
        Counter counter = counters[index];
        if (counter != null && !counter.isClosed()) {
            counter.setRelease(value);
            shown[index] = value;
        }
    }

    @Override
    public void close() {
        Aeron now = client;
        boolean canAsk = now != null && !now.isClosed();
        for (int i = 0; i < counters.length; i++) {
            Counter counter = counters[i];
            if (counter != null) {
                counter.close();
            } else if (canAsk && now != null && pending[i] != Aeron.NULL_VALUE) {
                now.asyncRemoveCounter(pending[i]);
            }
        }
    }

    private void request(@Nullable Aeron now) {
        pendingCount = 0;
        for (int i = 0; i < counters.length; i++) {
            counters[i] = null;
            pending[i] = Aeron.NULL_VALUE;
        }
        for (int i = 0; now != null && i < counters.length; i++) {
            try {
                pending[i] = request(now, i);
                pendingCount++;
            } catch (AeronException refused) {
                refuse(now, i, refused);
            }
        }
    }

    private long request(Aeron now, int index) {
        DirectBuffer key = keys[index];
        int typeId = descriptors[index].typeId();
        if (key == null) {
            return now.asyncAddCounter(typeId, labels[index]);
        }
        DirectBuffer label = octets[index];
        return now.asyncAddCounter(typeId, key, 0, key.capacity(), label, 0, label.capacity());
    }

    private void complete(Aeron now) {
        for (int i = 0; i < counters.length; i++) {
            if (pending[i] != Aeron.NULL_VALUE) {
                try {
                    complete(i, now.getCounter(pending[i]));
                } catch (AeronException refused) {
                    pendingCount--;
                    refuse(now, i, refused);
                }
            }
        }
    }

    private void complete(int index, @Nullable Counter given) {
        if (given != null) {
            counters[index] = given;
            shown[index] = NOTHING;
            pending[index] = Aeron.NULL_VALUE;
            pendingCount--;
        }
    }

    /** A client that ends refuses everything: its loss is told by the connection. */
    private void refuse(Aeron now, int index, AeronException refused) {
        pending[index] = Aeron.NULL_VALUE;
        if (!now.isClosed()) {
            now.context().errorHandler().onError(refused);
        }
    }
}
