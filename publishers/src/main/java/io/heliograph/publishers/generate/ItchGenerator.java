// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

import org.agrona.MutableDirectBuffer;

/**
 * Makes the messages of an {@link ItchDay}, one a call, as TotalView-ITCH 5.0.
 *
 * <p>A day has the six system events in their order; the directory, trading actions, Reg SHO and positions ahead of all
 * else; order flow with Zipf-distributed activity, a spike at the open and one at the close; crosses and imbalances
 * around both; pauses. Every reference is to a live order, executions take the oldest order first, no book is ever
 * crossed, timestamps never go back.
 *
 * <pre>{@code
 * ItchGenerator generator = new ItchGenerator(ItchDay.of(1, 1_000_000, 8_000));
 * for (int length; (length = generator.next(buffer, 0)) > 0; ) {
 *     normaliser.normalise(buffer, 0, length, body, 0);
 * }
 * }</pre>
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction, which takes 40 octets a live order and 600 a symbol.
 */
public final class ItchGenerator {
    /** The longest message that is ever made. */
    public static final int MAX_MESSAGE_LENGTH = 50;

    /** System events of the order flow and after it: Q and M, E and C. */
    private static final int LATER_EVENTS = 4;

    private static final long CLOSING_GAP_NS = 300 * DayClock.SECOND_NS;

    private final ItchDay day;
    private final MessageWriter message = new MessageWriter();
    private final SplitMix random;
    private final Symbols symbols;
    private final Preamble preamble;
    private final DayClock clock;
    private final OrderFlow flow;
    private long produced;
    private int crossesLeft;
    private char crossType = 'O';

    /**
     * Prepares a day.
     *
     * @param day which one.
     */
    public ItchGenerator(ItchDay day) {
        this.day = day;
        this.random = new SplitMix(day.seed());
        this.symbols = new Symbols(day.symbols(), day.liveOrders(), random);
        this.preamble = new Preamble(symbols);
        this.clock = new DayClock(day.messages() - Preamble.length(day.symbols()) - LATER_EVENTS);
        this.flow = new OrderFlow(day, symbols, random, message);
    }

    /**
     * Makes the next message.
     *
     * @param buffer takes it; {@link #MAX_MESSAGE_LENGTH} octets suffice.
     * @param offset of the first octet.
     * @return octets of the message; 0 when the day is over.
     */
    public int next(MutableDirectBuffer buffer, int offset) {
        if (produced == day.messages()) {
            return 0;
        }
        produced++;
        message.wrap(buffer, offset);
        if (!preamble.isOver()) {
            preamble.next(message);
        } else if (clock.isPhaseOver()) {
            phases();
        } else {
            flow();
        }
        return message.end();
    }

    /**
     * Messages made so far.
     *
     * @return 0 to the day's messages.
     */
    public long produced() {
        return produced;
    }

    /**
     * Orders in all books after the last message.
     *
     * @return 0 and up.
     */
    public int liveOrders() {
        return flow.liveOrders();
    }

    private void flow() {
        long nowNs = clock.tick(random.next());
        if (crossesLeft > 0) {
            crossesLeft--;
            flow.cross(crossesLeft, nowNs, crossType);
        } else {
            int phase = clock.phase();
            boolean isAuction = phase == DayClock.BEFORE_OPEN || phase == DayClock.BEFORE_CLOSE;
            flow.next(nowNs, isAuction, phase == DayClock.BEFORE_CLOSE ? 'C' : 'O');
        }
    }

    /** The next phase that has messages; its system event, where it has one, is the message. */
    private void phases() {
        while (clock.isPhaseOver()) {
            if (clock.isDayOver()) {
                closing();
                return;
            }
            clock.nextPhase();
            if (clock.phase() == DayClock.OPEN) {
                crosses('O');
                message.begin('S', 0, clock.nowNs()).code('Q');
                return;
            }
            if (clock.phase() == DayClock.CLOSE) {
                crosses('C');
                message.begin('S', 0, clock.nowNs()).code('M');
                return;
            }
        }
        flow();
    }

    private void crosses(char type) {
        crossType = type;
        crossesLeft = (int) Math.min(symbols.count(), clock.phaseMessages() / 2);
    }

    private void closing() {
        boolean isLast = produced == day.messages();
        long nowNs = clock.endNs() + (isLast ? CLOSING_GAP_NS : 0);
        message.begin('S', 0, nowNs).code(isLast ? 'C' : 'E');
    }
}
