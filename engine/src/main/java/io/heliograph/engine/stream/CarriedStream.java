// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * A stream of a {@link CarrierSubscription}: how far it is, how far it can be trusted, and what was seen of it.
 *
 * <p><b>Thread:</b> one owner: the thread that polls the carrier.
 *
 * <p><b>Allocation:</b> none.
 */
public final class CarriedStream {
    private final String stream;
    private final int id;
    private final Arbiter arbiter;

    CarriedStream(String stream, int id, Arbiter arbiter) {
        this.stream = stream;
        this.id = id;
        this.arbiter = arbiter;
    }

    /**
     * The stream's name in the topology.
     *
     * @return the name.
     */
    public String stream() {
        return stream;
    }

    /**
     * The stream's id, by which {@link MessageHeader#streamId} says whose a message is.
     *
     * @return 1 and up.
     */
    public int id() {
        return id;
    }

    /**
     * How far the stream can be trusted at the moment.
     *
     * @return the quality.
     */
    public Quality quality() {
        return arbiter.watch().quality();
    }

    /** The consumer has rebuilt what a gap had spoilt: {@link Quality#GAP} ends. */
    public void acknowledgeGap() {
        arbiter.watch().onTrusted();
    }

    /**
     * The numbering that is being delivered.
     *
     * @return 0 to 2^32 - 1, or {@link Arbiter#NULL_EPOCH}.
     */
    public long epoch() {
        return arbiter.epoch();
    }

    /**
     * The sequence that is delivered next.
     *
     * @return 1 and up.
     */
    public long nextSequence() {
        return arbiter.nextSequence();
    }

    /**
     * Whether the epoch is complete.
     *
     * @return true when its end was delivered and no other epoch has begun.
     */
    public boolean isEnded() {
        return arbiter.isEnded();
    }

    /**
     * What a line has brought of this stream.
     *
     * @param index 0 for A, 1 for B and so on.
     * @return live figures.
     */
    public LineStatistics line(int index) {
        return arbiter.line(index);
    }

    /**
     * What was seen over all lines.
     *
     * @return live figures.
     */
    public StreamStatistics statistics() {
        return arbiter.statistics();
    }
}
