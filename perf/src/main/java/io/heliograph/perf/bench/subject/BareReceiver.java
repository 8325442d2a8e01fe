// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.heliograph.config.Line;
import io.heliograph.engine.media.Channels;
import io.heliograph.perf.bench.control.ControlLine;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Bare Aeron: one subscription to line A, with NAK. <b>Thread:</b> one owner. */
final class BareReceiver implements Receiver, FragmentHandler {
    /** As many messages a poll as Heliograph's packets hold: ten of them, 35 messages each. */
    private static final int FRAGMENT_LIMIT = 350;

    private final BareClient client;
    private final Subscription subscription;
    private final FragmentAssembler assembler = new FragmentAssembler(this);
    private final Idling idling;
    private @Nullable MessageSink sink;

    BareReceiver(ControlLine settings) {
        BenchTopology bench = BenchTopology.of(settings);
        Line line = bench.line(0);
        String channel = Channels.subscription(
                line, bench.address(BenchTopology.RECEIVING, line), bench.channelSettings(), true);
        client = new BareClient(settings);
        subscription = client.aeron().addSubscription(channel, bench.stream().id());
        idling = new Idling(Threads.of(settings.text("threads")) != Threads.INVOKED);
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
        return subscription.poll(assembler, FRAGMENT_LIMIT);
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
        subscription.close();
        client.close();
    }
}
