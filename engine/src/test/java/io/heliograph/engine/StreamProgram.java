// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.stream.Quality;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes a stream, or subscribes to it, on a host of a lab, with a driver of its own: {@code publish|subscribe TOPOLOGY
 * HOST STREAM COUNT}. The publisher begins at a line on standard input, when everybody is there, and sends 20,000 messages/s. A
 * subscriber says {@code LIVE} when it hears the publisher, then {@code JOINED} and the lines that it hears it on, again when
 * these change, and at the end what it has heard, and which lines brought it. Both say {@code PAUSED}, and for how long they did
 * not get to run at the longest, ms.
 */
public final class StreamProgram {
    private static final long IDLE_NS = 50_000;
    private static final int BATCH = 20;
    private static final long BATCH_NS = 1_000_000;

    private StreamProgram() {}

    /**
     * Runs to the end of the stream.
     *
     * @param words of the command.
     * @throws IOException when standard input breaks.
     */
    public static void main(String[] words) throws IOException {
        Topology topology = TopologyReader.read(Path.of(words[1]));
        HeliographContext context = new HeliographContext()
                .topology(topology)
                .host(words[2])
                .driver(DriverChoice.embedded())
                .errorHandler(error -> System.out.println("ERROR " + error.getMessage()));
        try (Heliograph heliograph = Heliograph.connect(context)) {
            if (words[0].equals("publish")) {
                publish(heliograph, words[3], Integer.parseInt(words[4]));
            } else {
                subscribe(heliograph, words[3]);
            }
        }
    }

    private static void publish(Heliograph heliograph, String stream, int count) throws IOException {
        try (StreamPublication publication = heliograph.addPublication(stream)) {
            Pauses pauses = new Pauses();
            Runnable cycle = () -> {
                pauses.onCycle();
                if (heliograph.doWork() + publication.doWork() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            };
            System.out.println("OPEN");
            while (System.in.available() == 0) {
                cycle.run();
            }
            long startNs = System.nanoTime();
            for (int sent = 0; sent < count; sent++) {
                byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
                UnsafeBuffer message = new UnsafeBuffer(body);
                awaiting("accepted", cycle, () -> publication.offer(message, 0, body.length) > 0);
                if (sent % BATCH == BATCH - 1) {
                    publication.flush();
                    long dueNs = startNs + sent / BATCH * BATCH_NS;
                    awaiting("the time", cycle, () -> System.nanoTime() - dueNs >= 0);
                }
            }
            awaiting("the end", cycle, () -> publication.endEpoch() >= 0);
            awaiting("the end is told", cycle, () -> !publication.isLingering());
            System.out.println("PAUSED " + pauses.longestMs());
            System.out.println("SENT " + publication.epoch());
        }
    }

    private static void subscribe(Heliograph heliograph, String stream) {
        StreamRecorder recorder = new StreamRecorder();
        try (StreamSubscription subscription = heliograph.addSubscription(stream, recorder)) {
            Pauses pauses = new Pauses();
            Runnable cycle = () -> {
                pauses.onCycle();
                if (heliograph.doWork() + subscription.poll(recorder, 64) == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            };
            awaiting("the publisher", cycle, () -> subscription.quality() == Quality.LIVE);
            System.out.println("LIVE");
            String joined = "";
            while (!subscription.isEnded()) {
                cycle.run();
                String now = joined(subscription);
                if (!now.equals(joined)) {
                    joined = now;
                    System.out.println("JOINED" + joined);
                }
            }
            StringBuilder lines = new StringBuilder();
            for (int line = 0; line < subscription.lineCount(); line++) {
                if (subscription.line(line).won() > 0) {
                    lines.append(' ')
                            .append(subscription.line(line).name())
                            .append('=')
                            .append(subscription.line(line).won());
                }
            }
            System.out.println("PAUSED " + pauses.longestMs());
            System.out.println("HEARD " + recorder.heard() + "; wrong " + recorder.wrongBodies() + "; won" + lines);
        }
    }

    /** The lines that have a publisher. */
    private static String joined(StreamSubscription subscription) {
        StringBuilder names = new StringBuilder();
        for (int line = 0; line < subscription.lineCount(); line++) {
            if (subscription.isConnected(line)) {
                names.append(' ').append(subscription.line(line).name());
            }
        }
        return names.toString();
    }

    private static final class Pauses {
        private long cycledNs = System.nanoTime();
        private long longestNs;

        void onCycle() {
            long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - cycledNs);
            cycledNs = nowNs;
        }

        long longestMs() {
            return longestNs / 1_000_000;
        }
    }
}
