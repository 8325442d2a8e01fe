// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.engine.SubscriptionOptions;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Heliograph's subscription to all lines of the stream, arbitrated. <b>Thread:</b> one owner. */
final class HeliographReceiver implements Receiver, MessageHandler {
    private static final int PACKET_LIMIT = 10;

    private final HeliographEnd end;
    private final StreamSubscription subscription;
    private final Idling idling;
    private @Nullable MessageSink sink;

    HeliographReceiver(ControlLine settings) {
        end = new HeliographEnd(settings, BenchTopology.RECEIVING);
        subscription = end.heliograph().addSubscription(BenchTopology.STREAM, StreamListener.NONE, options(settings));
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
        return subscription.poll(this, PACKET_LIMIT);
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
        StreamStatistics statistics = subscription.statistics();
        ControlLine line = new ControlLine("statistics")
                .with("gaps", statistics.gaps())
                .with("lost", statistics.lostMessages())
                .with("recovered", statistics.recovered())
                .with("sealsChecked", statistics.sealsChecked())
                .with("sealMismatches", statistics.sealMismatches())
                .with("naks", counter(SystemCounterDescriptor.NAK_MESSAGES_SENT));
        for (int i = 0; i < subscription.lineCount(); i++) {
            line.with("won" + i, subscription.line(i).won())
                    .with("missing" + i, subscription.line(i).missing());
        }
        return line;
    }

    @Override
    public void close() {
        subscription.close();
        end.close();
    }

    private long counter(SystemCounterDescriptor descriptor) {
        return end.heliograph().aeron().countersReader().getCounterValue(descriptor.id());
    }

    private static SubscriptionOptions options(ControlLine settings) {
        SubscriptionOptions network = SubscriptionOptions.DEFAULT.attach(SubscriptionOptions.Attach.NETWORK);
        return settings.has("nak")
                ? network.nak(
                        SubscriptionOptions.Nak.valueOf(settings.text("nak").toUpperCase(Locale.ROOT)))
                : network;
    }
}
