// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.heliograph.engine.media.ImageGate;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.ReceiverProgress;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line in: an Aeron subscription that hands its packets to the arbiter, is left and joined anew where it stands still, and
 * is opened again when the media driver was started anew.
 *
 * <p>An image is read only if its source is one that may publish the stream; any other is rejected and counted.
 *
 * <p><b>Thread:</b> one owner: the thread that polls. Images come and go on the client's conductor, which only notes it.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, with a new image and with the first message that is longer
 * than a packet.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
final class SubscriptionLine implements AutoCloseable {
    private static final int RETRY_TICKS = 200;

    private final AeronConnection connection;
    private final LineChannel channel;
    private final int index;
    private final Arbiter arbiter;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFragment);
    private final @Nullable LineWatch watch;
    private final ImageGate gate;
    private @Nullable Aeron client;
    private @Nullable Subscription subscription;
    private long pending = Aeron.NULL_VALUE;
    private int retryTicks;
    private long rejoins;
    private @Nullable ReceiverProgress progress;
    private boolean isHeard;
    private @Nullable RuntimeException thrown;

    SubscriptionLine(
            AeronConnection connection, LineChannel channel, int index, Arbiter arbiter, @Nullable LineWatch watch) {
        this.connection = connection;
        this.channel = channel;
        this.index = index;
        this.arbiter = arbiter;
        this.watch = watch;
        this.gate = new ImageGate(channel.sources(), assembler::freeSessionBuffer);
        Aeron now = connection.client();
        this.client = now;
        if (now != null) {
            this.pending = join(now);
        }
    }

    /** Whether the driver still has to answer for the line; asks it. */
    boolean isOpening(long nowNs) {
        if (!channel.opening().isSettled()) {
            onTick(nowNs);
        }
        return !channel.opening().isSettled();
    }

    int poll(int packetLimit, long nowNs) {
        int fragments = gate.poll(assembler, packetLimit);
        if (fragments > 0 && watch != null) {
            watch.onHeard(nowNs);
            isHeard = true;
        }
        if (thrown != null) {
            rethrow(thrown);
        }
        return fragments;
    }

    private void rethrow(RuntimeException exception) {
        thrown = null;
        throw exception;
    }

    /** The slow half of the duty cycle, every few milliseconds. */
    void onTick(long nowNs) {
        Aeron now = connection.client();
        if (now != client) {
            client = now;
            subscription = null;
            progress = null;
            retryTicks = 0;
            channel.opening().onLost();
            pending = now == null ? Aeron.NULL_VALUE : join(now);
        }
        if (now == null) {
            return;
        }
        for (int refused = gate.rejectRefused(now.context().errorHandler()); refused > 0; refused--) {
            arbiter.onForeignSource(index);
        }
        if (pending != Aeron.NULL_VALUE) {
            complete(now);
        } else if (retryTicks > 0) {
            retryTicks--;
            pending = retryTicks == 0 ? join(now) : pending;
        } else if (watch != null) {
            follow(watch, now, nowNs);
        }
    }

    /** The driver has opened the line, is still at it, or could not: then it is asked again after a second. */
    private void complete(Aeron now) {
        try {
            Subscription opened = now.getSubscription(pending);
            if (opened != null) {
                subscription = opened;
                pending = Aeron.NULL_VALUE;
                channel.opening().onOpened();
            }
        } catch (AeronException refused) {
            pending = refuse(now, refused);
        }
    }

    /** A client that ends refuses everything: its loss is told by the connection. */
    private long refuse(Aeron now, AeronException refused) {
        retryTicks = RETRY_TICKS;
        if (!now.isClosed()) {
            channel.opening().onRefused(now.context().errorHandler(), refused);
        }
        return Aeron.NULL_VALUE;
    }

    private void follow(LineWatch standstill, Aeron now, long nowNs) {
        Subscription line = subscription;
        int decision = standstill.onTick(nowNs, isStanding(now));
        if (decision == LineWatch.LEAVE && line != null) {
            line.close();
            subscription = null;
            rejoins++;
        } else if (decision == LineWatch.JOIN) {
            pending = join(now);
        }
    }

    private boolean isStanding(Aeron now) {
        ReceiverProgress receiver = progress;
        if (receiver == null) {
            receiver = ReceiverProgress.of(now);
            progress = receiver;
        }
        if (isHeard) {
            isHeard = false;
            receiver.mark();
            return false;
        }
        boolean isStanding = false;
        for (Image image : gate.images()) {
            isStanding |= receiver.isStanding(image);
        }
        return isStanding;
    }

    private long join(Aeron now) {
        try {
            return now.asyncAddSubscription(channel.uri(), channel.aeronStreamId(), gate::onChange, gate::onChange);
        } catch (AeronException refused) {
            return refuse(now, refused);
        }
    }

    boolean isConnected() {
        return gate.isConnected();
    }

    /** How often the line stood still and was joined anew. */
    long rejoins() {
        return rejoins;
    }

    /** Images that came from a source that may not publish the stream. */
    long rejectedImages() {
        return gate.refused();
    }

    @Override
    public void close() {
        Subscription line = subscription;
        subscription = null;
        if (line != null) {
            line.close();
        }
        Aeron now = client;
        if (pending != Aeron.NULL_VALUE && now != null && !now.isClosed()) {
            now.asyncRemoveSubscription(pending);
            pending = Aeron.NULL_VALUE;
        }
    }

    private void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
        try {
            arbiter.onPacket(index, buffer, offset, length);
        } catch (RuntimeException e) {
            keep(e);
        }
    }

    /** Aeron would hand what the handler throws to its own error handler: it is the caller of poll whom it concerns. */
    private void keep(RuntimeException exception) {
        RuntimeException before = thrown;
        if (before == null) {
            thrown = exception;
        } else if (before != exception) {
            before.addSuppressed(exception);
        }
    }
}
