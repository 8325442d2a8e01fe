// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.RecordingLine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Streams 1 and up, epoch 7, on the lines of one carrier that record. */
final class CarrierFixture {
    static final long EPOCH = 7;

    final ManualClock clock = new ManualClock();
    final RecordingLine a = new RecordingLine("A");
    final RecordingLine b = new RecordingLine("B");
    final List<StreamPublication> publications = new ArrayList<>();
    final PublicationLines lines;
    long lineTicks;

    CarrierFixture(int streams, boolean hasSeals) {
        lines = new PublicationLines(null, new PacketLine[] {a, b}, () -> {}, shown -> lineTicks++, clock.nanoTime());
        for (int id = 1; id <= streams; id++) {
            publications.add(new StreamPublication(context(id, hasSeals), lines, PublicationTick.NONE));
        }
    }

    private PublicationContext context(int id, boolean hasSeals) {
        return new PublicationContext("s" + id, id, EPOCH, 3, hasSeals, false, clock.wall(), clock);
    }

    /** By id: 1 and up. */
    StreamPublication stream(int id) {
        return publications.get(id - 1);
    }

    long offer(int id) {
        byte[] body = Packets.body(EPOCH, stream(id).nextSequence());
        return stream(id).offer(new UnsafeBuffer(body), 0, body.length);
    }

    /** Every stream's duty cycle once a millisecond. */
    void work(long ms) {
        for (long i = 0; i < ms; i++) {
            clock.advanceMs(1);
            publications.forEach(StreamPublication::doWork);
        }
    }
}
