// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

/**
 * Says when each message of a replay is due, by deadlines that are all counted from its beginning: a message that is late
 * makes no later one later.
 *
 * <pre>{@code
 * while (source.next()) {
 *     long dueNs = pacer.dueNs(timestampNs);
 *     // work, until clock.nanoTime() - dueNs >= 0
 *     send();
 *     pacer.onSent();
 * }
 * }</pre>
 *
 * <p>No message is due before its deadline; which one was due when does not depend on when the caller looked. At a rate
 * message k is due k / rate after the beginning, rounded up to the ns. By timestamps it is due when the first message's
 * time and its own lie as far apart, divided by the factor; a timestamp behind an earlier one is due with that.
 *
 * <p><b>Thread:</b> one owner: the thread that replays.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class Pacer {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Pace pace;
    private final long startNs;
    private final long rate;
    private long sent;
    private long firstTimestampNs;
    private long latestNs;
    private boolean hasFirst;

    /**
     * A replay that begins now.
     *
     * @param pace of it.
     * @param startNs the beginning, by the monotonic clock that deadlines are compared with.
     */
    public Pacer(Pace pace, long startNs) {
        this.pace = pace;
        this.startNs = startNs;
        this.rate = Math.max(1, (long) pace.value());
    }

    /**
     * When the next message is due. Asking changes nothing.
     *
     * @param timestampNs the message's own time, ns; what it counts from does not matter.
     * @return a deadline by the monotonic clock; the beginning itself for {@link Pace#MAX}.
     */
    public long dueNs(long timestampNs) {
        return switch (pace.kind()) {
            case MAX -> startNs;
            case RATE -> startNs + sent / rate * SECOND_NS + (sent % rate * SECOND_NS + rate - 1) / rate;
            case TIMES -> startNs + elapsedNs(timestampNs);
        };
    }

    /**
     * The message of the last {@link #dueNs} was sent.
     *
     * @param timestampNs the message's own time, ns.
     */
    public void onSent(long timestampNs) {
        if (!hasFirst) {
            hasFirst = true;
            firstTimestampNs = timestampNs;
        }
        latestNs = elapsedNs(timestampNs);
        sent++;
    }

    /**
     * Whether each message is due at once, so that nobody has to read a clock.
     *
     * @return true for {@link Pace#MAX}.
     */
    public boolean isUnpaced() {
        return pace.kind() == Pace.Kind.MAX;
    }

    private long elapsedNs(long timestampNs) {
        if (!hasFirst || pace.kind() != Pace.Kind.TIMES) {
            return 0;
        }
        long apartNs = (long) Math.ceil((timestampNs - firstTimestampNs) / pace.value());
        return Math.max(apartNs, latestNs);
    }
}
