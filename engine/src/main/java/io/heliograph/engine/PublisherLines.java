// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.recovery.ResendPlace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the streams that programs of this host publish, for the engine: what it wants sent on them goes by the publishers'
 * rings.
 *
 * <p><b>Thread:</b> one owner: the thread that answers for journals.
 */
final class PublisherLines implements AutoCloseable {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final IntFunction<@Nullable Path> files;
    private final NanoClock clock;
    private final Map<Integer, Publisher> publishers = new HashMap<>();

    /**
     * @param files where a stream's ring would be; null for one that this host does not publish.
     * @param clock the monotonic one that publishers beat by.
     */
    PublisherLines(IntFunction<@Nullable Path> files, NanoClock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** A stream's publisher, as last looked for. */
    private static final class Publisher {
        private final @Nullable Path file;
        private @Nullable RepeatRing ring;
        private long lookAtNs;

        Publisher(@Nullable Path file, long nowNs) {
            this.file = file;
            this.lookAtNs = nowNs;
        }
    }

    /** Whether a program of this host publishes the stream now. */
    boolean has(int stream) {
        return ring(stream) != null;
    }

    /** Has a packet sent; false when it is to be tried again later. */
    boolean send(int stream, DirectBuffer packet, int offset, int length) {
        RepeatRing ring = ring(stream);
        return ring != null && ring.offer(packet, offset, length);
    }

    /** What the publisher of a stream keeps; null where there is none, or it keeps nothing. */
    @Nullable
    ResendPlace kept(int stream) {
        RepeatRing ring = ring(stream);
        return ring == null ? null : ring.kept();
    }

    /** Has a range sent of what the publisher keeps; false when it is to be tried again later. */
    boolean sendRange(int stream, long first, long end, long untilNs) {
        RepeatRing ring = ring(stream);
        return ring != null && ring.offerRange(first, end, untilNs);
    }

    /** Whether all that was handed over was taken. */
    boolean isTaken(int stream) {
        RepeatRing ring = ring(stream);
        return ring == null || ring.isTaken();
    }

    private @Nullable RepeatRing ring(int stream) {
        long nowNs = clock.nanoTime();
        Publisher publisher = publishers.computeIfAbsent(stream, id -> new Publisher(files.apply(id), nowNs));
        RepeatRing ring = publisher.ring;
        if (ring != null && ring.isAlive(nowNs)) {
            return ring;
        }
        if (publisher.file == null || nowNs - publisher.lookAtNs < 0) {
            return null;
        }
        publisher.lookAtNs = nowNs + LOOK_NS;
        CloseHelper.close(ring);
        ring = RepeatRing.open(publisher.file);
        publisher.ring = ring;
        return ring != null && ring.isAlive(nowNs) ? ring : null;
    }

    @Override
    public void close() {
        publishers.values().forEach(publisher -> CloseHelper.close(publisher.ring));
        publishers.clear();
    }
}
