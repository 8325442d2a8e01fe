// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.config.Stream;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.stream.CarrierSubscription;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Heliograph's subscriptions to many streams: one to all streams of a carrier, or one to each stream.
 *
 * <p><b>Thread:</b> one owner.
 */
final class StreamsReceiver implements Receiver, MessageHandler {
    private static final int PACKET_LIMIT = 10;
    private static final SubscriptionOptions NETWORK =
            SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);

    private final HeliographEnd end;
    private final @Nullable CarrierSubscription carrier;
    private final StreamSubscription[] subscriptions;
    private final Idling idling;
    private @Nullable MessageSink sink;

    StreamsReceiver(ControlLine settings) {
        List<Stream> streams = BenchTopology.of(settings).topology().streams();
        end = new HeliographEnd(settings, BenchTopology.RECEIVING);
        String name = streams.get(0).carrier();
        carrier = name == null
                ? null
                : end.heliograph().addCarrierSubscription(name, List.of(), stream -> StreamListener.NONE, NETWORK);
        subscriptions = name != null
                ? new StreamSubscription[0]
                : streams.stream()
                        .map(stream -> end.heliograph().addSubscription(stream.name(), StreamListener.NONE, NETWORK))
                        .toArray(StreamSubscription[]::new);
        idling = Idling.of(settings);
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        MessageSink taker = sink;
        if (taker != null) {
            taker.onMessage(buffer, offset, length);
        }
    }

    @Override
    public int poll(MessageSink taker) {
        sink = taker;
        CarrierSubscription all = carrier;
        int work = all == null ? 0 : all.poll(this, PACKET_LIMIT);
        for (StreamSubscription subscription : subscriptions) {
            work += subscription.poll(this, PACKET_LIMIT);
        }
        return work;
    }

    @Override
    public int doWork() {
        return end.heliograph().doWork();
    }

    @Override
    public Idling idling() {
        return idling;
    }

    @Override
    public ControlLine statistics() {
        long lost = 0;
        long messages = 0;
        CarrierSubscription all = carrier;
        for (int i = 0; all != null && i < all.streamCount(); i++) {
            StreamStatistics statistics = all.stream(i).statistics();
            lost += statistics.lostMessages();
            messages += statistics.messages();
        }
        for (StreamSubscription subscription : subscriptions) {
            lost += subscription.statistics().lostMessages();
            messages += subscription.statistics().messages();
        }
        return new ControlLine("statistics").with("lost", lost).with("delivered", messages);
    }

    @Override
    public void close() {
        CarrierSubscription all = carrier;
        if (all != null) {
            all.close();
        }
        for (StreamSubscription subscription : subscriptions) {
            subscription.close();
        }
        end.close();
    }
}
