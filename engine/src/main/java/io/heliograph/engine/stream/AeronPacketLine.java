// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line out over an Aeron exclusive publication, opened again when the media driver was started anew.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 *
 * <p><b>Failure:</b> {@code Publication.CLOSED} while no driver is alive. A line opened again pushes back until its listeners
 * have joined it again, or two seconds have passed.
 */
@SuppressWarnings("ReferenceEquality") // Another client is another object.
public final class AeronPacketLine implements PacketLine {
    /** Two seconds of ticks: what listeners need to notice the loss of a driver and to join the line again. */
    private static final int GRACE_TICKS = 400;

    private final String name;
    private final AeronConnection connection;
    private final String uri;
    private final int aeronStreamId;
    private final int maxPayloadLength;
    private @Nullable Aeron client;
    private int graceTicks;
    private ExclusivePublication publication;

    /**
     * Opens a line.
     *
     * @param name A, B and so on.
     * @param connection with a driver that is alive.
     * @param uri Aeron's channel.
     * @param aeronStreamId Aeron's stream id: the topology's.
     */
    public AeronPacketLine(String name, AeronConnection connection, String uri, int aeronStreamId) {
        this.name = name;
        this.connection = connection;
        this.uri = uri;
        this.aeronStreamId = aeronStreamId;
        Aeron now = connection.client();
        if (now == null) {
            throw new IllegalStateException("no media driver is alive to open line " + name + " on");
        }
        this.client = now;
        this.publication = now.addExclusivePublication(uri, aeronStreamId);
        this.maxPayloadLength = publication.maxPayloadLength();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (client == null) {
            return Publication.CLOSED;
        }
        long outcome = publication.offer(buffer, offset, length);
        return outcome == Publication.NOT_CONNECTED && graceTicks > 0 ? Publication.BACK_PRESSURED : outcome;
    }

    @Override
    public boolean isConnected() {
        return client != null && publication.isConnected();
    }

    @Override
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    @Override
    public void onTick() {
        Aeron now = connection.client();
        if (graceTicks > 0) {
            graceTicks = publication.isConnected() ? 0 : graceTicks - 1;
        }
        if (now != client) {
            client = now;
            if (now != null) {
                graceTicks = GRACE_TICKS;
                publication = now.addExclusivePublication(uri, aeronStreamId);
            }
        }
    }

    @Override
    public void close() {
        publication.close();
    }
}
