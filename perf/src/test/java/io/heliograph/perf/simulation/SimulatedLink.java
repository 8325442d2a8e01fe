// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.ReplayAsk;
import io.heliograph.engine.recovery.ReplayPeer;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A connection between one who asks and a journal's server: in order, with a delay, broken while either side is cut off or dead.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedLink implements GapSource, ReplayPeer {
    private final String name;
    private final Agenda agenda;
    private final long delayNs;
    private final Supplier<SimulatedJournal> journal;
    private final BooleanSupplier isUp;
    private final SourceAnswers answers;
    private final Set<Long> wanted = new HashSet<>();
    private long octets;

    SimulatedLink(
            String name,
            Agenda agenda,
            long delayNs,
            Supplier<SimulatedJournal> journal,
            BooleanSupplier isUp,
            SourceAnswers answers) {
        this.name = name;
        this.agenda = agenda;
        this.delayNs = delayNs;
        this.journal = journal;
        this.isUp = isUp;
        this.answers = answers;
    }

    @Override
    public String name() {
        return name;
    }

    /** Octets of all requests and pages. */
    long octets() {
        return octets;
    }

    @Override
    public boolean ask(long id, ReplayAsk ask) {
        if (!isUp.getAsBoolean()) {
            return false;
        }
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ask.encode(body, 0);
        octets += body.capacity();
        wanted.add(id);
        agenda.in(delayNs, () -> {
            if (isUp.getAsBoolean()) {
                journal.get().server().onRequest(this, id, body, 0, body.capacity(), agenda.nowNs());
            }
        });
        return true;
    }

    @Override
    public void cancel(long id) {
        wanted.remove(id);
        agenda.in(delayNs, () -> {
            if (isUp.getAsBoolean()) {
                journal.get().server().onCancelled(this, id);
            }
        });
    }

    @Override
    public boolean mayPull(int stream) {
        return true;
    }

    @Override
    public boolean isWritable() {
        return isUp.getAsBoolean();
    }

    @Override
    public void reply(long request, boolean isLast, DirectBuffer page, int offset, int length) {
        byte[] copy = new byte[length];
        page.getBytes(offset, copy);
        octets += length;
        agenda.in(delayNs, () -> {
            if (isUp.getAsBoolean() && wanted.contains(request)) {
                answers.onPage(request, isLast, new UnsafeBuffer(copy), 0, length);
            }
        });
    }

    @Override
    public void refuse(long request, int reason, String words) {
        agenda.in(delayNs, () -> answers.onFailed(request, words));
    }
}
