// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.aeron.Aeron;
import io.heliograph.engine.base.JournalDescriptor;
import io.heliograph.engine.stream.AeronConnection;
import io.heliograph.engine.stream.PublicationTick;
import io.heliograph.engine.stream.SendGate;
import io.heliograph.engine.stream.StreamPublication;
import java.util.function.Supplier;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * Holds a publisher back while the journal of its own host is too far behind, or there is none: how far it has come is what
 * the engine that keeps it shows in the counters of the driver that both use.
 *
 * <p>How many octets lie behind a sequence is noted for some hundred places in what may be behind, so the bound holds to a
 * hundredth.
 *
 * <p><b>Thread:</b> one owner: the publishing thread.
 *
 * <p><b>Allocation:</b> none after construction, but for what it takes to look for a journal's counters.
 */
final class RequiredJournal implements SendGate, PublicationTick {
    private static final int MARKS = 256;
    private static final int MARKS_IN_BOUND = 100;
    private static final int NONE = -1;

    private final Supplier<@Nullable CountersReader> counters;
    private final String appendedLabel;
    private final String epochLabel;
    private final long epoch;
    private final long boundOctets;
    private final long[] markNext = new long[MARKS];
    private final long[] markOctets = new long[MARKS];
    private long head;
    private long tail;
    private long sentOctets;
    private long ackedOctets;
    private long ackedNext;
    private @Nullable CountersReader reader;
    private int appendedId = NONE;
    private int epochId = NONE;
    private long registration;

    /**
     * @param counters of the driver that lives now; null while none does.
     * @param stream whose journal is waited for.
     * @param epoch of the publication.
     * @param boundOctets how much of packets the journal may lack.
     */
    RequiredJournal(Supplier<@Nullable CountersReader> counters, String stream, long epoch, long boundOctets) {
        this.counters = counters;
        this.appendedLabel = JournalDescriptor.JOURNAL_APPENDED.labelOf(stream);
        this.epochLabel = JournalDescriptor.JOURNAL_EPOCH.labelOf(stream);
        this.epoch = epoch;
        this.boundOctets = boundOctets;
    }

    /** The counters of a connection's driver. */
    static Supplier<@Nullable CountersReader> of(AeronConnection connection) {
        return () -> {
            Aeron client = connection.client();
            return client == null || client.isClosed() ? null : client.countersReader();
        };
    }

    @Override
    public boolean isOpen() {
        if (!isThere()) {
            return false;
        }
        if (sentOctets - ackedOctets <= boundOctets) {
            return true;
        }
        look();
        return sentOctets - ackedOctets <= boundOctets;
    }

    @Override
    public void onSent(long next, int length) {
        sentOctets += length;
        long marked = head == tail ? ackedOctets : markOctets[(int) ((tail - 1) % MARKS)];
        boolean isFar = (sentOctets - marked) * MARKS_IN_BOUND >= boundOctets;
        if (isFar && tail - head < MARKS) {
            markNext[(int) (tail % MARKS)] = next;
            markOctets[(int) (tail % MARKS)] = sentOctets;
            tail++;
        }
    }

    /** Every few ms: a journal that came, or came back, is found. */
    @Override
    public void publish(StreamPublication publication) {
        onTick(publication.nextSequence());
    }

    /** The same, of whoever publishes: {@code next} is the sequence that comes next. */
    void onTick(long next) {
        if (isThere()) {
            look();
            if (ackedNext >= next) {
                head = tail;
                ackedOctets = sentOctets;
            }
        } else {
            search();
        }
    }

    @Override
    public void close() {
        reader = null;
    }

    /** What the journal has is no longer behind. Acquire: pairs with the journal's release. */
    private void look() {
        CountersReader from = reader;
        // The epoch first: the journal shows it last, so that the sequence is of it or of a later one.
        if (from == null || from.getCounterValue(epochId) != epoch) {
            return;
        }
        ackedNext = from.getCounterValue(appendedId) + 1;
        while (head < tail && markNext[(int) (head % MARKS)] <= ackedNext) {
            ackedOctets = markOctets[(int) (head % MARKS)];
            head++;
        }
    }

    /**
     * Whether the journal's counters are, and are still the journal's. Those of a driver that is gone are not looked at: with its
     * client the memory that they are in was given back.
     */
    @SuppressWarnings("ReferenceEquality") // The same client's is asked for.
    private boolean isThere() {
        CountersReader from = reader;
        return from != null
                && from == counters.get()
                && from.getCounterState(appendedId) == CountersReader.RECORD_ALLOCATED
                && from.getCounterRegistrationId(appendedId) == registration
                && from.getCounterState(epochId) == CountersReader.RECORD_ALLOCATED;
    }

    /** The newest counters of the stream's journal: an engine that was killed leaves its own for some seconds. */
    private void search() {
        CountersReader all = counters.get();
        reader = null;
        appendedId = NONE;
        epochId = NONE;
        if (all == null) {
            return;
        }
        long[] newest = {Long.MIN_VALUE, Long.MIN_VALUE};
        all.forEach((id, typeId, key, label) -> {
            if (typeId == JournalDescriptor.JOURNAL_APPENDED.typeId()
                    && label.equals(appendedLabel)
                    && all.getCounterRegistrationId(id) > newest[0]) {
                newest[0] = all.getCounterRegistrationId(id);
                appendedId = id;
            } else if (typeId == JournalDescriptor.JOURNAL_EPOCH.typeId()
                    && label.equals(epochLabel)
                    && all.getCounterRegistrationId(id) > newest[1]) {
                newest[1] = all.getCounterRegistrationId(id);
                epochId = id;
            }
        });
        if (appendedId != NONE && epochId != NONE) {
            registration = newest[0];
            reader = all;
        }
    }
}
