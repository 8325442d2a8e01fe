// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.heliograph.engine.media.LineOpening;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line out over an Aeron exclusive publication: asked for without waiting, asked for again after a second where the driver
 * refuses it (a NIC without its address), and opened again when the media driver was started anew.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Failure:</b> {@code Publication.CLOSED} while no driver is alive, {@code Publication.NOT_CONNECTED} while the driver
 * refuses the line: the others go on without it. A line opened again pushes back until its listeners have joined it again,
 * or two seconds have passed.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
public final class AeronPacketLine implements PacketLine {
    /** Two seconds of ticks: what listeners need to notice the loss of a driver and to join the line again. */
    private static final int GRACE_TICKS = 400;

    private static final int RETRY_TICKS = 200;

    private static final long TICK_NS = 5_000_000L;

    /** A tenth of a second: what a driver may take to close a socket that nobody uses any more. */
    private static final int CLOSING_TICKS = 20;

    private final String name;
    private final AeronConnection connection;
    private final String uri;
    private final int aeronStreamId;
    private final int maxPayloadLength;
    private final int maxPacketLength;
    private final int lingerTicks;
    private final LineOpening opening;
    private @Nullable Aeron client;
    private @Nullable ExclusivePublication publication;
    private long pending = Aeron.NULL_VALUE;
    private int graceTicks;
    private int retryTicks;
    private int ageTicks;
    private boolean isLateDriver;
    private boolean isResting;

    /**
     * Asks for a line; it is open when {@code opening} says so after some {@link #onTick}.
     *
     * @param name A, B and so on.
     * @param connection to the driver.
     * @param uri Aeron's channel.
     * @param aeronStreamId Aeron's stream id: the topology's.
     * @param maxPayloadLength octets of a packet that leaves in one datagram.
     * @param maxPacketLength octets of a packet that Aeron carries in as many datagrams as it takes.
     * @param lingerNs how long the driver keeps what was closed, by the channel, ns.
     * @param opening told what came of it.
     */
    public AeronPacketLine(
            String name,
            AeronConnection connection,
            String uri,
            int aeronStreamId,
            int maxPayloadLength,
            int maxPacketLength,
            long lingerNs,
            LineOpening opening) {
        this.name = name;
        this.connection = connection;
        this.uri = uri;
        this.aeronStreamId = aeronStreamId;
        this.maxPayloadLength = maxPayloadLength;
        this.maxPacketLength = maxPacketLength;
        this.lingerTicks = (int) (lingerNs / TICK_NS) + CLOSING_TICKS;
        this.opening = opening;
        Aeron now = connection.client();
        this.client = now;
        if (now != null) {
            request(now);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        ExclusivePublication line = publication;
        long outcome = line == null ? Publication.NOT_CONNECTED : line.offer(buffer, offset, length);
        return outcome == Publication.NOT_CONNECTED ? unheard() : outcome;
    }

    @Override
    public boolean isConnected() {
        ExclusivePublication line = publication;
        return line != null && line.isConnected();
    }

    @Override
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    @Override
    public int maxPacketLength() {
        return maxPacketLength;
    }

    @Override
    public void onTick() {
        ageTicks = Math.min(ageTicks + 1, lingerTicks);
        if (graceTicks > 0) {
            graceTicks = isConnected() ? 0 : graceTicks - 1;
        }
        Aeron now = connection.client();
        if (now != client) {
            change(now);
        } else if (now != null && pending != Aeron.NULL_VALUE) {
            complete(now);
        } else if (now != null && publication == null && !isResting && --retryTicks <= 0) {
            request(now);
        }
    }

    @Override
    public boolean isRefused() {
        return retryTicks > 0 && publication == null;
    }

    @Override
    public void rest() {
        isResting = true;
        retryTicks = 0;
        ExclusivePublication line = publication;
        if (line != null) {
            // Whoever still hears it need not wait for it, and its socket is not kept for a line that opens anew.
            line.revokeOnClose();
        }
        close();
    }

    /** The driver keeps what was revoked until its linger has passed since it was opened, and one socket for all of a channel. */
    @Override
    public void open() {
        isResting = false;
        retryTicks = Math.max(0, lingerTicks - ageTicks);
    }

    @Override
    public void close() {
        graceTicks = 0;
        ExclusivePublication line = publication;
        publication = null;
        if (line != null) {
            line.close();
        }
        Aeron now = client;
        if (pending != Aeron.NULL_VALUE && now != null && !now.isClosed()) {
            now.asyncRemovePublication(pending);
        }
        pending = Aeron.NULL_VALUE;
    }

    /** Without a driver nothing is lost, it waits; behind a driver's change so too, until listeners had time to come back. */
    private long unheard() {
        if (client == null) {
            return Publication.CLOSED;
        }
        return graceTicks > 0 ? Publication.BACK_PRESSURED : Publication.NOT_CONNECTED;
    }

    private void change(@Nullable Aeron now) {
        isLateDriver |= client != null;
        client = now;
        publication = null;
        pending = Aeron.NULL_VALUE;
        opening.onLost();
        if (now != null && !isResting) {
            graceTicks = isLateDriver ? GRACE_TICKS : 0;
            request(now);
        }
    }

    private void request(Aeron now) {
        ageTicks = 0;
        try {
            pending = now.asyncAddExclusivePublication(uri, aeronStreamId);
        } catch (AeronException refused) {
            refuse(now, refused);
        }
    }

    private void complete(Aeron now) {
        try {
            ExclusivePublication opened = now.getExclusivePublication(pending);
            if (opened != null) {
                publication = opened;
                pending = Aeron.NULL_VALUE;
                opening.onOpened();
            }
        } catch (AeronException refused) {
            refuse(now, refused);
        }
    }

    /** A client that ends refuses everything: its loss is told by the connection. */
    private void refuse(Aeron now, AeronException refused) {
        pending = Aeron.NULL_VALUE;
        retryTicks = RETRY_TICKS;
        graceTicks = 0;
        if (!now.isClosed()) {
            opening.onRefused(now.context().errorHandler(), refused);
        }
    }
}
