// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.aeron.protocol.DataHeaderFlyweight;
import io.heliograph.engine.media.DriverLosses;
import io.heliograph.engine.media.ImageGate;
import io.heliograph.engine.media.LineChannel;
import io.heliograph.engine.media.ReceiverProgress;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line in: an Aeron subscription, over the network or a spy, that hands its packets on. It is joined and left
 * as its owner wants, left and joined anew where it stands still or its NIC was mended, and opened again when the media driver
 * was started anew.
 *
 * <p>A driver takes the image from a reader that stood still and gives it back after seconds; so an image that is gone is
 * asked for at once by another subscription, before the old one is closed.
 *
 * <p>An image is read only if its source is one that may publish the stream; any other is rejected and counted.
 *
 * <p><b>Thread:</b> one owner: the thread that polls. Images come and go on the client's conductor, which only notes it.
 *
 * <p><b>Allocation:</b> none after construction but Aeron's, with a new image and with the first message that is longer
 * than a packet.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object, and another subscription too.
final class SubscriptionLine implements AutoCloseable {
    private static final int RETRY_TICKS = 200;
    private static final int RENEWAL_TICKS = 20;

    private final AeronConnection connection;
    private final LineChannel channel;
    private final int index;
    private final PacketSink sink;
    private final FragmentHandler fragments = this::onFragment;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onPacket);
    private final ExpandableArrayBuffer part = new ExpandableArrayBuffer(0);
    private final LineWatch watch;
    private final ImageGate gate;
    private final DriverLosses losses;
    private @Nullable Aeron client;
    private @Nullable Subscription subscription;
    private long pending = Aeron.NULL_VALUE;
    private int retryTicks;
    private int renewalTicks;
    private boolean isWanted;
    private boolean isRenewalDue;
    private boolean isTaken;
    private boolean isSourceHere;
    /** It has brought something since it was joined. */
    private boolean hasBrought;
    /** It was looked at since it was joined: its image has its time from then on. */
    private boolean isFollowed;

    private long rejoins;
    private @Nullable ReceiverProgress progress;
    private boolean isHeard;
    private @Nullable RuntimeException thrown;

    /**
     * A line that is not joined yet.
     *
     * @param connection to the driver.
     * @param channel where the line's packets come from.
     * @param index of the line, 0 for A.
     * @param sink takes the packets.
     * @param watch says when to leave and join anew.
     */
    SubscriptionLine(AeronConnection connection, LineChannel channel, int index, PacketSink sink, LineWatch watch) {
        this.connection = connection;
        this.channel = channel;
        this.index = index;
        this.sink = sink;
        this.watch = watch;
        this.gate = new ImageGate(channel.sources(), this::onGone);
        this.losses = DriverLosses.of(channel.aeronStreamId());
    }

    /** Joins or leaves, unless that is so already. */
    void want(boolean isJoined) {
        if (isJoined == isWanted) {
            return;
        }
        isWanted = isJoined;
        if (isJoined) {
            Aeron now = connection.client();
            client = now;
            pending = now == null ? Aeron.NULL_VALUE : join(now);
        } else {
            close();
            channel.opening().onLost();
            watch.onLeft();
        }
    }

    boolean isWanted() {
        return isWanted;
    }

    /** Whether the driver still has to answer for the line; asks it. */
    boolean isOpening(long nowNs) {
        if (isWanted && !channel.opening().isSettled()) {
            onTick(nowNs);
        }
        return isWanted && !channel.opening().isSettled();
    }

    /** Whether the driver does not open the line. */
    boolean isRefused() {
        return channel.opening().refusal() != null;
    }

    int poll(int packetLimit, long nowNs) {
        int read = gate.poll(fragments, packetLimit);
        if (read > 0) {
            watch.onHeard(nowNs);
            isHeard = true;
        }
        if (thrown != null) {
            rethrow(thrown);
        }
        return read;
    }

    private void rethrow(RuntimeException exception) {
        thrown = null;
        throw exception;
    }

    /** The slow half of the duty cycle, every few milliseconds. */
    void onTick(long nowNs) {
        Aeron now = connection.client();
        if (now != client) {
            change(now);
        }
        if (now == null) {
            return;
        }
        losses.follow(now, gate.images());
        for (int refused = gate.rejectRefused(now.context().errorHandler()); refused > 0; refused--) {
            sink.onForeignSource(index);
        }
        renewalTicks = Math.max(0, renewalTicks - 1);
        if (pending != Aeron.NULL_VALUE) {
            complete(now);
        } else if (retryTicks > 0) {
            retryTicks--;
            pending = retryTicks == 0 ? join(now) : pending;
        } else if (isRenewalDue && renewalTicks == 0) {
            isRenewalDue = false;
            renewalTicks = RENEWAL_TICKS;
            pending = join(now);
        } else if (isWanted) {
            follow(now, nowNs);
        }
    }

    /** Whether something was heard since the last call. */
    boolean takeHeard() {
        boolean wasHeard = isHeard;
        isHeard = false;
        return wasHeard;
    }

    /** The NIC was away and is there again: what the kernel and the switch knew of the line is forgotten. */
    void onMended() {
        if (retryTicks > 0) {
            retryTicks = 1;
        } else if (isWanted) {
            watch.onMended();
        }
    }

    /** Whether the publication is this driver's own: then it has an image for whoever joins. */
    void sourceIsHere(boolean isHere) {
        isSourceHere = isHere;
    }

    private void change(@Nullable Aeron now) {
        client = now;
        subscription = null;
        progress = null;
        retryTicks = 0;
        isRenewalDue = false;
        isTaken = false;
        channel.opening().onLost();
        pending = now == null || !isWanted ? Aeron.NULL_VALUE : join(now);
    }

    /** The driver has opened the line, is still at it, or could not: then it is asked again after a second. */
    private void complete(Aeron now) {
        try {
            Subscription opened = now.getSubscription(pending);
            if (opened != null) {
                Subscription before = subscription;
                subscription = opened;
                pending = Aeron.NULL_VALUE;
                channel.opening().onOpened();
                if (before != null) {
                    before.close();
                }
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

    /** An image that the driver gives to nobody is moved on by nobody, and keeps the publication on the same driver waiting. */
    private void follow(Aeron now, long nowNs) {
        Subscription line = subscription;
        boolean isImageless = isFollowed && isSourceHere && !gate.isConnected() && !watch.isHeard();
        isFollowed = true;
        int decision = isImageless
                ? watch.onTick(nowNs, true, false, LineWatch.IMAGELESS_PAUSE_NS)
                : watch.onTick(nowNs, isStanding(now), gate.isConnected());
        if (decision == LineWatch.LEAVE && line != null) {
            subscription = null;
            isTaken = false;
            line.close();
            rejoins++;
        } else if (decision == LineWatch.JOIN) {
            pending = join(now);
        }
    }

    /**
     * Behind a loss, or without an image although its source lives: a driver gives one no more to anybody when its last reader
     * has left while another one was left behind, and makes a new one only after all have left.
     */
    private boolean isStanding(Aeron now) {
        ReceiverProgress receiver = progress;
        if (receiver == null) {
            receiver = ReceiverProgress.of(now);
            progress = receiver;
        }
        boolean isHeardNow = watch.isHeard();
        hasBrought |= isHeardNow;
        if (isHeardNow || !hasBrought) {
            // Without a packet so far its image is where its publisher is: what is dropped is another line's.
            receiver.mark();
        }
        if (isHeardNow) {
            return false;
        }
        return isTaken() || receiver.isStanding(gate.images());
    }

    private long join(Aeron now) {
        hasBrought = false;
        isFollowed = false;
        try {
            return now.asyncAddSubscription(
                    channel.uri(), channel.aeronStreamId(), gate::onAvailable, gate::onUnavailable);
        } catch (AeronException refused) {
            return refuse(now, refused);
        }
    }

    boolean isConnected() {
        return gate.isConnected();
    }

    /** Whether the driver took the image from this reader, which stood still, and has not given it back: its source lives on. */
    boolean isTaken() {
        isTaken &= !gate.isConnected();
        return isTaken;
    }

    /** How often the line was left and joined anew. */
    long rejoins() {
        return rejoins;
    }

    /** What the driver has found missing. */
    DriverLosses losses() {
        return losses;
    }

    /** Whether Aeron repairs losses by NAK. */
    boolean isReliable() {
        return channel.isReliable();
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
        }
        pending = Aeron.NULL_VALUE;
        retryTicks = 0;
        isRenewalDue = false;
        isTaken = false;
    }

    /**
     * An image that went with its subscription is no loss; one that went without it may be there for another. It may go before
     * it is known here that its subscription is open.
     */
    private void onGone(Image image) {
        assembler.freeSessionBuffer(image.sessionId());
        Subscription of = image.subscription();
        if (of == subscription || of.registrationId() == pending) {
            isRenewalDue = true;
            isTaken |= !image.isEndOfStream() && !image.isPublicationRevoked();
        }
    }

    /**
     * A reader that was stopped for long may find the buffer written anew beneath it, and a length that is none: nothing is
     * read beyond the buffer.
     */
    private void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
        if (length > buffer.capacity() - offset) {
            onPacket(buffer, offset, 0, header);
        } else if ((header.flags() & FrameDescriptor.UNFRAGMENTED) == FrameDescriptor.UNFRAGMENTED) {
            onPacket(buffer, offset, length, header);
        } else if (isCopied(buffer, offset, length)) {
            assembler.onFragment(part, 0, length, header);
        }
    }

    /** A part of a message is believed only if its frame still is what it was once it is copied, as in {@link SteadyPackets}. */
    private boolean isCopied(DirectBuffer buffer, int offset, int length) {
        int frame = offset - DataHeaderFlyweight.HEADER_LENGTH;
        int termId = buffer.getInt(frame + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET);
        part.checkLimit(length);
        part.putBytes(0, buffer, offset, length);
        VarHandle.loadLoadFence();
        return buffer.getInt(frame + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET) == termId
                && buffer.getInt(frame + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET) == channel.aeronStreamId();
    }

    private void onPacket(DirectBuffer buffer, int offset, int length, Header header) {
        try {
            sink.onPacket(index, buffer, offset, length);
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
