// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.wire.PacketsFlyweight;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The packets of one frame at the ingress, each with its length ahead of it, and how far they were taken.
 *
 * <p><b>Thread:</b> one at a time, as it is handed on.
 */
final class Frame {
    private final UnsafeBuffer packets;
    private int path;
    private int stream;
    private int generation;
    private int cost;
    private int length;
    private int at;

    /** Room for so many octets. */
    Frame(int room) {
        packets = new UnsafeBuffer(new byte[room]);
    }

    /** Copies packets in. */
    void set(int ofPath, int ofStream, int ofGeneration, int itsCost, DirectBuffer from, int offset, int octets) {
        path = ofPath;
        stream = ofStream;
        generation = ofGeneration;
        cost = itsCost;
        length = octets;
        at = 0;
        packets.putBytes(0, from, offset, octets);
    }

    /** The path that brought it. */
    int path() {
        return path;
    }

    int stream() {
        return stream;
    }

    /** Of the pull that brought it. */
    int generation() {
        return generation;
    }

    /** Octets to give credit for. */
    int cost() {
        return cost;
    }

    /** Octets that it has room for. */
    int room() {
        return packets.capacity();
    }

    /** Whether all packets were taken. */
    boolean isTaken() {
        return at >= length;
    }

    MutableDirectBuffer packets() {
        return packets;
    }

    /** Where the packet begins that is next. */
    int packet() {
        return at + PacketsFlyweight.LENGTH_PREFIX;
    }

    /** Octets of the packet that is next. */
    int packetLength() {
        return PacketsFlyweight.packetLength(packets, at);
    }

    /** The packet that was next is taken. */
    void take() {
        at += PacketsFlyweight.LENGTH_PREFIX + packetLength();
    }
}
