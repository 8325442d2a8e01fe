// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.base.Doorbell;
import io.heliograph.engine.link.session.LinkSession;
import io.heliograph.engine.link.session.PullHandler;
import io.heliograph.engine.wire.BufferCrc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.NanoClock;

/**
 * The end of bridges that sends: answers pulls from this host's journals, a batch of each stream in its turn, and only while the
 * connection takes it. What is behind is on disk, so no queue grows.
 *
 * <p><b>Thread:</b> one owner, its runner's; pulls are told by the links'.
 *
 * <p><b>Allocation:</b> some objects a batch of up to 64 KiB.
 */
public final class EgressAgent implements PullHandler, Agent {
    /** While streams are idle their peers are told so often that they live. */
    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What is behind is looked up in the files for a beat: of many pulls that are, so often at most, of all of them together. */
    private static final long LOOK_UP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** So often all pulls are looked at: beats, rates, journals that were not there. */
    private static final long WALK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** So long a journal that is not there is not asked for again. */
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** So long a journal that has nothing is not read again for the sake of the first pull. */
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int NO_STREAM = -1;
    private static final long MOST_WAIT_NS = 1_000_000;
    private static final long IDLE_WAIT_NS = 100_000_000;

    private final EgressLibrary library;
    private final NanoClock clock;
    private final EpochNanoClock wall;
    private final ErrorHandler errors;
    private final Doorbell bell = new Doorbell(MOST_WAIT_NS);
    private final PullTurns turns = new PullTurns(bell);
    private final ManyToOneConcurrentLinkedQueue<Runnable> inbox = new ManyToOneConcurrentLinkedQueue<>();
    private final ManyToOneConcurrentLinkedQueue<Batch> spare = new ManyToOneConcurrentLinkedQueue<>();
    private final Map<PullKey, EgressPull> byKey = new ConcurrentHashMap<>();
    private final Map<LinkSession, EgressPath> paths = new HashMap<>();
    private final List<EgressPull> pulls = new ArrayList<>();
    private final EgressFigures figures = new EgressFigures();
    private final BlockCompressor compressor = new BlockCompressor();
    private final BufferCrc crc = new BufferCrc();
    private int first;
    private long walkAtNs;
    private int toWarmUp = NO_STREAM;
    private long warmUpAtNs;

    private record PullKey(LinkSession session, int stream) {}

    /**
     * An agent that nobody pulls from.
     *
     * @param library what it sends from.
     * @param clock monotonic.
     * @param wall wall clock.
     * @param errors told of journals that cannot be read.
     */
    public EgressAgent(EgressLibrary library, NanoClock clock, EpochNanoClock wall, ErrorHandler errors) {
        this.library = library;
        this.clock = clock;
        this.wall = wall;
        this.errors = errors;
        this.walkAtNs = clock.nanoTime();
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
     * What is to be run whenever something was appended to a stream's journal; without that it is seen within a millisecond.
     *
     * @param stream id.
     * @return run by any thread, at any time.
     */
    public Runnable bellOf(int stream) {
        return turns.bellOf(stream);
    }

    /**
     * What was sent.
     *
     * @return of the agent's thread; read by another one they may be a moment old.
     */
    public EgressFigures figures() {
        return figures;
    }

    /**
     * Reads a first batch of a stream once and throws it away, before anybody pulls: whoever pulls first because another path has
     * failed must not wait until files and code that nobody has used are found and loaded, some tenths of a second. Before the
     * agent starts.
     *
     * @param stream id, as soon as its journal has something.
     */
    public void warmUp(int stream) {
        toWarmUp = stream;
        warmUpAtNs = clock.nanoTime();
    }

    @Override
    public void onPull(LinkSession session, int stream, int pull, long epoch, long sequence) {
        EgressTerms terms = library.terms(session, stream);
        if (!terms.objection().isEmpty()) {
            PullRefusals.refuse(session, stream, terms.objection(), clock.nanoTime());
            library.onRefused(session, stream, terms.objection());
            enqueue(() -> figures.refused++);
            return;
        }
        long nowNs = clock.nanoTime();
        enqueue(() -> begin(session, stream, pull, epoch, sequence, terms, nowNs));
    }

    @Override
    public void onRoom(LinkSession session, int stream, int pull) {
        EgressPull of = byKey.get(new PullKey(session, stream));
        if (of != null) {
            of.send();
        }
    }

    @Override
    public void onStop(LinkSession session, int stream, int pull) {
        // Behind the pull itself, which is begun on the agent's thread.
        enqueue(() -> end(session, stream));
    }

    private void begin(
            LinkSession session, int stream, int number, long epoch, long sequence, EgressTerms terms, long nowNs) {
        end(session, stream);
        EgressPath path = paths.computeIfAbsent(session, unused -> new EgressPath(terms.rateBps(), nowNs));
        EgressPull begun = new EgressPull(session, stream, number, epoch, sequence, terms, path, this::reuse, nowNs);
        byKey.put(new PullKey(session, stream), begun);
        pulls.add(begun);
        turns.add(begun);
        library.hold(stream, begun);
    }

    private void end(LinkSession session, int stream) {
        EgressPull over = byKey.remove(new PullKey(session, stream));
        if (over != null) {
            pulls.remove(over);
            turns.remove(over);
            over.isClosed = true;
            CloseHelper.quietClose(over.log);
            session.execute(over::end);
            if (pulls.stream().noneMatch(other -> other.session.equals(session))) {
                paths.remove(session);
            }
        }
    }

    private void reuse(EgressPull pull, Batch batch) {
        batch.clear();
        spare.add(batch);
        turns.ring(pull);
    }

    private void enqueue(Runnable task) {
        inbox.add(task);
        bell.ring();
    }

    @Override
    public int doWork() {
        int work = 0;
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
            work++;
        }
        long nowNs = clock.nanoTime();
        if (toWarmUp != NO_STREAM && nowNs - warmUpAtNs >= 0) {
            warmUpAtNs = nowNs + WARM_UP_NS;
            toWarmUp = isWarmedUp(toWarmUp) ? NO_STREAM : toWarmUp;
        }
        int count = pulls.size();
        bell.waitAtMost(count == 0 ? IDLE_WAIT_NS : MOST_WAIT_NS);
        if (nowNs - walkAtNs >= 0) {
            walkAtNs = nowNs + WALK_NS;
            return work + walk(nowNs);
        }
        EgressPull next = turns.next();
        for (int i = 1; next != null; i++) {
            work += next.isClosed ? 0 : serve(next, nowNs);
            next = i < count ? turns.next() : null;
        }
        return work;
    }

    /** Each time another one is first: none is always behind the others. */
    private int walk(long nowNs) {
        int count = pulls.size();
        first = count == 0 ? 0 : (first + 1) % count;
        int work = 0;
        for (int i = 0; i < count; i++) {
            work += serve(pulls.get((first + i) % count), nowNs);
        }
        return work;
    }

    private boolean isWarmedUp(int stream) {
        try (PacketLog log = library.open(stream)) {
            if (log == null) {
                return false;
            }
            Batch batch = new Batch();
            new EgressCursor(stream, log, EgressCursor.KEEP, 0, 1).fill(batch, wall.nanoTime());
            batch.seal(stream, 0, crc);
            boolean isRead = batch.count() > 0;
            batch.clear();
            spare.add(batch);
            return isRead;
        } catch (RuntimeException unreadable) {
            // Whoever pulls it is told.
            return true;
        }
    }

    private int serve(EgressPull pull, long nowNs) {
        try {
            return isOpen(pull, nowNs) ? fill(pull, nowNs) : 0;
        } catch (RuntimeException unreadable) {
            errors.onError(unreadable);
            return 0;
        }
    }

    private boolean isOpen(EgressPull pull, long nowNs) {
        if (pull.log == null && nowNs - pull.openAtNs >= 0) {
            pull.openAtNs = nowNs + RETRY_NS;
            PacketLog log = library.open(pull.stream);
            if (log != null) {
                pull.open(log);
            }
        }
        return pull.log != null;
    }

    private int fill(EgressPull pull, long nowNs) {
        EgressCursor cursor = Objects.requireNonNull(pull.cursor);
        long appended = library.appended(pull.stream);
        boolean isToFill = pull.hasMore || appended != pull.seen;
        boolean isToBeat = nowNs - pull.beatAtNs >= 0 && library.isLive(pull.stream);
        if (!(isToFill || isToBeat) || !pull.isReady(pulls.size()) || !pull.path.isOpen(nowNs)) {
            return 0;
        }
        Batch batch = spare.poll();
        if (batch == null) {
            batch = new Batch();
        }
        if (isToFill) {
            pull.seen = appended;
            pull.hasMore = read(cursor, batch);
        }
        if (isToBeat) {
            beat(pull, cursor, batch, nowNs);
        }
        if (batch.count() == 0) {
            spare.add(batch);
            return 0;
        }
        compress(pull, batch, nowNs);
        batch.seal(pull.stream, pull.number, crc);
        pull.path.onSent(batch.sentLength());
        pull.onFilled(cursor.epoch(), Math.max(1, cursor.next()));
        figures.packets += batch.count();
        figures.plainOctets += batch.length();
        figures.octets += batch.sentLength();
        pull.offer(batch);
        if (pull.hasMore) {
            turns.ring(pull);
        }
        return 1;
    }

    private void beat(EgressPull pull, EgressCursor cursor, Batch batch, long nowNs) {
        // A pull that has just begun is behind for a moment, and what it brings says enough.
        if (!pull.hasMore || pull.hasBeaten) {
            cursor.announce(batch, !pull.hasMore, wall.nanoTime());
        }
        pull.hasBeaten = true;
        pull.beatAtNs = nowNs + (pull.hasMore ? Math.max(BEAT_NS, pulls.size() * LOOK_UP_NS) : BEAT_NS);
    }

    /** Whether the journal may have more. Of one that is damaged what was read before is sent; it goes on behind, with a gap. */
    private boolean read(EgressCursor cursor, Batch batch) {
        try {
            return cursor.fill(batch, wall.nanoTime());
        } catch (RuntimeException damaged) {
            errors.onError(damaged);
            return true;
        }
    }

    private void compress(EgressPull pull, Batch batch, long nowNs) {
        double nsPerOctet = pull.path.nsPerOctet(nowNs);
        if (pull.compressing.isNext(batch.length(), nsPerOctet)) {
            long startNs = clock.nanoTime();
            batch.compress(compressor);
            pull.compressing.onCompressed(batch.length(), batch.sentLength(), clock.nanoTime() - startNs, nsPerOctet);
            figures.compressed += batch.isCompressed() ? 1 : 0;
        }
    }

    @Override
    public void onClose() {
        pulls.forEach(pull -> CloseHelper.quietClose(pull.log));
        pulls.clear();
        byKey.clear();
    }

    @Override
    public String roleName() {
        return "bridge-out";
    }
}
