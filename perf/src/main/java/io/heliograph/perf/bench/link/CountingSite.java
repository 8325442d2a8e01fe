// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.bridge.BridgeOutput;
import io.heliograph.engine.bridge.IngressSite;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A site in which nothing is published, only counted. Its journals have what the others' had when it was made.
 *
 * <p><b>Thread:</b> the ingress's; {@link #await} another one.
 */
final class CountingSite implements IngressSite, BridgeOutput {
    private final AtomicLong packets = new AtomicLong();
    private final long[] next;
    private long awaited;

    CountingSite(ManyJournals journals) {
        int[] streams = journals.streams();
        this.next = new long[streams[streams.length - 1] + 1];
        for (int stream : streams) {
            next[stream] = journals.next(stream);
        }
    }

    /** Waits until so many packets of messages have arrived beyond those that were waited for before. */
    void await(long further, long patienceNs, long lookNs) {
        long count = awaited + further;
        awaited = count;
        long startNs = SystemNanoClock.INSTANCE.nanoTime();
        while (packets.get() < count) {
            if (SystemNanoClock.INSTANCE.nanoTime() - startNs > patienceNs) {
                throw new IllegalStateException(packets + " of " + count + " packets have arrived");
            }
            LockSupport.parkNanos(lookNs);
        }
    }

    @Override
    public Place end(int stream) {
        return new Place(BenchJournal.EPOCH, next[stream], false);
    }

    @Override
    public BridgeOutput open(int stream, Place from) {
        return this;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void say(String words) {}

    @Override
    public void warn(String words) {
        throw new IllegalStateException(words);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean publish(MutableDirectBuffer packet, int offset, int length) {
        if (PacketFlyweight.kind(packet, offset) == PacketKind.DATA) {
            packets.lazySet(packets.get() + 1);
        }
        return true;
    }

    @Override
    public int doWork(long nowNs, boolean isAlive) {
        return 0;
    }

    @Override
    public void close() {}
}
