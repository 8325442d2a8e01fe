// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * A subscriber in a process of its own, to be stopped: reads {@code itch} as fast as it comes, says {@code heard} at the first
 * message, {@code wrong} at a message or a notice that comes out of order or twice, or has another's content, every 20 ms {@code at N local} (or {@code
 * network}), where N is the message that it read last, and at the end of the epoch how many messages it got and how many were
 * named lost, and what the first was and the last. Arguments: topology, driver's directory, how it attaches.
 */
final class ReaderProgram {
    private static final long IDLE_NS = 1_000;
    private static final long SAY_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Where a message says its own number. */
    static final int NUMBER = 28;

    private long first;
    private long expected;
    private long messages;
    private long lost;

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
            long sayAtNs = System.nanoTime();
            while (!subscription.isEnded()) {
                heliograph.doWork();
                int work = subscription.poll(this::onMessage, 64);
                long nowNs = System.nanoTime();
                if (nowNs - sayAtNs >= 0) {
                    sayAtNs = nowNs + SAY_NS;
                    System.out.println("at " + (expected - 1) + (subscription.isLocal() ? " local" : " network"));
                }
                if (work == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
            System.out.println("ended " + messages + " " + lost + " " + first + " " + (expected - 1));
        }
    }

    private StreamListener listener() {
        return new StreamListener() {
            @Override
            public void onGap(long epoch, long from, long to) {
                if (from != expected) {
                    System.out.println("wrong gap from " + from + " where " + expected + " was next");
                }
                lost += to - from + 1;
                expected = to + 1;
            }
        };
    }

    private void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        long sequence = header.sequence();
        if (buffer.getLong(offset + NUMBER) != sequence) {
            System.out.println("wrong content of message " + sequence + ": " + buffer.getLong(offset + NUMBER));
        }
        if (expected == 0) {
            first = sequence;
            System.out.println("heard");
        } else if (sequence != expected) {
            System.out.println("wrong " + sequence + " where " + expected + " was next");
        }
        messages++;
        expected = sequence + 1;
    }
}
