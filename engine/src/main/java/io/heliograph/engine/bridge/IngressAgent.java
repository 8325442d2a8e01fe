// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.base.Doorbell;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.LinkTiming;
import io.heliograph.engine.priority.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.ArrayListUtil;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a bridge that publishes, put behind links, journals and lines: one {@link Ingress} and its streams.
 *
 * <p><b>Thread:</b> one owner, its runner's; sessions are told by any.
 *
 * <p><b>Allocation:</b> some objects with each pull and each credit, none with a packet.
 */
public final class IngressAgent implements Agent {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATHS_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FRAMES_A_TURN = 16;
    private static final int NO_STREAM = -1;

    /** A stream's least: more than the longest frame. */
    private static final int LEAST_CREDIT = 192 << 10;

    private final BridgeCard card;
    private final IngressSite lines;
    private final NanoClock clock;
    private final EpochNanoClock wall;
    private final Ingress ingress;
    private final PathWatch watch;
    private final Doorbell bell = new Doorbell(TICK_NS);
    private final ManyToOneConcurrentLinkedQueue<Runnable> inbox = new ManyToOneConcurrentLinkedQueue<>();
    private final FrameQueue frames;
    private final List<Carried> streams = new ArrayList<>();
    /** Those of which frames wait. */
    private final ArrayList<Carried> waiting = new ArrayList<>();

    private final Int2IntHashMap indexes = new Int2IntHashMap(NO_STREAM);
    private final List<List<LinkSession>> sessions = new ArrayList<>();
    private final CreditBook credits;
    private long nowNs;
    private boolean isResumed;
    private long tickAtNs;
    private long pathsAtNs;
    private long retryAtNs;

    /**
     * An agent without connections.
     *
     * @param card the bridge.
     * @param context how it uses its paths.
     * @param lines what it stands on.
     * @param clock monotonic.
     * @param wall wall clock.
     */
    public IngressAgent(
            BridgeCard card, IngressContext context, IngressSite lines, NanoClock clock, EpochNanoClock wall) {
        this.card = card;
        this.lines = lines;
        this.clock = clock;
        this.wall = wall;
        long nowNs = clock.nanoTime();
        int count = card.streamIds().length;
        int pulls = Math.max(1, context.use() == IngressContext.Use.HEDGE ? count * card.peers().length : count);
        int share = Math.max(LEAST_CREDIT, context.creditOctets() / pulls);
        this.credits = new CreditBook(card.peers().length, count, share, context.creditOctets(), nowNs);
        this.frames = new FrameQueue(context.creditOctets());
        this.ingress = new Ingress(context, new Port(), card.streamIds(), card.peers(), card.levels(), nowNs);
        this.watch = new PathWatch(card, ingress, nowNs);
        for (int id : card.streamIds()) {
            Carried carried = new Carried(id, ingress, this::onTaken, frames::giveBack, nowNs);
            indexes.put(id, streams.size());
            streams.add(carried);
        }
        for (int path = 0; path < card.peers().length; path++) {
            sessions.add(new ArrayList<>());
        }
        this.tickAtNs = nowNs;
        this.pathsAtNs = nowNs;
        this.retryAtNs = nowNs;
    }

    /**
     * How the agent waits.
     *
     * @return its bell.
     */
    public Doorbell bell() {
        return bell;
    }

    /**
     * A session with the other end of a path has opened: any thread.
     *
     * @param path which one.
     * @param session streams are pulled over it until it is closed, or the one opened last is.
     */
    public void onOpen(int path, LinkSession session) {
        enqueue(() -> {
            boolean isFirst = sessions.get(path).isEmpty();
            sessions.get(path).add(session);
            if (isFirst && isResumed) {
                warmUp(path, session);
            }
        });
    }

    /**
     * A session with the other end of a path is closed: any thread.
     *
     * @param path which one.
     * @param session that was told by {@link #onOpen}.
     */
    public void onClosed(int path, LinkSession session) {
        enqueue(() -> {
            List<LinkSession> open = sessions.get(path);
            boolean wasUsed = !open.isEmpty() && open.get(0).equals(session);
            open.remove(session);
            if (wasUsed && isResumed) {
                ingress.onPathDown(path, clock.nanoTime());
                if (!open.isEmpty()) {
                    warmUp(path, open.get(0));
                }
            }
        });
    }

    /**
     * The other end of a path does not give a stream: any thread.
     *
     * @param session that it was pulled over; nothing happens where that is not a path's.
     * @param stream id, as the other end says it.
     * @param words why.
     */
    public void onRefused(LinkSession session, int stream, String words) {
        enqueue(() -> {
            for (int path = 0; path < sessions.size(); path++) {
                if (session.equals(session(path))) {
                    ingress.onRefused(path, stream, words, clock.nanoTime());
                }
            }
        });
    }

    /** A path counts when its connection has carried something both ways, and what TLS is slow with at first is behind it. */
    private void warmUp(int path, LinkSession session) {
        ingress.onPathWarming(path, clock.nanoTime());
        WarmUp.begin(
                session,
                clock,
                () -> enqueue(() -> {
                    if (session.equals(session(path))) {
                        ingress.onPathUp(path, clock.nanoTime());
                    }
                }));
    }

    /**
     * Changes the marks of all paths: any thread.
     *
     * @param its in messages that wait at a path's other end.
     * @param before on the agent's thread told what they were.
     */
    public void marks(Marks its, Consumer<Marks> before) {
        enqueue(() -> {
            Marks were = ingress.marks();
            ingress.marks(its, clock.nanoTime());
            before.accept(were);
        });
    }

    /**
     * The paths as an operator sees them: any thread.
     *
     * @return in order, as they were a tenth of a second ago at most.
     */
    public List<PathView> paths() {
        return watch.views();
    }

    /**
     * The bridge.
     *
     * @return as it was given.
     */
    public BridgeCard card() {
        return card;
    }

    /**
     * What it knows of its streams: told by the agent's thread; what another one reads may be a moment old.
     *
     * @return live.
     */
    public Ingress ingress() {
        return ingress;
    }

    @Override
    public int doWork() {
        int work = lines.doWork();
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
            work++;
        }
        nowNs = clock.nanoTime();
        if (!isResumed) {
            return work + resume();
        }
        work += takeFrames();
        work += retry();
        if (nowNs - tickAtNs >= 0) {
            tickAtNs = nowNs + TICK_NS;
            work += tick();
        }
        return work;
    }

    /** Nothing is pulled before it is known where each stream's journal ends. */
    private int resume() {
        if (nowNs - retryAtNs < 0) {
            return 0;
        }
        retryAtNs = nowNs + RETRY_NS;
        for (Carried stream : streams) {
            if (stream.from == null) {
                stream.from = lines.end(stream.id);
            }
            if (stream.from == null) {
                return 0;
            }
        }
        for (Carried stream : streams) {
            IngressSite.Place from = stream.from;
            if (from != null && from.epoch() > 0) {
                ingress.resume(stream.id, from.epoch(), from.next(), from.isEnded());
            }
        }
        isResumed = true;
        for (int path = 0; path < sessions.size(); path++) {
            if (!sessions.get(path).isEmpty()) {
                warmUp(path, sessions.get(path).get(0));
            }
        }
        return 1;
    }

    private int tick() {
        for (FrameQueue.Overrun overrun = frames.overrun(); overrun != null; overrun = frames.overrun()) {
            ingress.onOverrun(overrun.path(), overrun.stream(), overrun.generation(), nowNs);
        }
        int work = 0;
        for (int i = 0; i < streams.size(); i++) {
            work += tick(streams.get(i));
        }
        hear();
        ingress.onTick(nowNs, wall.nanoTime());
        if (nowNs - pathsAtNs >= 0) {
            pathsAtNs = nowNs + PATHS_NS;
            tellPaths();
        }
        return work;
    }

    private void tellPaths() {
        String words = watch.look(this::timing, nowNs);
        if (!words.isEmpty()) {
            lines.say(words);
        }
    }

    private LinkTiming timing(int path) {
        LinkSession session = session(path);
        return session == null ? LinkTiming.NONE : session.timing();
    }

    private int tick(Carried stream) {
        BridgeOutput to = stream.output;
        if (to != null) {
            return to.doWork(nowNs, ingress.isAlive(stream.id, nowNs));
        }
        IngressSite.Place from = stream.from;
        if (from != null && nowNs - stream.openAtNs >= 0) {
            stream.openAtNs = nowNs + RETRY_NS;
            stream.output = lines.open(stream.id, from);
        }
        return 0;
    }

    private int takeFrames() {
        int count = 0;
        for (Frame next = frames.poll(); next != null; next = count < FRAMES_A_TURN ? frames.poll() : null) {
            Carried stream = streams.get(index(next.stream()));
            boolean wasWaiting = stream.isWaiting();
            stream.onFrame(next, nowNs);
            if (!wasWaiting && stream.isWaiting()) {
                waiting.add(stream);
            }
            count++;
        }
        return count;
    }

    private int retry() {
        int work = 0;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Carried stream = waiting.get(i);
            work += stream.retry(nowNs);
            if (!stream.isWaiting()) {
                ArrayListUtil.fastUnorderedRemove(waiting, i);
            }
        }
        return work;
    }

    private void onTaken(Frame frame) {
        owe(frame.stream(), frame.path(), frame.generation(), frame.cost());
        frames.giveBack(frame);
    }

    private void owe(int stream, int path, int generation, int octets) {
        int index = index(stream);
        boolean isDue = credits.onTaken(path, index, generation, octets, nowNs);
        LinkSession session = session(path);
        if (isDue && session != null && ingress.isCurrent(path, stream, generation)) {
            long given = credits.give(path, index, nowNs);
            session.execute(() -> session.streams().credit(stream, given));
        }
    }

    private int index(int stream) {
        int index = indexes.get(stream);
        if (index == NO_STREAM) {
            throw new IllegalArgumentException("stream " + stream + " is not one of this bridge");
        }
        return index;
    }

    private void hear() {
        for (int path = 0; path < sessions.size(); path++) {
            LinkSession session = session(path);
            if (session != null) {
                ingress.onHeard(path, nowNs - session.silentNs(nowNs));
            }
        }
    }

    private @Nullable LinkSession session(int path) {
        List<LinkSession> open = sessions.get(path);
        return open.isEmpty() ? null : open.get(0);
    }

    private void enqueue(Runnable task) {
        inbox.add(task);
        bell.ring();
    }

    @Override
    public void onClose() {
        for (Carried stream : streams) {
            stream.close();
        }
    }

    @Override
    public String roleName() {
        return "bridge-in " + card.from();
    }

    /** What the state machine wants done. */
    private final class Port implements IngressPort {
        @Override
        public void pull(int path, int stream, int generation, long epoch, long sequence) {
            LinkSession session = session(path);
            if (session != null) {
                session.execute(() -> session.streams()
                        .pull(stream, epoch, sequence, credits.share(), frames.handler(path, generation, bell::ring)));
            }
        }

        @Override
        public void stop(int path, int stream) {
            LinkSession session = session(path);
            if (session != null) {
                session.execute(() -> session.streams().stop(stream));
            }
        }

        @Override
        public boolean publish(int stream, MutableDirectBuffer packet, int offset, int length) {
            BridgeOutput to = streams.get(index(stream)).output;
            return to != null && to.publish(packet, offset, length);
        }

        @Override
        public void warn(int path, int stream, String words) {
            lines.warn("stream " + stream + ": " + card.peers()[path] + " " + words);
        }
    }
}
