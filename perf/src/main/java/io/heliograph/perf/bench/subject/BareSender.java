// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.ExclusivePublication;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.config.Line;
import io.heliograph.config.Stream;
import io.heliograph.engine.media.Channels;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;

/**
 * Bare Aeron: an exclusive publication a stream on its line A, one {@code offer} a message, each on the next stream.
 *
 * <p><b>Thread:</b> one owner.
 */
final class BareSender implements Sender {
    private final BareClient client;
    private final ExclusivePublication[] publications;
    private final Idling idling;
    private int next;

    BareSender(ControlLine settings) {
        BenchTopology bench = BenchTopology.of(settings);
        client = new BareClient(settings);
        publications = bench.topology().streams().stream()
                .map(stream -> add(bench, stream))
                .toArray(ExclusivePublication[]::new);
        idling = Idling.of(settings);
    }

    private ExclusivePublication add(BenchTopology bench, Stream stream) {
        Line line = bench.line(stream, 0);
        String channel =
                Channels.publication(line, bench.address(BenchTopology.SENDING, line), bench.channelSettings());
        return client.aeron().addExclusivePublication(channel, stream.id());
    }

    @Override
    public boolean isConnected() {
        for (ExclusivePublication publication : publications) {
            if (!publication.isConnected()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        boolean isTaken = publications[next].offer(buffer, offset, length) > 0;
        if (isTaken) {
            next = next + 1 == publications.length ? 0 : next + 1;
        }
        return isTaken;
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
        for (ExclusivePublication publication : publications) {
            publication.close();
        }
        client.close();
    }
}
