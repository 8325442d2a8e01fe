// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketsFlyweight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One ingress with its paths, in simulated time: batches are on their way for a while, are lost when the path is cut, and wait
 * when the lines push back. What it publishes goes into the journal of its host with a lag; killed, it comes back at that
 * journal's end.
 */
final class SimulatedBridge {
    /** An egress host's journals, by stream. */
    interface Egress {
        SimulatedLog log(int stream);
    }

    private record Frame(int path, int stream, int generation, long atNs, UnsafeBuffer entries, int length) {}

    final IngressContext context;
    final int[] streams;
    final List<Egress> egresses;
    final SimulatedLog[] journals;
    final boolean[] isUp;
    final SplittableRandom random;
    final EgressCursor[][] cursors;
    final int[][] generations;
    final ArrayDeque<Frame> wire = new ArrayDeque<>();
    final List<ArrayDeque<UnsafeBuffer>> lag = new ArrayList<>();
    final StringBuilder warnings = new StringBuilder();
    Ingress ingress;
    long published;
    boolean isPushingBack;
    private final Batch batch = new Batch();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[PacketFlyweight.MAX_PACKET_LENGTH]);

    SimulatedBridge(
            IngressContext context,
            int[] streams,
            List<Egress> egresses,
            SimulatedLog[] journals,
            SplittableRandom random,
            long nowNs) {
        this.context = context;
        this.streams = streams;
        this.egresses = egresses;
        this.journals = journals;
        this.random = random;
        this.isUp = new boolean[egresses.size()];
        this.cursors = new EgressCursor[egresses.size()][streams.length];
        this.generations = new int[egresses.size()][streams.length];
        for (int i = 0; i < streams.length; i++) {
            lag.add(new ArrayDeque<>());
        }
        this.ingress = start(nowNs);
    }

    private Ingress start(long nowNs) {
        String[] names = new String[egresses.size()];
        int[] levels = new int[egresses.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = "path" + i;
            levels[i] = context.use() == IngressContext.Use.FAILOVER ? 1 + i : 1;
        }
        Ingress made = new Ingress(context, new Port(), streams, names, levels, nowNs);
        for (int i = 0; i < streams.length; i++) {
            SimulatedLog journal = journals[i];
            if (journal.epoch > 0) {
                made.resume(streams[i], journal.epoch, journal.next, journal.isEnded);
            }
        }
        return made;
    }

    /** kill -9 and a new start: what the journal lags behind is lost with it. */
    void crash(long nowNs) {
        wire.clear();
        for (int i = 0; i < lag.size(); i++) {
            lag.get(i).clear();
        }
        for (EgressCursor[] ofPath : cursors) {
            Arrays.fill(ofPath, null);
        }
        boolean[] were = isUp.clone();
        Arrays.fill(isUp, false);
        ingress = start(nowNs);
        for (int path = 0; path < were.length; path++) {
            if (were[path]) {
                up(path, nowNs);
            }
        }
    }

    void up(int path, long nowNs) {
        if (!isUp[path]) {
            isUp[path] = true;
            ingress.onPathUp(path, nowNs);
        }
    }

    void down(int path, long nowNs) {
        if (isUp[path]) {
            isUp[path] = false;
            Arrays.fill(cursors[path], null);
            wire.removeIf(frame -> frame.path() == path && random.nextBoolean());
            ingress.onPathDown(path, nowNs);
        }
    }

    void step(long nowNs, long wallNs) {
        for (int path = 0; path < cursors.length; path++) {
            for (int i = 0; i < streams.length; i++) {
                if (cursors[path][i] != null && random.nextInt(3) != 0) {
                    send(path, i, nowNs, wallNs);
                }
            }
        }
        deliver(nowNs);
        ingress.onTick(nowNs, wallNs);
        for (int i = 0; i < streams.length; i++) {
            int caught = random.nextInt(1 + lag.get(i).size());
            for (int k = 0; k < caught; k++) {
                UnsafeBuffer packet = lag.get(i).remove();
                journals[i].append(packet, 0, packet.capacity());
            }
        }
    }

    private void send(int path, int i, long nowNs, long wallNs) {
        batch.clear();
        boolean hasMore = cursors[path][i].fill(batch, wallNs);
        if (random.nextInt(10) == 0) {
            cursors[path][i].announce(batch, !hasMore, wallNs);
        }
        if (batch.count() > 0) {
            byte[] copy = new byte[batch.length()];
            batch.frame().getBytes(PacketsFlyweight.ENTRIES_OFFSET, copy);
            long atNs = nowNs + random.nextLong(3_000_000);
            Frame last = wire.stream()
                    .filter(f -> f.path() == path)
                    .reduce((a, b) -> b)
                    .orElse(null);
            wire.add(new Frame(
                    path,
                    streams[i],
                    generations[path][i],
                    last == null ? atNs : Math.max(atNs, last.atNs()),
                    new UnsafeBuffer(copy),
                    copy.length));
        }
    }

    private void deliver(long nowNs) {
        for (Frame frame : List.copyOf(wire)) {
            if (frame.atNs() <= nowNs && isFirstOfItsStream(frame) && take(frame, nowNs)) {
                wire.remove(frame);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isFirstOfItsStream(Frame frame) {
        return wire.stream()
                        .filter(f -> f.stream() == frame.stream() && f.path() == frame.path())
                        .findFirst()
                        .get()
                == frame;
    }

    private boolean take(Frame frame, long nowNs) {
        int at = 0;
        while (at < frame.length()) {
            int length = PacketsFlyweight.packetLength(frame.entries(), at);
            int place = at + PacketsFlyweight.LENGTH_PREFIX;
            if (!ingress.onPacket(
                    frame.path(), frame.stream(), frame.generation(), frame.entries(), place, length, nowNs)) {
                // What was taken comes again: it is old then.
                return false;
            }
            at = place + length;
        }
        return true;
    }

    private final class Port implements IngressPort {
        @Override
        public void pull(int path, int stream, int generation, long epoch, long sequence) {
            int i = indexOf(stream);
            generations[path][i] = generation;
            cursors[path][i] = new EgressCursor(
                    stream,
                    egresses.get(path).log(stream).reader(),
                    context.isSkipping() ? 40_000_000L : EgressCursor.KEEP,
                    epoch,
                    sequence);
        }

        @Override
        public void stop(int path, int stream) {
            cursors[path][indexOf(stream)] = null;
        }

        @Override
        public boolean publish(int stream, MutableDirectBuffer packet, int offset, int length) {
            if (isPushingBack || random.nextInt(20) == 0) {
                return false;
            }
            published++;
            scratch.putBytes(0, packet, offset, length);
            PacketFlyweight.hops(scratch, 0, PacketFlyweight.hops(scratch, 0) + 1);
            byte[] copy = new byte[length];
            scratch.getBytes(0, copy);
            lag.get(indexOf(stream)).add(new UnsafeBuffer(copy));
            return true;
        }

        @Override
        public void warn(int path, int stream, String words) {
            warnings.append("path ")
                    .append(path)
                    .append(", stream ")
                    .append(stream)
                    .append(' ')
                    .append(words)
                    .append('\n');
        }
    }

    private int indexOf(int stream) {
        for (int i = 0; i < streams.length; i++) {
            if (streams[i] == stream) {
                return i;
            }
        }
        throw new IllegalArgumentException("stream " + stream);
    }
}
