// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.stream.StreamPublication;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes what cannot be had again, until it is killed: each message says its number and the process that has sent it. 20
 * messages every ms; says {@code OPEN EPOCH FIRST} when it begins.
 */
public final class LiveProgram {
    /** Octets of a message: its number, and the process's. */
    static final int LENGTH = 40;

    private static final int BATCH = 20;
    private static final long BATCH_NS = 1_000_000;
    private static final long IDLE_NS = 50_000;

    private LiveProgram() {}

    /**
     * Runs.
     *
     * @param words the topology's file.
     */
    public static void main(String[] words) {
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(Path.of(words[0])))
                .host("host1");
        UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
        message.putLong(8, ProcessHandle.current().pid());
        PublicationOptions options = PublicationOptions.DEFAULT.numbering(
                Numbering.DEFAULT.telling((isFirst, told) -> System.out.println(told)));
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication("itch", options)) {
            System.out.println("OPEN " + publication.epoch() + " " + publication.first());
            long dueNs = System.nanoTime();
            while (true) {
                boolean isDue = System.nanoTime() - dueNs >= 0;
                for (int i = 0; isDue && i < BATCH; i++) {
                    message.putLong(0, publication.nextSequence());
                    if (publication.offer(message, 0, LENGTH) < 0) {
                        break;
                    }
                }
                dueNs += isDue ? BATCH_NS : 0;
                publication.flush();
                if (heliograph.doWork() + publication.doWork() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        }
    }
}
