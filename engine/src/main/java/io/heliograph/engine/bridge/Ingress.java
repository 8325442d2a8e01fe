// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.priority.Balance;
import io.heliograph.engine.priority.Marks;
import io.heliograph.engine.priority.PeerGroup;
import io.heliograph.engine.priority.PeerView;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The end of a bridge that publishes: pulls its streams over its paths, and publishes each message once and in order, however many
 * paths bring it and however often they break. A state machine: events in, with the time, and actions out by its port.
 *
 * <p>It resumes where its own journal ends, stream by stream. A path that is lost is replaced at once; what another path may
 * have of a gap is asked for there before the gap is passed on.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction, but for words about what cannot be.
 */
public final class Ingress {
    private static final long LOOK_NS = 100_000_000L;
    private final IngressContext context;
    private final PeerGroup group;
    private final BridgedStream[] streams;
    private final Int2ObjectHashMap<BridgedStream> byId = new Int2ObjectHashMap<>();
    private final StreamSpread spread;
    private final int paths;
    private long connected;
    private int lastChosen = PeerGroup.NONE;
    private long lookAtNs;

    /**
     * An ingress without connections; {@link #resume} says where each stream is.
     *
     * @param context how it uses its paths.
     * @param port what it does.
     * @param streamIds what the bridge carries.
     * @param pathNames at most 64.
     * @param levels of the paths, 1 to 16.
     * @param nowNs monotonic.
     */
    public Ingress(
            IngressContext context, IngressPort port, int[] streamIds, String[] pathNames, int[] levels, long nowNs) {
        if (pathNames.length < 1 || pathNames.length > BridgedStream.MOST_PATHS) {
            throw new IllegalArgumentException("a bridge has 1 to " + BridgedStream.MOST_PATHS + " paths into a host");
        }
        this.context = context;
        this.paths = pathNames.length;
        this.group = new PeerGroup(
                context.use() == IngressContext.Use.FAILOVER ? Balance.STICKY : Balance.LEAST_BACKLOG,
                context.times(),
                context.highMark(),
                context.lowMark());
        for (int i = 0; i < paths; i++) {
            group.add(pathNames[i], levels[i], nowNs);
        }
        this.streams = new BridgedStream[streamIds.length];
        for (int i = 0; i < streamIds.length; i++) {
            streams[i] = new BridgedStream(streamIds[i], context, port, paths, nowNs);
            byId.put(streamIds[i], streams[i]);
        }
        this.spread = new StreamSpread(streams, paths);
        this.lookAtNs = nowNs;
    }

    /**
     * Where a stream is: behind what the ingress's own journal has. Before the first path is up.
     *
     * @param stream id.
     * @param epoch of the journal's last packet.
     * @param next sequence that it lacks.
     * @param isEnded whether it has the end of the epoch.
     */
    public void resume(int stream, long epoch, long next, boolean isEnded) {
        stream(stream).resume(epoch, next, isEnded);
    }

    /**
     * A path is connected, and is not pulled over before {@link #onPathUp} says that it carries something.
     *
     * @param path which one.
     * @param nowNs monotonic.
     */
    public void onPathWarming(int path, long nowNs) {
        group.onWarming(path, nowNs);
    }

    /**
     * A path can be pulled over.
     *
     * @param path which one.
     * @param nowNs monotonic.
     */
    public void onPathUp(int path, long nowNs) {
        connected |= 1L << path;
        group.onConnected(path, nowNs);
        assign(nowNs);
    }

    /**
     * A path is gone.
     *
     * @param path which one.
     * @param nowNs monotonic.
     */
    public void onPathDown(int path, long nowNs) {
        connected &= ~(1L << path);
        group.onDisconnected(path, nowNs);
        for (BridgedStream stream : streams) {
            stream.onPathDown(path);
        }
        assign(nowNs);
    }

    /**
     * The other end of a path has given a sign of life.
     *
     * @param path which one.
     * @param nowNs monotonic.
     */
    public void onHeard(int path, long nowNs) {
        group.onHeard(path, nowNs);
    }

    /**
     * A packet has come, its framing checked.
     *
     * @param path over which.
     * @param stream that was pulled.
     * @param generation of the pull that brought it.
     * @param packet holds it; may be changed.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @param nowNs monotonic.
     * @return false: it has to be offered again, before any other of the stream.
     */
    public boolean onPacket(
            int path, int stream, int generation, MutableDirectBuffer packet, int offset, int length, long nowNs) {
        BridgedStream to = stream(stream);
        long pulling = to.pulling();
        boolean isTaken = to.onPacket(path, generation, packet, offset, length, nowNs);
        if (to.pulling() != pulling) {
            assign(nowNs);
        }
        return isTaken;
    }

    /**
     * Packets of a pull were lost between the link and here: they are pulled again.
     *
     * @param path over which.
     * @param stream id.
     * @param generation of the pull.
     * @param nowNs monotonic.
     */
    public void onOverrun(int path, int stream, int generation, long nowNs) {
        stream(stream).onOverrun(path, generation);
        assign(nowNs);
    }

    /**
     * The other end of a path does not give a stream: another path is asked, and this one again after a while.
     *
     * @param path which one.
     * @param stream id, as the other end says it.
     * @param words why, for people.
     * @param nowNs monotonic.
     */
    public void onRefused(int path, int stream, String words, long nowNs) {
        BridgedStream of = byId.get(stream);
        if (of != null) {
            of.onDenied(path, words, nowNs);
            assign(nowNs);
        }
    }

    /**
     * Time passes: to be called every few milliseconds.
     *
     * @param nowNs monotonic.
     * @param wallNs wall clock, ns since the Unix epoch.
     */
    public void onTick(long nowNs, long wallNs) {
        for (BridgedStream stream : streams) {
            stream.onTick(nowNs);
            if (stream.isGapOverdue(nowNs)) {
                stream.giveUp();
            }
        }
        if (nowNs - lookAtNs >= 0) {
            if (context.use() == IngressContext.Use.SPREAD) {
                spread.measure(nowNs - lookAtNs + LOOK_NS);
            }
            lookAtNs = nowNs + LOOK_NS;
            tellBacklogs(nowNs, wallNs);
        }
        assign(nowNs);
    }

    /**
     * Changes the marks of all paths.
     *
     * @param its in messages that wait at a path's other end.
     * @param nowNs monotonic.
     */
    public void marks(Marks its, long nowNs) {
        group.marks(its, nowNs);
    }

    /**
     * The marks of all paths.
     *
     * @return as of now.
     */
    public Marks marks() {
        return group.marks();
    }

    /**
     * Whether a stream is known to live.
     *
     * @param stream id.
     * @param nowNs monotonic.
     * @return true while its packets come, or its egress says that it is idle.
     */
    public boolean isAlive(int stream, long nowNs) {
        return stream(stream).isAlive(nowNs);
    }

    /**
     * What was seen of a stream.
     *
     * @param stream id.
     * @return live figures.
     */
    public IngressFigures figures(int stream) {
        return stream(stream).figures();
    }

    /**
     * The sequence that a stream needs next.
     *
     * @param stream id.
     * @return 1 and up.
     */
    public long next(int stream) {
        return stream(stream).next();
    }

    /**
     * The epoch that a stream is in.
     *
     * @param stream id.
     * @return 0 before the first.
     */
    public long epoch(int stream) {
        return stream(stream).epoch();
    }

    /**
     * The paths that a stream is pulled over.
     *
     * @param stream id.
     * @return a mask, bit 0 for the first.
     */
    public long pulling(int stream) {
        return stream(stream).pulling();
    }

    /**
     * Whether a pull is still its stream's over a path.
     *
     * @param path which one.
     * @param stream id.
     * @param generation of the pull.
     * @return false: what it brings is dropped.
     */
    public boolean isCurrent(int path, int stream, int generation) {
        return stream(stream).isCurrent(path, generation);
    }

    /**
     * A path as an operator sees it.
     *
     * @param path which one.
     * @param nowNs monotonic.
     * @return as of now.
     */
    public PeerView view(int path, long nowNs) {
        return group.view(path, nowNs);
    }

    private BridgedStream stream(int id) {
        BridgedStream found = byId.get(id);
        if (found == null) {
            throw new IllegalArgumentException("stream " + id + " is not one of this bridge");
        }
        return found;
    }

    /** Decides for every stream which paths carry it. */
    private void assign(long nowNs) {
        boolean isSpread = context.use() == IngressContext.Use.SPREAD;
        long wanted = context.use() == IngressContext.Use.FAILOVER ? maskOf(chosen(nowNs)) : inUse(nowNs);
        if (isSpread) {
            spread.over(wanted);
        }
        for (int i = 0; i < streams.length; i++) {
            carry(streams[i], isSpread ? maskOf(spread.path(i)) : wanted, nowNs);
        }
    }

    private void carry(BridgedStream stream, long wanted, long nowNs) {
        long barred = stream.penalised() | stream.gapped();
        long over = wanted & ~barred;
        if (over == 0 && (wanted & barred) != 0) {
            over = substitute(barred, nowNs);
            if (over == 0 && stream.gapped() != 0) {
                stream.giveUp();
                over = wanted & ~(stream.penalised() | stream.gapped());
            }
        }
        stream.pullOver(over);
    }

    /** Any other path that could carry it now. */
    private long substitute(long barred, long nowNs) {
        for (int path = 0; path < paths; path++) {
            long bit = 1L << path;
            if ((barred & bit) == 0 && group.isUsable(path, nowNs)) {
                return bit;
            }
        }
        return 0;
    }

    /** The one path that carries all; where all that are left are busy the one that did so last, for that is still the best. */
    private int chosen(long nowNs) {
        int path = group.choose(nowNs);
        if (path == PeerGroup.NONE) {
            path = (connected & maskOf(lastChosen)) != 0 ? lastChosen : lowest(connected);
        }
        lastChosen = path;
        return path;
    }

    private long inUse(long nowNs) {
        long mask = 0;
        for (int path = 0; path < paths; path++) {
            mask |= group.isInUse(path, nowNs) ? 1L << path : 0;
        }
        return mask == 0 ? connected : mask;
    }

    private void tellBacklogs(long nowNs, long wallNs) {
        for (int path = 0; path < paths; path++) {
            long backlog = 0;
            long oldestNs = 0;
            for (BridgedStream stream : streams) {
                long waiting = (stream.pulling() & 1L << path) == 0 ? 0 : stream.backlog(path);
                backlog += waiting;
                if (waiting > 0 && stream.sentNs() > 0) {
                    oldestNs = Math.max(oldestNs, wallNs - stream.sentNs());
                }
            }
            group.onBacklog(path, backlog, oldestNs, nowNs);
        }
    }

    private static long maskOf(int path) {
        return path == PeerGroup.NONE ? 0 : 1L << path;
    }

    private static int lowest(long mask) {
        return mask == 0 ? PeerGroup.NONE : Long.numberOfTrailingZeros(mask);
    }
}
