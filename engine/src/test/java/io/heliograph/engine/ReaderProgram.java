// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A subscriber in a process of its own, to be stopped: reads {@code itch} as fast as it comes, says {@code heard} at the first
 * message, each gap, {@code next N} at the first message behind a gap, and {@code wrong} at a message that comes out of order
 * or twice. Arguments: topology, driver's directory, how it attaches.
 */
final class ReaderProgram {
    private static final long IDLE_NS = 1_000;

    private long expected;
    private boolean isBehindGap;

    private ReaderProgram() {}

    public static void main(String[] arguments) {
        new ReaderProgram().run(arguments);
    }

    private void run(String[] arguments) {
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(Path.of(arguments[0])))
                .host("host1")
                .driver(DriverChoice.directory(Path.of(arguments[1])))
                .errorHandler(error -> System.out.println("error " + error.getMessage()));
        SubscriptionOptions options =
                SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.valueOf(arguments[2]));
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", listener(), options)) {
            while (!subscription.isEnded()) {
                heliograph.doWork();
                int work = subscription.poll((buffer, offset, length, header) -> onMessage(header.sequence()), 64);
                if (work == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
            System.out.println("local " + subscription.isLocal());
        }
    }

    private StreamListener listener() {
        return new StreamListener() {
            @Override
            public void onGap(long epoch, long first, long last) {
                if (first != expected) {
                    System.out.println("wrong gap from " + first + " where " + expected + " was next");
                }
                System.out.println("gap " + first + "-" + last);
                expected = last + 1;
                isBehindGap = true;
            }
        };
    }

    private void onMessage(long sequence) {
        if (expected == 0) {
            System.out.println("heard");
        } else if (sequence != expected) {
            System.out.println("wrong " + sequence + " where " + expected + " was next");
        }
        if (isBehindGap) {
            isBehindGap = false;
            System.out.println("next " + sequence);
        }
        expected = sequence + 1;
    }
}
