// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The whole path of a bridge: out of one site's journal, over a link, onto the lines and into the journal of another site, and to a
 * handler there.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class BridgedPath {
    private static final long PATIENCE_NS = 30_000_000_000L;

    private BridgedPath() {}

    /**
     * Moves a journal from one site to the other.
     *
     * @param directory new and empty.
     * @param packets that the journal has, full datagrams each.
     * @return messages a second that came to the handler, from the first one on.
     * @throws IllegalStateException when something was lost on the way, or does not come.
     */
    public static double messagesPerSecond(Path directory, int packets) {
        try (BridgedSites sites = new BridgedSites(directory)) {
            BenchJournal.write(sites.journals(BridgedSites.PUBLISHING), packets);
            long all = (long) packets * BenchJournal.MESSAGES_PER_PACKET;
            Arrivals arrivals = new Arrivals();
            try (Heliograph heliograph = sites.connect(BridgedSites.FAR);
                    StreamSubscription subscription = heliograph.addSubscription(BenchJournal.STREAM_NAME, arrivals)) {
                sites.start();
                return arrivals.take(heliograph, subscription, all);
            }
        }
    }

    /** Counts what comes. */
    private static final class Arrivals implements StreamListener {
        private long count;
        private long lost;

        double take(Heliograph heliograph, StreamSubscription subscription, long all) {
            long startNs = SystemNanoClock.INSTANCE.nanoTime();
            long firstNs = 0;
            while (count + lost < all) {
                heliograph.doWork();
                int polled = subscription.poll((buffer, offset, length, header) -> count++, 256);
                long nowNs = SystemNanoClock.INSTANCE.nanoTime();
                if (polled > 0 && firstNs == 0) {
                    firstNs = nowNs;
                }
                if (nowNs - startNs > PATIENCE_NS) {
                    throw new IllegalStateException(count + " of " + all + " messages came over the bridge");
                }
                if (polled == 0) {
                    Thread.onSpinWait();
                }
            }
            if (lost > 0) {
                throw new IllegalStateException(lost + " messages were lost on the way over the bridge");
            }
            return all * 1e9 / (SystemNanoClock.INSTANCE.nanoTime() - firstNs);
        }

        @Override
        public void onGap(long epoch, long first, long last) {
            lost += last + 1 - first;
        }
    }
}
