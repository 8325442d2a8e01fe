// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * In a network namespace, on the driver of its host's engine: publishes {@code itch} at 5,000 messages a second, or
 * subscribes to it and says every 10 ms how many messages each line has brought, whether it is joined, how many messages were
 * named lost in how many notices, how often something came out of order or twice, and how far the stream has come.
 * Arguments: topology, host, {@code publish} or {@code subscribe}.
 */
final class LineProgram {
    private static final long PACE_NS = 100_000;
    private static final long MESSAGE_NS = 200_000;
    private static final long SAY_NS = 10_000_000;

    private long expected;
    private long wrong;

    private LineProgram() {}

    public static void main(String[] arguments) {
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(Path.of(arguments[0])))
                .host(arguments[1])
                .errorHandler(error -> System.out.println("error " + error.getMessage()));
        try (Heliograph heliograph = Heliograph.connect(context)) {
            if (arguments[2].equals("publish")) {
                publish(heliograph);
            } else {
                new LineProgram().subscribe(heliograph);
            }
        }
    }

    private static void publish(Heliograph heliograph) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        try (StreamPublication publication = heliograph.addPublication("itch")) {
            System.out.println("published");
            long dueNs = System.nanoTime();
            while (true) {
                heliograph.doWork();
                long nowNs = System.nanoTime();
                boolean isHeard = heliograph.isHeard(publication);
                for (; dueNs - nowNs < 0; dueNs += MESSAGE_NS) {
                    if (isHeard) {
                        publication.offer(message, 0, 36);
                        publication.flush();
                    }
                }
                publication.doWork();
                LockSupport.parkNanos(PACE_NS);
            }
        }
    }

    private void subscribe(Heliograph heliograph) {
        StreamListener gaps = new StreamListener() {
            @Override
            public void onGap(long epoch, long first, long last) {
                wrong += first == expected ? 0 : 1;
                expected = last + 1;
            }
        };
        try (StreamSubscription subscription = heliograph.addSubscription("itch", gaps)) {
            long sayAtNs = System.nanoTime();
            while (true) {
                heliograph.doWork();
                int work = subscription.poll((buffer, offset, length, header) -> onMessage(header.sequence()), 64);
                long nowNs = System.nanoTime();
                if (nowNs - sayAtNs >= 0) {
                    sayAtNs = nowNs + SAY_NS;
                    say(subscription);
                }
                if (work == 0) {
                    LockSupport.parkNanos(PACE_NS);
                }
            }
        }
    }

    private void onMessage(long sequence) {
        wrong += expected == 0 || sequence == expected ? 0 : 1;
        expected = sequence + 1;
    }

    private void say(StreamSubscription subscription) {
        StringBuilder words = new StringBuilder("said");
        for (int i = 0; i < subscription.lineCount(); i++) {
            LineStatistics line = subscription.line(i);
            words.append(' ').append(line.won() + line.lost() + line.duplicates());
        }
        for (int i = 0; i < subscription.lineCount(); i++) {
            words.append(' ').append(subscription.isConnected(i) ? 1 : 0);
        }
        System.out.println(words.append(' ')
                .append(subscription.statistics().lostMessages())
                .append(' ')
                .append(subscription.statistics().gaps())
                .append(' ')
                .append(wrong)
                .append(' ')
                .append(expected));
    }
}
