// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.bridge.IngressContext.Use;
import io.heliograph.engine.priority.PriorityTimes;
import io.heliograph.engine.testkit.Seeds;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Sites in simulated time: paths are cut and heal, lines push back, ingresses are killed, egress journals lag and have gaps. Every
 * message arrives in every site once and in order, or a gap names it which nobody could fill.
 */
final class BridgeSimulationTest {
    private static final long MS = 1_000_000;
    private static final int STEPS = 300;
    private static final List<Use> USES = List.of(Use.values());
    private static final PriorityTimes TIMES = new PriorityTimes(Long.MAX_VALUE, 30 * MS, 5 * MS, 100 * MS);

    @Test
    void shouldBringEverythingOnceHoweverPathsBreakAndIngressesDie() {
        for (long seed : Seeds.of(60)) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = new World(random, 1 + random.nextInt(3));
            Use use = USES.get(random.nextInt(3));
            SimulatedBridge bridge = world.bridge(use, false, world.hosts(1 + random.nextInt(3), 0));
            world.run(List.of(bridge));
            for (int i = 0; i < world.streams.length; i++) {
                same(world.origins[i], bridge.journals[i], "seed " + seed + " " + use);
            }
            assertEquals("", bridge.warnings.toString(), "seed " + seed);
        }
    }

    @Test
    void shouldAskAnotherPathForWhatOneHasLost() {
        for (long seed : Seeds.of(60)) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = new World(random, 1);
            Use use = USES.get(random.nextInt(3));
            List<Host> hosts = world.hosts(2, 20);
            SimulatedBridge bridge = world.bridge(use, false, hosts);
            world.runQuietly(List.of(bridge));
            String all = world.lostIn(hosts);
            assertEquals(all, world.gaps(bridge.journals[0]), "seed " + seed + " " + use);
            assertEquals(world.origins[0].next, bridge.journals[0].next);
        }
    }

    @Test
    void shouldGoThroughChainsTreesAndCirclesWithoutEnd() {
        for (long seed : Seeds.of(40)) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = new World(random, 1);
            SimulatedBridge first = world.bridge(Use.FAILOVER, false, world.hosts(1, 0));
            SimulatedLog[] site = first.journals;
            SimulatedLog[] beyond = {begun()};
            SimulatedBridge second = world.bridge(Use.HEDGE, List.of(stream -> site[0], stream -> site[0]), beyond);
            SimulatedBridge third = world.bridge(Use.FAILOVER, List.of(stream -> beyond[0]), site);
            SimulatedBridge leaf = world.bridge(Use.SPREAD, List.of(stream -> site[0]), new SimulatedLog[] {begun()});
            world.run(List.of(first, second, third, leaf));
            same(world.origins[0], site[0], "seed " + seed + ", the first site");
            same(world.origins[0], beyond[0], "seed " + seed + ", the one beyond");
            same(world.origins[0], leaf.journals[0], "seed " + seed + ", the leaf");
            long packets = world.origins[0].packets.size();
            assertTrue(third.published <= 3 * packets, "seed " + seed + ": round and round, " + third.published);
        }
    }

    @Test
    void shouldLeaveOutWhatIsTooOldAndNameIt() {
        for (long seed : Seeds.of(40)) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = new World(random, 1);
            SimulatedBridge bridge = world.bridge(Use.FAILOVER, true, world.hosts(1, 0));
            world.run(List.of(bridge));
            SimulatedLog journal = bridge.journals[0];
            assertEquals(world.origins[0].epoch, journal.epoch, "seed " + seed);
            assertEquals(world.origins[0].next, journal.next, "seed " + seed);
        }
    }

    @Test
    void shouldRepeatFromItsSeed() {
        String[] runs = new String[2];
        for (int run = 0; run < 2; run++) {
            World world = new World(new SplittableRandom(7), 2);
            SimulatedBridge bridge = world.bridge(Use.SPREAD, false, world.hosts(3, 10));
            world.run(List.of(bridge));
            runs[run] = text(bridge.journals[0]) + " " + text(bridge.journals[1]) + bridge.published;
        }
        assertEquals(runs[0], runs[1]);
    }

    /** A journal of one who was there from the first epoch on: who has nothing begins with the latest. */
    private static SimulatedLog begun() {
        SimulatedLog log = new SimulatedLog();
        log.epoch = 1;
        return log;
    }

    /** An egress host: its journals follow the origin's, with a lag, and lack some ranges. */
    private static final class Host implements SimulatedBridge.Egress {
        final SimulatedLog[] logs;
        final int[] followed;
        final int lossPercent;
        final List<String> lost = new ArrayList<>();

        Host(int streams, int lossPercent) {
            this.logs = new SimulatedLog[streams];
            this.followed = new int[streams];
            this.lossPercent = lossPercent;
            for (int i = 0; i < streams; i++) {
                logs[i] = new SimulatedLog();
            }
        }

        @Override
        public SimulatedLog log(int stream) {
            return logs[stream - 1];
        }
    }

    /** The origin's site, and time. */
    private static final class World {
        final SplittableRandom random;
        final int[] streams;
        final SimulatedLog[] origins;
        /** Of each origin's present epoch. */
        final CRC32C[] crcs;

        final List<Host> hosts = new ArrayList<>();
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[4_096]);
        final UnsafeBuffer cut = new UnsafeBuffer(new byte[4_096]);
        long nowNs = MS;
        boolean isPublishing = true;

        World(SplittableRandom random, int streams) {
            this.random = random;
            this.streams = new int[streams];
            this.origins = new SimulatedLog[streams];
            this.crcs = new CRC32C[streams];
            for (int i = 0; i < streams; i++) {
                this.streams[i] = i + 1;
                origins[i] = begun();
                crcs[i] = new CRC32C();
            }
        }

        List<Host> hosts(int count, int lossPercent) {
            for (int i = 0; i < count; i++) {
                hosts.add(new Host(streams.length, lossPercent));
            }
            return hosts;
        }

        SimulatedBridge bridge(Use use, boolean isSkipping, List<Host> from) {
            SimulatedLog[] journals = new SimulatedLog[streams.length];
            for (int i = 0; i < journals.length; i++) {
                journals[i] = begun();
            }
            return bridge(context(use, isSkipping), List.copyOf(from), journals);
        }

        SimulatedBridge bridge(Use use, List<SimulatedBridge.Egress> from, SimulatedLog[] journals) {
            return bridge(context(use, false), from, journals);
        }

        private SimulatedBridge bridge(
                IngressContext context, List<SimulatedBridge.Egress> from, SimulatedLog[] journals) {
            SimulatedBridge bridge = new SimulatedBridge(context, streams, from, journals, random.split(), nowNs);
            for (int path = 0; path < from.size(); path++) {
                bridge.up(path, nowNs);
            }
            return bridge;
        }

        private static IngressContext context(Use use, boolean isSkipping) {
            return new IngressContext(use, isSkipping, TIMES, Long.MAX_VALUE, 0, 50 * MS, 20 * MS, 0, 100 * MS);
        }

        /** Faults for a while; then all heals, and has to come to rest. */
        void run(List<SimulatedBridge> bridges) {
            for (int step = 0; step < STEPS; step++) {
                step(bridges);
                SimulatedBridge hit = bridges.get(random.nextInt(bridges.size()));
                int path = random.nextInt(hit.isUp.length);
                switch (random.nextInt(40)) {
                    case 0, 1 -> hit.down(path, nowNs);
                    case 2, 3, 4 -> hit.up(path, nowNs);
                    case 5 -> hit.crash(nowNs);
                    case 6 -> hit.isPushingBack = !hit.isPushingBack;
                    default -> {}
                }
            }
            heal(bridges);
        }

        void runQuietly(List<SimulatedBridge> bridges) {
            for (int step = 0; step < STEPS; step++) {
                step(bridges);
            }
            heal(bridges);
        }

        private void heal(List<SimulatedBridge> bridges) {
            isPublishing = false;
            for (SimulatedBridge bridge : bridges) {
                bridge.isPushingBack = false;
                for (int path = 0; path < bridge.isUp.length; path++) {
                    bridge.up(path, nowNs);
                }
            }
            for (int step = 0; step < 600; step++) {
                step(bridges);
            }
        }

        private void step(List<SimulatedBridge> bridges) {
            nowNs += MS;
            for (int i = 0; isPublishing && i < streams.length; i++) {
                publish(i);
            }
            hosts.forEach(this::follow);
            bridges.forEach(bridge -> bridge.step(nowNs, nowNs));
        }

        private void publish(int i) {
            SimulatedLog origin = origins[i];
            int kind = random.nextInt(100);
            if (kind < 60) {
                long epoch = origin.isEnded ? origin.epoch + 1 + random.nextInt(3) : origin.epoch;
                long first = origin.isEnded ? 1 : origin.next;
                int count = 1 + random.nextInt(5);
                PacketFlyweight.init(packet, 0, streams[i], epoch, 0);
                PacketFlyweight.kind(packet, 0, PacketKind.DATA);
                PacketFlyweight.sequence(packet, 0, first);
                PacketFlyweight.sentEpochNs(packet, 0, nowNs);
                PacketFlyweight.count(packet, 0, count);
                int at = PacketFlyweight.HEADER_LENGTH;
                for (int k = 0; k < count; k++) {
                    PacketFlyweight.messageLength(packet, at, Long.BYTES);
                    packet.putLong(at + 2, epoch << 32 | first + k);
                    at += 2 + Long.BYTES;
                }
                if (first == 1) {
                    crcs[i].reset();
                }
                crcs[i].update(packet.byteArray(), PacketFlyweight.HEADER_LENGTH, at - PacketFlyweight.HEADER_LENGTH);
                origin.append(packet, 0, at);
            } else if (kind < 63 && origin.next > 1 && !origin.isEnded) {
                PacketFlyweight.init(packet, 0, streams[i], origin.epoch, 0);
                PacketFlyweight.kind(packet, 0, PacketKind.SEAL);
                PacketFlyweight.sequence(packet, 0, origin.next);
                ControlFlyweight.seal(packet, 0, 1, origin.next - 1, (int) crcs[i].getValue());
                UnsafeBuffer last = origin.packets.get(origin.packets.size() - 1);
                if (PacketFlyweight.kind(last, 0) == PacketKind.DATA) {
                    origin.append(packet, 0, ControlFlyweight.SEAL_LENGTH);
                }
            } else if (kind == 63 && origin.next > 1 && !origin.isEnded) {
                PacketFlyweight.init(packet, 0, streams[i], origin.epoch, 0);
                PacketFlyweight.kind(packet, 0, PacketKind.END_OF_EPOCH);
                PacketFlyweight.sequence(packet, 0, origin.next);
                origin.append(packet, 0, PacketFlyweight.HEADER_LENGTH);
            }
        }

        private void follow(Host host) {
            for (int i = 0; i < streams.length; i++) {
                int behind = origins[i].packets.size() - host.followed[i];
                for (int k = isPublishing ? random.nextInt(1 + behind) : behind; k > 0; k--) {
                    UnsafeBuffer from = origins[i].packets.get(host.followed[i]++);
                    boolean isData = PacketFlyweight.kind(from, 0) == PacketKind.DATA;
                    if (isData && random.nextInt(100) < host.lossPercent) {
                        long first = PacketFlyweight.sequence(from, 0);
                        long end = SimulatedLog.endOf(from, 0);
                        long epoch = PacketFlyweight.epoch(from, 0);
                        host.logs[i].append(cut, 0, PacketCut.gap(cut, i + 1, epoch, first, end - 1, nowNs));
                        host.lost.add(epoch + ":" + first + "-" + (end - 1));
                    } else {
                        host.logs[i].append(from, 0, from.capacity());
                    }
                }
            }
        }

        /** The ranges that every host lacks; packets are lost whole, so they are the same ones. */
        String lostIn(List<Host> all) {
            StringBuilder text = new StringBuilder();
            for (String range : all.get(0).lost) {
                if (all.stream().allMatch(host -> host.lost.contains(range))) {
                    text.append(range).append('\n');
                }
            }
            return text.toString();
        }

        String gaps(SimulatedLog log) {
            StringBuilder text = new StringBuilder();
            for (UnsafeBuffer each : log.packets) {
                if (PacketFlyweight.kind(each, 0) == PacketKind.GAP) {
                    text.append(PacketFlyweight.epoch(each, 0)).append(':');
                    text.append(PacketFlyweight.sequence(each, 0)).append('-');
                    text.append(ControlFlyweight.gapLast(each, 0)).append('\n');
                }
            }
            return text.toString();
        }
    }

    private static void same(SimulatedLog expected, SimulatedLog actual, String where) {
        List<String> wanted = text(expected);
        List<String> is = text(actual);
        for (int i = 0; i < Math.min(wanted.size(), is.size()); i++) {
            assertEquals(wanted.get(i), is.get(i), where + ", packet " + i);
        }
        assertEquals(wanted.size(), is.size(), where);
    }

    /** Messages, seals, gaps and ends, in order. */
    private static List<String> text(SimulatedLog log) {
        List<String> lines = new ArrayList<>();
        for (UnsafeBuffer each : log.packets) {
            int kind = PacketFlyweight.kind(each, 0);
            long first = PacketFlyweight.sequence(each, 0);
            StringBuilder line = new StringBuilder();
            line.append(PacketFlyweight.epoch(each, 0)).append(' ');
            if (kind == PacketKind.DATA) {
                int at = PacketFlyweight.HEADER_LENGTH;
                for (int k = 0; k < PacketFlyweight.count(each, 0); k++) {
                    line.append(first + k)
                            .append('=')
                            .append(each.getLong(at + 2))
                            .append(' ');
                    at += 2 + Long.BYTES;
                }
            } else {
                line.append("kind ").append(kind).append(" at ").append(first);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
