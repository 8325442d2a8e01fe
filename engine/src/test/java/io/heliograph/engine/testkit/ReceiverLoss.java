// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.heliograph.config.Line;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Loses datagrams in a receiving media driver, by line: one by one or all of them, as a test says.
 *
 * <p>A line is told by its port; by unicast by that of its publisher.
 *
 * <p><b>Thread:</b> one owner: the thread that invokes the driver.
 */
public final class ReceiverLoss implements Consumer<MediaDriver.Context> {
    private static final long TERM_LENGTH = 1 << 20;

    private final List<Integer> ports;
    private final double[] shares;
    private final boolean[] isDark;
    private final long[] highest;
    private final long[] lostOctets;
    private final Random random;
    private long lost;
    private long lostUpTo;

    /**
     * A receiver that loses nothing.
     *
     * @param lines of the stream, in their order.
     * @param seed of what is lost one by one.
     */
    public ReceiverLoss(List<Line> lines, long seed) {
        this.ports = lines.stream().map(Line::port).toList();
        this.shares = new double[lines.size()];
        this.isDark = new boolean[lines.size()];
        this.highest = new long[lines.size()];
        this.lostOctets = new long[lines.size()];
        this.random = new Random(seed);
    }

    /**
     * Loses datagrams with messages of a line one by one.
     *
     * @param line 0 and up.
     * @param share of them, 0 to 1.
     */
    public void share(int line, double share) {
        shares[line] = share;
    }

    /**
     * Loses all datagrams of a line, or none.
     *
     * @param line 0 and up.
     * @param dark whether all are lost.
     */
    public void dark(int line, boolean dark) {
        isDark[line] = dark;
    }

    /**
     * Datagrams lost.
     *
     * @return so far.
     */
    public long lost() {
        return lost;
    }

    /**
     * How far what was lost reaches: heartbeats are lost too, and say nothing of messages.
     *
     * @return the highest sequence of a message of one stream that was in a lost datagram; 0 before there was one.
     */
    public long lostUpTo() {
        return lostUpTo;
    }

    /**
     * Octets of data that were lost when they were first sent: what is lost when it is sent again was lost already.
     *
     * @param line 0 and up, with one publisher whose terms are of 1 MiB.
     * @return octets, with Aeron's headers.
     */
    public long lostOctets(int line) {
        return lostOctets[line];
    }

    @Override
    public void accept(MediaDriver.Context context) {
        context.receiveChannelEndpointSupplier((channel, dispatcher, status, driver) -> {
            int own = channel.remoteData().getPort();
            int line = ports.indexOf(own == 0 ? channel.localControl().getPort() : own);
            LossGenerator data = (address, buffer, length) -> {
                boolean isData = isData(buffer, length);
                boolean isLost = isLost(line, isData ? shares[line] : 0);
                if (isData) {
                    note(line, buffer, length, isLost);
                    lostUpTo = isLost ? Math.max(lostUpTo, lastMessage(buffer, length)) : lostUpTo;
                }
                return isLost;
            };
            LossGenerator control = (address, buffer, length) -> isLost(line, 0);
            return new DebugReceiveChannelEndpoint(channel, dispatcher, status, driver, data, control);
        });
    }

    private boolean isLost(int line, double share) {
        if (isDark[line] || (share > 0 && random.nextDouble() < share)) {
            lost++;
            return true;
        }
        return false;
    }

    /** What pads the rest of a term, of any length, is one header alone: the truth in octets would miss it. */
    private static boolean isData(DirectBuffer datagram, int length) {
        return length > DataHeaderFlyweight.HEADER_LENGTH
                && (datagram.getShort(HeaderFlyweight.TYPE_FIELD_OFFSET, LITTLE_ENDIAN) & 0xFFFF)
                        == HeaderFlyweight.HDR_TYPE_DATA;
    }

    /** The last message in a datagram of frames; 0 where there is none. */
    private static long lastMessage(DirectBuffer datagram, int length) {
        long last = 0;
        int frame = 0;
        while (frame + DataHeaderFlyweight.HEADER_LENGTH + PacketFlyweight.HEADER_LENGTH <= length) {
            int packet = frame + DataHeaderFlyweight.HEADER_LENGTH;
            if (PacketFlyweight.kind(datagram, packet) == PacketKind.DATA) {
                last = PacketFlyweight.sequence(datagram, packet) + PacketFlyweight.count(datagram, packet) - 1;
            }
            int frameLength = datagram.getInt(frame + HeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET, LITTLE_ENDIAN);
            frame += BitUtil.align(Math.max(1, frameLength), FrameDescriptor.FRAME_ALIGNMENT);
        }
        return last;
    }

    private void note(int line, DirectBuffer datagram, int length, boolean isLost) {
        long term = datagram.getInt(DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, LITTLE_ENDIAN);
        long position =
                term * TERM_LENGTH + datagram.getInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, LITTLE_ENDIAN);
        if (highest[line] == 0 || position > highest[line]) {
            highest[line] = position;
            lostOctets[line] += isLost ? length : 0;
        }
    }
}
