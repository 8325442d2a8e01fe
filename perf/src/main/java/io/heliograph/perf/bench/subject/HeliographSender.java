// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;

/** Heliograph's publication, on all lines of the stream. <b>Thread:</b> one owner. */
final class HeliographSender implements Sender {
    private final HeliographEnd end;
    private final StreamPublication publication;
    private final Idling idling;

    HeliographSender(ControlLine settings) {
        end = new HeliographEnd(settings, BenchTopology.SENDING);
        publication = end.heliograph().addPublication(BenchTopology.STREAM, BenchTopology.NUMBERED);
        idling = new Idling(Threads.of(settings.text("threads")) != Threads.INVOKED);
    }

    @Override
    public boolean isConnected() {
        return publication.isFullyConnected();
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        return publication.offer(buffer, offset, length) > 0;
    }

    @Override
    public boolean flush() {
        return publication.flush() > 0;
    }

    @Override
    public int doWork() {
        return end.heliograph().doWork() + publication.doWork();
    }

    @Override
    public Idling idling() {
        return idling;
    }

    @Override
    public long packets() {
        long packets = end.heliograph()
                .aeron()
                .countersReader()
                .getCounterValue(SystemCounterDescriptor.RETRANSMITS_SENT.id());
        for (int line = 0; line < publication.lineCount(); line++) {
            packets += publication.line(line).packets();
        }
        return packets;
    }

    @Override
    public void close() {
        publication.close();
        end.close();
    }
}
