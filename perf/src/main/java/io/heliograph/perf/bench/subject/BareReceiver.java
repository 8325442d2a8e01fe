// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.heliograph.config.Line;
import io.heliograph.config.Stream;
import io.heliograph.engine.media.Channels;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Bare Aeron: a subscription a stream to its line A, with NAK. <b>Thread:</b> one owner. */
final class BareReceiver implements Receiver, FragmentHandler {
    /** As many messages a poll as Heliograph's packets hold: ten of them, 35 messages each. */
    private static final int FRAGMENT_LIMIT = 350;

    private final BareClient client;
    private final Subscription[] subscriptions;
    private final FragmentAssembler assembler = new FragmentAssembler(this);
    private final Idling idling;
    private @Nullable MessageSink sink;

    BareReceiver(ControlLine settings) {
        BenchTopology bench = BenchTopology.of(settings);
        client = new BareClient(settings);
        subscriptions = bench.topology().streams().stream()
                .map(stream -> add(bench, stream))
                .toArray(Subscription[]::new);
        idling = Idling.of(settings);
    }

    private Subscription add(BenchTopology bench, Stream stream) {
        Line line = bench.line(stream, 0);
        String channel = Channels.subscription(
                line, bench.address(BenchTopology.RECEIVING, line), bench.channelSettings(), true);
        return client.aeron().addSubscription(channel, stream.id());
    }

    @Override
    public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
        MessageSink taker = sink;
        if (taker != null) {
            taker.onMessage(buffer, offset, length);
        }
    }

    @Override
    public int poll(MessageSink taker) {
        sink = taker;
        int work = 0;
        for (Subscription subscription : subscriptions) {
            work += subscription.poll(assembler, FRAGMENT_LIMIT);
        }
        return work;
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
    public ControlLine statistics() {
        return new ControlLine("statistics");
    }

    @Override
    public void close() {
        for (Subscription subscription : subscriptions) {
            subscription.close();
        }
        client.close();
    }
}
