// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import io.aeron.Publication;
import io.heliograph.engine.stream.PacketLine;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Several lines between publications and arbiters, in virtual time: each loses, delays, repeats and reorders packets and
 * goes dark for a while, all of it from one seed.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
public final class LossyNetwork {
    private final ManualClock clock;
    private final Random random;
    private final Faults[] faults;
    private final long[] darkUntilNs;
    private final boolean[] isDark;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(
            Comparator.comparingLong((Flight flight) -> flight.arrivalNs).thenComparingLong(flight -> flight.order));
    private long elapsedNs;
    private long order;
    private long lost;

    /**
     * A network without packets.
     *
     * @param clock that it moves on.
     * @param random decides everything.
     * @param faults of each line.
     */
    public LossyNetwork(ManualClock clock, Random random, Faults... faults) {
        this.clock = clock;
        this.random = random;
        this.faults = faults.clone();
        this.darkUntilNs = new long[faults.length];
        this.isDark = new boolean[faults.length];
    }

    /**
     * What a line does to packets.
     *
     * @param loss share of packets that are lost one by one.
     * @param burst share of packets at which the line goes dark.
     * @param burstNs how long it stays dark, at most, ns.
     * @param delayNs of every packet, ns.
     * @param jitterNs further delay, ns; more than the distance of two packets reorders them.
     * @param duplication share of packets that come twice.
     */
    public record Faults(double loss, double burst, long burstNs, long delayNs, long jitterNs, double duplication) {
        /** A perfect line. */
        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);
    }

    /** Takes a packet that has arrived. */
    @FunctionalInterface
    public interface Arrival {
        /**
         * A packet has arrived.
         *
         * @param line that brought it, 0 and up.
         * @param packet its octets.
         */
        void onPacket(int line, byte[] packet);
    }

    /**
     * A publication's end of a line.
     *
     * @param line 0 and up.
     * @return takes every packet; what becomes of it the network decides.
     */
    public PacketLine sender(int line) {
        long[] position = {0};
        return new LineDouble(String.valueOf((char) ('A' + line)), 480, (buffer, offset, length) -> {
            if (random.nextInt(64) == 0) {
                return Publication.ADMIN_ACTION;
            }
            byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            send(line, packet);
            position[0] += length;
            return position[0];
        });
    }

    /**
     * Puts octets on a line as they are.
     *
     * @param line 0 and up.
     * @param packet octets.
     */
    public void send(int line, byte[] packet) {
        Faults of = faults[line];
        if (random.nextDouble() < of.burst) {
            isDark[line] = true;
            darkUntilNs[line] = elapsedNs + (long) (random.nextDouble() * of.burstNs);
        }
        isDark[line] &= elapsedNs < darkUntilNs[line];
        if (isDark[line] || random.nextDouble() < of.loss) {
            lost++;
            return;
        }
        int copies = random.nextDouble() < of.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long jitterNs = of.jitterNs == 0 ? 0 : (long) (random.nextDouble() * of.jitterNs);
            flights.add(new Flight(elapsedNs + of.delayNs + jitterNs, order++, line, packet));
        }
    }

    /**
     * Lets time pass, and hands over what has arrived by then.
     *
     * @param ns by how much.
     * @param arrival takes the packets in the order of their arrival.
     */
    public void advance(long ns, Arrival arrival) {
        elapsedNs += ns;
        clock.advanceNs(ns);
        while (!flights.isEmpty() && flights.element().arrivalNs <= elapsedNs) {
            Flight flight = flights.remove();
            arrival.onPacket(flight.line, flight.packet);
        }
    }

    /**
     * Packets lost so far.
     *
     * @return over all lines.
     */
    public long lost() {
        return lost;
    }

    private static final class Flight {
        private final long arrivalNs;
        private final long order;
        private final int line;
        private final byte[] packet;

        private Flight(long arrivalNs, long order, int line, byte[] packet) {
            this.arrivalNs = arrivalNs;
            this.order = order;
            this.line = line;
            this.packet = packet;
        }
    }
}
