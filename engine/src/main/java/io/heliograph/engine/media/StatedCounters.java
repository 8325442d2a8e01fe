// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.exceptions.AeronException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an engine states in the driver's counters, by the catalogue; asked for without waiting, and anew from each driver.
 *
 * <p><b>Thread:</b> one owner: the thread that states; read by anybody, in any process.
 *
 * <p><b>Allocation:</b> none but when counters are asked for.
 *
 * <p><b>Failure:</b> a counter that the driver refuses (its file is full) is told to the error handler and not stated.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
public final class StatedCounters {
    private final List<Stated> wanted;
    private final ErrorHandler errorHandler;
    private final @Nullable Counter[] counters;
    private final long[] pending;
    private @Nullable Aeron client;

    /**
     * A counter to be asked for.
     *
     * @param typeId by the catalogue.
     * @param label for people.
     * @param key for programs; null where the label is all there is.
     */
    public record Stated(int typeId, String label, @Nullable DirectBuffer key) {}

    /**
     * Not asked for yet.
     *
     * @param wanted in the order in which they are set.
     * @param errorHandler told of those that the driver refuses.
     */
    public StatedCounters(List<Stated> wanted, ErrorHandler errorHandler) {
        this.wanted = List.copyOf(wanted);
        this.errorHandler = errorHandler;
        this.counters = new Counter[wanted.size()];
        this.pending = new long[wanted.size()];
    }

    /**
     * Asks the driver that lives now, if it is another than before; takes what it has given meanwhile.
     *
     * @param now a client of it; null while there is none.
     */
    public void take(@Nullable Aeron now) {
        if (now != client) {
            client = now;
            Arrays.fill(counters, null);
            Arrays.fill(pending, Aeron.NULL_VALUE);
            for (int i = 0; now != null && i < counters.length; i++) {
                request(now, i);
            }
        }
        for (int i = 0; now != null && i < counters.length; i++) {
            if (pending[i] != Aeron.NULL_VALUE) {
                complete(now, i);
            }
        }
    }

    /**
     * Release: pairs with the acquire of whoever reads.
     *
     * @param index of the counter, as they were named.
     * @param value of it.
     */
    public void set(int index, long value) {
        Counter counter = counters[index];
        if (counter != null && !counter.isClosed()) {
            counter.setRelease(value);
        }
    }

    private void request(Aeron now, int index) {
        Stated stated = wanted.get(index);
        DirectBuffer key = stated.key();
        try {
            if (key == null) {
                pending[index] = now.asyncAddCounter(stated.typeId(), stated.label());
            } else {
                DirectBuffer label = new UnsafeBuffer(stated.label().getBytes(StandardCharsets.US_ASCII));
                pending[index] =
                        now.asyncAddCounter(stated.typeId(), key, 0, key.capacity(), label, 0, label.capacity());
            }
        } catch (AeronException refused) {
            errorHandler.onError(refused);
        }
    }

    private void complete(Aeron now, int index) {
        try {
            Counter given = now.getCounter(pending[index]);
            if (given != null) {
                counters[index] = given;
                pending[index] = Aeron.NULL_VALUE;
            }
        } catch (AeronException refused) {
            pending[index] = Aeron.NULL_VALUE;
            errorHandler.onError(refused);
        }
    }
}
