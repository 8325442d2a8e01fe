// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

/**
 * What a stream packet is for: the values of {@link PacketFlyweight#kind}.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class PacketKind {
    /** Messages. The packet's sequence is that of the first. */
    public static final int DATA = 0;

    /** Nothing new: the packet's sequence is the next to expect. May name further idle streams. */
    public static final int HEARTBEAT = 1;

    /** From the packet's sequence to the last that the body names, messages are lost for good. */
    public static final int GAP = 2;

    /** States the CRC-32C of a range of messages; the packet's sequence is the one behind the range. */
    public static final int SEAL = 3;

    /** The epoch is over; the packet's sequence is the one behind its last message. */
    public static final int END_OF_EPOCH = 4;

    private PacketKind() {}
}
