// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.config.Stream;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Heliograph's publications of many streams, each message on the next one: all on one carrier, or each on lines of its own. A
 * duty cycle looks after the stream that was sent on and after one of the others, in turns: each within a millisecond.
 *
 * <p><b>Thread:</b> one owner.
 */
final class StreamsSender implements Sender {
    private final HeliographEnd end;
    private final StreamPublication[] publications;
    private final Idling idling;
    private int current;
    private int tended;

    StreamsSender(ControlLine settings) {
        List<Stream> streams = BenchTopology.of(settings).topology().streams();
        end = new HeliographEnd(settings, BenchTopology.SENDING);
        publications = streams.stream()
                .map(stream -> end.heliograph().addPublication(stream.name(), BenchTopology.NUMBERED))
                .toArray(StreamPublication[]::new);
        idling = Idling.of(settings);
    }

    @Override
    public boolean isConnected() {
        for (StreamPublication publication : publications) {
            if (!publication.isFullyConnected()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        int next = current + 1 == publications.length ? 0 : current + 1;
        boolean isTaken = publications[next].offer(buffer, offset, length) > 0;
        current = isTaken ? next : current;
        return isTaken;
    }

    @Override
    public boolean flush() {
        return publications[current].flush() > 0;
    }

    @Override
    public int doWork() {
        tended = tended + 1 == publications.length ? 0 : tended + 1;
        return end.heliograph().doWork() + publications[tended].doWork() + publications[current].doWork();
    }

    @Override
    public Idling idling() {
        return idling;
    }

    @Override
    public long packets() {
        return end.heliograph().aeron().countersReader().getCounterValue(SystemCounterDescriptor.BYTES_SENT.id());
    }

    @Override
    public void close() {
        for (StreamPublication publication : publications) {
            publication.close();
        }
        end.close();
    }
}
