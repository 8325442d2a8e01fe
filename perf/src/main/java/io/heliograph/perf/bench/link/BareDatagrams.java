// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron alone: full datagrams over multicast on loopback, sent by one thread and counted by another, with the driver that the bridged
 * sites have.
 *
 * <p><b>Thread:</b> one owner; sender and driver have threads of their own.
 */
public final class BareDatagrams {
    private static final String CHANNEL = "aeron:udp?endpoint=239.20.64.1:20900|interface=127.0.0.1|mtu=1408|fc=min";
    private static final int STREAM = 1001;
    private static final int LIMIT = 64;

    private BareDatagrams() {}

    /**
     * Sends as fast as it goes.
     *
     * @param directory of the driver.
     * @param forNs how long it is measured.
     * @return messages of 36 octets a second that the datagrams received had room for.
     */
    public static double messagesPerSecond(Path directory, long forNs) {
        try (ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.directory()));
                Subscription subscription = aeron.addSubscription(CHANNEL, STREAM)) {
            Sending sending = new Sending(aeron);
            Thread sender = new Thread(sending, "bare-sender");
            sender.start();
            TransferClock clock = new TransferClock();
            Receiving receiving = new Receiving(subscription, clock);
            Thread receiver = new Thread(receiving, "bare-receiver");
            receiver.start();
            double megabytes = clock.megabytesPerSecond(forNs);
            receiving.isOver = true;
            sending.isOver = true;
            join(receiver);
            join(sender);
            return megabytes * 1e6 / BenchJournal.PACKET_LENGTH * BenchJournal.MESSAGES_PER_PACKET;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Sending implements Runnable {
        volatile boolean isOver;
        private final Aeron aeron;

        Sending(Aeron aeron) {
            this.aeron = aeron;
        }

        @Override
        public void run() {
            UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(BenchJournal.PACKET_LENGTH));
            try (ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, STREAM)) {
                while (!isOver) {
                    if (publication.offer(packet, 0, BenchJournal.PACKET_LENGTH) < 0) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
    }

    private static final class Receiving implements Runnable {
        volatile boolean isOver;
        private final Subscription subscription;
        private final TransferClock clock;

        Receiving(Subscription subscription, TransferClock clock) {
            this.subscription = subscription;
            this.clock = clock;
        }

        @Override
        public void run() {
            while (!isOver) {
                int count = 0;
                for (Image image : subscription.images()) {
                    count += image.poll((buffer, offset, length, header) -> clock.add(length), LIMIT);
                }
                if (count == 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
