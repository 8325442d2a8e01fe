// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.recovery;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A receiving media driver that loses the one datagram it was told to.
 *
 * <p><b>Thread:</b> any; the driver's receiver looks at every datagram.
 */
final class LosingDriver implements Consumer<MediaDriver.Context> {
    private static final LossGenerator NOTHING_LOST = (address, buffer, length) -> false;

    private final AtomicLong losing = new AtomicLong();

    /** The first datagram that has the packet which begins with this message will be lost; one at a time. */
    void lose(long sequence) {
        losing.set(sequence);
    }

    /** Whether what was to be lost is lost. */
    boolean isDone() {
        return losing.get() == 0;
    }

    @Override
    public void accept(MediaDriver.Context context) {
        context.receiveChannelEndpointSupplier((channel, dispatcher, status, driver) -> new DebugReceiveChannelEndpoint(
                channel,
                dispatcher,
                status,
                driver,
                (address, buffer, length) -> isLost(buffer, length),
                NOTHING_LOST));
    }

    private boolean isLost(UnsafeBuffer datagram, int length) {
        long sequence = losing.get();
        return sequence > 0 && isIn(datagram, length, sequence) && losing.compareAndSet(sequence, 0);
    }

    /** A sender that is late puts several packets into a datagram. */
    private static boolean isIn(UnsafeBuffer datagram, int length, long sequence) {
        int frame = 0;
        while (frame + DataHeaderFlyweight.HEADER_LENGTH + PacketFlyweight.HEADER_LENGTH <= length) {
            int packet = frame + DataHeaderFlyweight.HEADER_LENGTH;
            if (FrameDescriptor.frameType(datagram, frame) == DataHeaderFlyweight.HDR_TYPE_DATA
                    && PacketFlyweight.kind(datagram, packet) == PacketKind.DATA
                    && PacketFlyweight.sequence(datagram, packet) == sequence) {
                return true;
            }
            int frameLength = Math.max(1, FrameDescriptor.frameLength(datagram, frame));
            frame += BitUtil.align(frameLength, FrameDescriptor.FRAME_ALIGNMENT);
        }
        return false;
    }
}
