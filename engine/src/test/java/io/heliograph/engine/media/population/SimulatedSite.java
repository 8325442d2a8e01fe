// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.media.LineHealth;
import io.heliograph.engine.wire.SubscribersFlyweight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Hosts of a site, their engines' boards and their subscribers of one stream, in virtual time. */
final class SimulatedSite {
    private static final long TICK_NS = 5_000_000;
    private static final long STATEMENT_NS = 100_000_000;
    private static final long LONGEST_WAY_NS = 20_000_000;

    /** What joining the other line takes before the one before is left. */
    private static final long MOVE_NS = 600_000_000;

    private static final int STREAM = 1001;
    private static final int TOPOLOGY = 0x5E55101D;

    private final Random random;
    private final int lines;
    private final double loss;
    private final LineSlots slots;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<Datagram> onTheWay = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long nowNs = Long.MAX_VALUE - 5_000_000_000L;
    private long moves;

    SimulatedSite(long seed, int hostCount, int lines, double loss) {
        this.random = new Random(seed);
        this.lines = lines;
        this.loss = loss;
        this.slots = slots(lines);
        for (int i = 0; i < hostCount; i++) {
            hosts.add(new SimulatedHost(i, hostCount - 1));
        }
        run(1_000_000_000L);
    }

    void join(int host) {
        subscribers.add(new Subscriber(host, random.nextLong()));
    }

    void leave(int line) {
        subscribers.removeIf(subscriber -> subscriber.own == 1L << line);
    }

    void leaveSome(int count) {
        for (int i = 0; i < count; i++) {
            subscribers.remove(random.nextInt(subscribers.size()));
        }
    }

    void restartEngine(int host) {
        hosts.set(host, new SimulatedHost(host, hosts.size() - 1));
    }

    void run(long ns) {
        for (long untilNs = nowNs + ns; untilNs - nowNs > 0; nowNs += TICK_NS) {
            deliver();
            hosts.forEach(SimulatedHost::tick);
            subscribers.forEach(Subscriber::tick);
        }
    }

    int subscribers() {
        return subscribers.size();
    }

    long moves() {
        return moves;
    }

    String populations() {
        return Arrays.toString(populationOfLines());
    }

    void assertEven(String what) {
        int[] population = populationOfLines();
        int most = Arrays.stream(population).max().orElseThrow();
        int least = Arrays.stream(population).min().orElseThrow();
        assertTrue(most - least <= 1, what + ": " + populations());
    }

    private int[] populationOfLines() {
        int[] population = new int[lines];
        subscribers.forEach(subscriber -> population[Long.numberOfTrailingZeros(subscriber.own)]++);
        return population;
    }

    private void deliver() {
        for (int i = onTheWay.size() - 1; i >= 0; i--) {
            Datagram datagram = onTheWay.get(i);
            if (nowNs - datagram.dueNs >= 0) {
                onTheWay.remove(i);
                SimulatedHost to = hosts.get(datagram.to);
                int length = datagram.octets.capacity();
                assertEquals(SubscribersFlyweight.OK, SubscribersFlyweight.check(datagram.octets, 0, length));
                int peer = datagram.from < datagram.to ? datagram.from : datagram.from - 1;
                to.board.onStatement(peer, datagram.octets, 0, nowNs);
            }
        }
    }

    private static LineSlots slots(int lines) {
        String nics = IntStream.range(0, lines)
                .mapToObj(i -> "<nic name=\"n" + i + "\" address=\"10.0." + i + ".1/24\"/>")
                .collect(Collectors.joining());
        String names = IntStream.range(0, lines).mapToObj(i -> "n" + i).collect(Collectors.joining(" "));
        Topology topology = TopologyReader.read("simulated.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="simulated">
                  <site name="s" multicast="239.20.0.0/20"><host name="h">%s</host><bond name="all" nics="%s"/></site>
                  <stream name="itch" id="%d" site="s" publishers="h" bond="all" lines="spread" join="least-populated"/>
                </topology>
                """.formatted(nics, names, STREAM));
        return LineSlots.of(topology, "s");
    }

    private record Datagram(int from, int to, UnsafeBuffer octets, long dueNs) {}

    /** An engine: counts its host's subscribers, states them, and shows the sums. */
    private final class SimulatedHost {
        private final int index;
        private final PopulationBoard board;
        private long statementNs;

        SimulatedHost(int index, int peers) {
            this.index = index;
            this.board = new PopulationBoard(slots, peers, nowNs);
            this.statementNs = nowNs + random.nextInt((int) STATEMENT_NS);
        }

        void tick() {
            if (nowNs - statementNs >= 0) {
                statementNs += STATEMENT_NS;
                Arrays.fill(board.own(), 0);
                for (Subscriber subscriber : subscribers) {
                    board.own()[Long.numberOfTrailingZeros(subscriber.own)] += subscriber.host == index ? 1 : 0;
                }
                UnsafeBuffer statement = new UnsafeBuffer(new byte[SubscribersFlyweight.MAX_LENGTH]);
                assertEquals(1, board.write(statement, TOPOLOGY, index, 0));
                int length = SubscribersFlyweight.length(SubscribersFlyweight.count(statement, 0));
                UnsafeBuffer octets = new UnsafeBuffer(Arrays.copyOf(statement.byteArray(), length));
                for (int to = 0; to < hosts.size(); to++) {
                    if (to != index && random.nextDouble() >= loss) {
                        onTheWay.add(new Datagram(index, to, octets, nowNs + random.nextInt((int) LONGEST_WAY_NS)));
                    }
                }
            }
        }

        long subscribers(int line) {
            return board.isKnown(nowNs) ? board.subscribers(line, nowNs) : -1;
        }
    }

    private final class Subscriber implements LineHealth {
        private final int host;
        private final LeastPopulatedLine joins;
        private long own;
        private long busyNs = nowNs;

        Subscriber(int host, long identity) {
            this.host = host;
            this.joins = new LeastPopulatedLine(this, lines, identity);
            this.own = joins.joined((1L << lines) - 1);
        }

        @Override
        public long up() {
            return -1;
        }

        @Override
        public long subscribers(int line) {
            return hosts.get(host).subscribers(line);
        }

        void tick() {
            if (nowNs - busyNs < 0) {
                return;
            }
            long to = joins.settled(own, (1L << lines) - 1, nowNs);
            if (to != own) {
                own = to;
                moves++;
                busyNs = nowNs + MOVE_NS;
            }
        }
    }
}
