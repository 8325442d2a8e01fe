// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.stream.SealCheck;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketCut;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stream at the ingress: where it is, over which paths it is pulled, and what of a packet is new. Whatever the paths bring, it
 * is published once and in order.
 *
 * <p><b>Thread:</b> one owner: the ingress's.
 *
 * <p><b>Allocation:</b> none but for words about what cannot be.
 */
final class BridgedStream {
    /** No more than 64 paths: they are kept in a mask. */
    static final int MOST_PATHS = 64;

    /** Beyond so many bridges nothing is carried on. */
    static final int MOST_HOPS = 8;

    private static final long NO_EPOCH = 0;

    private final int id;
    private final IngressContext context;
    private final IngressPort port;
    private final IngressFigures figures = new IngressFigures();
    private final UnsafeBuffer made = new UnsafeBuffer(ByteBuffer.allocateDirect(PacketFlyweight.MAX_PACKET_LENGTH));
    private final int[] generations;
    private final long[] gapEnds;
    private final long[] penaltyUntilNs;
    private final long[] announcedEpochs;
    private final long[] announcedNexts;
    private long epoch;
    private long next;
    private boolean isEnded;
    private long sealedNext;
    private long sentNs;
    private long heardNs;
    private long pulling;
    private long penalised;
    private long gapped;
    /** The paths whose other end does not give it, and that this was said of. */
    private long denied;

    private long gapSinceNs;
    private boolean isMade;
    private int madeLength;
    private final SealCheck seals = new SealCheck(this::onSealMismatch);
    /** The path whose packet is taken at the moment. */
    private int path;

    private long nowNs;

    BridgedStream(int id, IngressContext context, IngressPort port, int paths, long nowNs) {
        this.id = id;
        this.context = context;
        this.port = port;
        this.generations = new int[paths];
        this.gapEnds = new long[paths];
        this.penaltyUntilNs = new long[paths];
        this.announcedEpochs = new long[paths];
        this.announcedNexts = new long[paths];
        this.heardNs = nowNs - context.quietNs();
        this.epoch = NO_EPOCH;
        this.next = 1;
    }

    /** Goes on behind what its own journal has. */
    void resume(long itsEpoch, long itsNext, boolean hasEnded) {
        epoch = itsEpoch;
        next = itsNext;
        isEnded = hasEnded;
        // A seal there may come twice rather than not at all.
        sealedNext = itsNext - 1;
        seals.onEpoch(itsNext);
    }

    int id() {
        return id;
    }

    long epoch() {
        return epoch;
    }

    long next() {
        return next;
    }

    IngressFigures figures() {
        return figures;
    }

    /** The paths that it is pulled over. */
    long pulling() {
        return pulling;
    }

    /** Those that say that what comes next is lost. */
    long gapped() {
        return gapped;
    }

    /** Those that it is not pulled over for a while. */
    long penalised() {
        return penalised;
    }

    /** The origin's clock when the last message that was published was sent; 0 before the first. */
    long sentNs() {
        return sentNs;
    }

    /** Whether something was heard of it lately. */
    boolean isAlive(long nowNs) {
        return nowNs - heardNs < context.quietNs();
    }

    /** Messages that a path's other end has and this one has not, as far as known. */
    long backlog(int path) {
        if (announcedEpochs[path] > epoch) {
            return announcedNexts[path] - 1;
        }
        return announcedEpochs[path] == epoch ? Math.max(0, announcedNexts[path] - next) : 0;
    }

    /** Pulls over these paths and no others, of those that have not said that what comes next is lost. */
    void pullOver(long paths) {
        if (paths == pulling) {
            return;
        }
        long stopped = pulling & ~paths;
        long started = paths & ~pulling;
        for (int path = 0; path < generations.length; path++) {
            long bit = 1L << path;
            if ((stopped & bit) != 0) {
                stop(path);
            } else if ((started & bit) != 0) {
                pull(path);
            }
        }
    }

    private void pull(int path) {
        pulling |= 1L << path;
        figures.pulls++;
        port.pull(path, id, ++generations[path], epoch, next);
    }

    private void stop(int path) {
        pulling &= ~(1L << path);
        generations[path]++;
        port.stop(path, id);
    }

    boolean isCurrent(int path, int generation) {
        return generations[path] == generation;
    }

    /** A path is gone, and what was pulled over it with it. */
    void onPathDown(int path) {
        pulling &= ~(1L << path);
        gapped &= ~(1L << path);
        denied &= ~(1L << path);
        generations[path]++;
        announcedEpochs[path] = NO_EPOCH;
    }

    /** What came over a path did not get here whole: it is pulled again. */
    void onOverrun(int path, int generation) {
        if (generations[path] == generation) {
            stop(path);
        }
    }

    /** A packet has come; false when it has to be offered again. */
    boolean onPacket(int path, int generation, MutableDirectBuffer packet, int offset, int length, long nowNs) {
        if (!publishMade()) {
            return false;
        }
        this.path = path;
        this.nowNs = nowNs;
        if (generations[path] != generation) {
            return true;
        }
        if (PacketFlyweight.stream(packet, offset) != id) {
            refuse(path, "a packet of stream " + PacketFlyweight.stream(packet, offset), nowNs);
            return true;
        }
        heardNs = nowNs;
        if (PacketFlyweight.kind(packet, offset) == PacketKind.HEARTBEAT) {
            announcedEpochs[path] = PacketFlyweight.epoch(packet, offset);
            announcedNexts[path] = PacketFlyweight.sequence(packet, offset);
            return true;
        }
        if (PacketFlyweight.hops(packet, offset) >= MOST_HOPS) {
            refuse(path, "a packet that has crossed " + MOST_HOPS + " bridges: they go in a circle", nowNs);
            return true;
        }
        long its = PacketFlyweight.epoch(packet, offset);
        if (its < epoch) {
            figures.oldEpochs++;
            return true;
        }
        long first = PacketFlyweight.sequence(packet, offset);
        boolean isNew = its > epoch;
        if (isNew && epoch != NO_EPOCH && first != 1) {
            refuse(path, "epoch " + its + " from message " + first + " on, and not from its first", nowNs);
            return true;
        }
        long wanted = isNew ? first : next;
        if (first > wanted) {
            refuse(path, "message " + first + " of epoch " + its + " in place of " + wanted, nowNs);
            return true;
        }
        return switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> onData(packet, offset, length, its, wanted);
            case PacketKind.GAP -> onGap(path, packet, offset, its, wanted, nowNs);
            case PacketKind.SEAL ->
                isNew || first < wanted || first <= sealedNext || publishing(packet, offset, length);
            default -> first < wanted || (isEnded && !isNew) || publishing(packet, offset, length);
        };
    }

    private boolean onData(MutableDirectBuffer packet, int offset, int length, long its, long wanted) {
        long first = PacketFlyweight.sequence(packet, offset);
        int count = PacketFlyweight.count(packet, offset);
        long end = first + count;
        if (end <= wanted || (isEnded && its == epoch)) {
            figures.duplicates += count;
            return true;
        }
        if (first < wanted) {
            figures.duplicates += wanted - first;
            publish(PacketCut.messages(packet, offset, wanted, end, made));
            return true;
        }
        publish(packet, offset, length);
        return true;
    }

    private boolean publishing(MutableDirectBuffer packet, int offset, int length) {
        publish(packet, offset, length);
        return true;
    }

    /**
     * From here on it counts as published. What is not taken at once is kept: the same packet has to be offered again, whatever
     * becomes of the path.
     */
    private void publish(MutableDirectBuffer packet, int offset, int length) {
        if (!port.publish(id, packet, offset, length)) {
            made.putBytes(0, packet, offset, length);
            madeLength = length;
            isMade = true;
        }
        onPublished(packet, offset, length);
    }

    /** What was made here. */
    private void publish(int length) {
        madeLength = length;
        isMade = true;
        publishMade();
        onPublished(made, 0, length);
    }

    private boolean onGap(int path, MutableDirectBuffer packet, int offset, long its, long wanted, long nowNs) {
        long end = ControlFlyweight.gapLast(packet, offset) + 1;
        if (end <= wanted || (isEnded && its == epoch)) {
            return true;
        }
        if (context.isSkipping()) {
            lose(its, wanted, end);
            return true;
        }
        if (its > epoch) {
            advance(its, wanted);
        }
        // Another path may have what this one's journal has not.
        if (gapped == 0) {
            gapSinceNs = nowNs;
        }
        stop(path);
        gapped |= 1L << path;
        gapEnds[path] = end;
        return true;
    }

    /** What all who were asked say is lost is lost: as far as all of them say so. */
    void giveUp() {
        long end = Long.MAX_VALUE;
        for (int path = 0; path < gapEnds.length; path++) {
            end = (gapped & 1L << path) == 0 ? end : Math.min(end, gapEnds[path]);
        }
        if (gapped != 0 && !isMade) {
            lose(epoch, next, end);
        }
    }

    /** Whether another path was given long enough to bring what one says is lost. */
    boolean isGapOverdue(long nowNs) {
        return gapped != 0 && nowNs - gapSinceNs >= context.gapNs();
    }

    private void lose(long its, long first, long end) {
        publish(PacketCut.gap(made, id, its, first, end - 1, sentNs));
    }

    /** Publishes what was kept; false when that has to be tried again. */
    private boolean publishMade() {
        isMade = isMade && !port.publish(id, made, 0, madeLength);
        return !isMade;
    }

    private void onPublished(MutableDirectBuffer packet, int offset, int length) {
        figures.packets++;
        long first = PacketFlyweight.sequence(packet, offset);
        long its = PacketFlyweight.epoch(packet, offset);
        switch (PacketFlyweight.kind(packet, offset)) {
            case PacketKind.DATA -> {
                int count = PacketFlyweight.count(packet, offset);
                figures.messages += count;
                sentNs = PacketFlyweight.sentEpochNs(packet, offset);
                advance(its, first + count);
                int messages = offset + PacketFlyweight.HEADER_LENGTH;
                seals.onDelivered(packet, messages, length - PacketFlyweight.HEADER_LENGTH, first, first + count);
            }
            case PacketKind.GAP -> {
                long end = ControlFlyweight.gapLast(packet, offset) + 1;
                figures.gaps++;
                figures.lost += end - first;
                advance(its, end);
            }
            case PacketKind.SEAL -> {
                sealedNext = first;
                seals.onSeal(
                        ControlFlyweight.sealFirst(packet, offset),
                        ControlFlyweight.sealLast(packet, offset),
                        ControlFlyweight.sealCrc(packet, offset),
                        path);
            }
            default -> {
                advance(its, first);
                isEnded = true;
            }
        }
    }

    private void advance(long its, long end) {
        if (its != epoch) {
            epoch = its;
            sealedNext = 0;
            gapped = 0;
            seals.onEpoch(1);
        }
        isEnded = false;
        next = end;
        for (int path = 0; gapped != 0 && path < gapEnds.length; path++) {
            gapped &= gapEnds[path] <= next ? ~(1L << path) : -1L;
        }
    }

    /** What was published is what came, and who hears it is told by the same seal; it is not had from there any more. */
    private void onSealMismatch(long first, long last, int from) {
        figures.sealMismatches++;
        refuse(
                from,
                "a seal of messages " + first + " to " + last + " of epoch " + epoch
                        + ", of which it, or another path before it, brought other content under the same numbers",
                nowNs);
    }

    /** A path's other end does not give it: that is said once a connection, however often it is asked for again. */
    void onDenied(int path, String words, long nowNs) {
        if ((pulling & 1L << path) == 0) {
            return;
        }
        penalise(path, nowNs);
        if ((denied & 1L << path) == 0) {
            denied |= 1L << path;
            port.warn(path, id, "does not give it: " + words + "; asked again every " + penaltyMs() + " ms");
        }
    }

    private void penalise(int path, long nowNs) {
        stop(path);
        penalised |= 1L << path;
        penaltyUntilNs[path] = nowNs + context.penaltyNs();
    }

    private long penaltyMs() {
        return context.penaltyNs() / 1_000_000;
    }

    private void refuse(int path, String what, long nowNs) {
        figures.refused++;
        penalise(path, nowNs);
        port.warn(path, id, "brought " + what + "; not pulled there for " + penaltyMs() + " ms");
    }

    /** Penalties end. */
    void onTick(long nowNs) {
        for (int path = 0; penalised != 0 && path < penaltyUntilNs.length; path++) {
            penalised &= nowNs - penaltyUntilNs[path] >= 0 ? ~(1L << path) : -1L;
        }
        publishMade();
    }
}
