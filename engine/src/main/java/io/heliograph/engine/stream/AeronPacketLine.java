// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.ExclusivePublication;
import org.agrona.DirectBuffer;

/**
 * A line out over an Aeron exclusive publication.
 *
 * <p><b>Thread:</b> one owner: the publication's thread.
 */
public final class AeronPacketLine implements PacketLine {
    private final String name;
    private final ExclusivePublication publication;

    /**
     * Takes a publication over.
     *
     * @param name A, B and so on.
     * @param publication closed with the line.
     */
    public AeronPacketLine(String name, ExclusivePublication publication) {
        this.name = name;
        this.publication = publication;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        return publication.offer(buffer, offset, length);
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public int maxPayloadLength() {
        return publication.maxPayloadLength();
    }

    @Override
    public void close() {
        publication.close();
    }
}
