// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.ExclusivePublication;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.config.Line;
import io.heliograph.engine.media.Channels;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;

/** Bare Aeron: one exclusive publication on line A, one {@code offer} a message. <b>Thread:</b> one owner. */
final class BareSender implements Sender {
    private final BareClient client;
    private final ExclusivePublication publication;
    private final Idling idling;

    BareSender(ControlLine settings) {
        BenchTopology bench = BenchTopology.of(settings);
        Line line = bench.line(0);
        String channel =
                Channels.publication(line, bench.address(BenchTopology.SENDING, line), bench.channelSettings());
        client = new BareClient(settings);
        publication =
                client.aeron().addExclusivePublication(channel, bench.stream().id());
        idling = new Idling(Threads.of(settings.text("threads")) != Threads.INVOKED);
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        return publication.offer(buffer, offset, length) > 0;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public int doWork() {
        return client.doWork();
    }

    @Override
    public Idling idling() {
        return idling;
    }

    @Override
    public long packets() {
        return client.aeron().countersReader().getCounterValue(SystemCounterDescriptor.RETRANSMITS_SENT.id());
    }

    @Override
    public void close() {
        publication.close();
        client.close();
    }
}
