// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.stream.ArbiterFixture.A;
import static io.heliograph.engine.stream.ArbiterFixture.B;
import static io.heliograph.engine.stream.ArbiterFixture.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The driver writes its memory anew while a reader is in the middle of a packet. */
final class SteadyPacketsTest {
    private final ArbiterFixture on = new ArbiterFixture();
    private final SoleStream lines = new SoleStream(on.arbiter, 0);
    private final List<String> bodies = new ArrayList<>();

    /** A reader stands still in the handler of its first message. */
    @Test
    void shouldDeliverWhatCameThoughItIsClearedBeneathTheHandler() {
        DriverMemory memory = new DriverMemory(Packets.data(STREAM, 7, 1, 3));
        List<String> sent = memory.bodies(3);

        hand(A, memory, (buffer, offset, length, header) -> {
            memory.clear();
            bodies.add(buffer.getStringWithoutLengthAscii(offset, length));
        });

        assertEquals(sent, bodies);
    }

    @Test
    void shouldDropWhatIsClearedBeforeItIsCopied() {
        DriverMemory memory = new DriverMemory(Packets.data(STREAM, 7, 1, 3));
        memory.beforeCopy = memory::clear;

        assertDroppedAndBroughtByTheOtherLine(memory);
    }

    @Test
    void shouldDropWhatIsClearedWhileItIsCopied() {
        DriverMemory memory = new DriverMemory(Packets.data(STREAM, 7, 1, 3));
        memory.afterCopy = memory::clear;

        assertDroppedAndBroughtByTheOtherLine(memory);
    }

    @Test
    void shouldDropWhatIsOverwrittenWhileItIsCopied() {
        DriverMemory memory = new DriverMemory(Packets.data(STREAM, 7, 1, 3));
        memory.afterCopy = () -> memory.putBytes(0, Packets.data(STREAM, 7, 900, 902));

        assertDroppedAndBroughtByTheOtherLine(memory);
    }

    @Test
    void shouldNotCopyWhatAnotherLineHasBrought() {
        hand(A, new DriverMemory(Packets.data(STREAM, 7, 1, 3)), (buffer, offset, length, header) -> {});
        DriverMemory again = new DriverMemory(Packets.data(STREAM, 7, 1, 3));

        hand(B, again, (buffer, offset, length, header) -> {});

        assertEquals(0, again.copies);
        assertEquals(3, on.line(B).lost());
    }

    private void assertDroppedAndBroughtByTheOtherLine(DriverMemory memory) {
        hand(A, memory, this::onMessage);
        assertEquals(List.of(), bodies);
        assertEquals(1, on.statistics().dropped(DropReason.WRITTEN_ANEW));

        DriverMemory other = new DriverMemory(Packets.data(STREAM, 7, 1, 3));
        hand(B, other, this::onMessage);
        assertEquals(other.bodies(3), bodies);
    }

    private void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        bodies.add(buffer.getStringWithoutLengthAscii(offset, length));
    }

    private void hand(int line, DriverMemory memory, MessageHandler handler) {
        on.arbiter.beginCycle(on.clock.nanoTime(), handler);
        lines.onPacket(line, memory, 0, memory.capacity());
        on.arbiter.endCycle();
    }

    /** A packet in memory that is written by others at the worst moments. */
    private static final class DriverMemory extends UnsafeBuffer {
        private Runnable beforeCopy = () -> {};
        private Runnable afterCopy = () -> {};
        private int copies;

        DriverMemory(byte[] packet) {
            super(packet.clone());
        }

        void clear() {
            setMemory(0, capacity(), (byte) 0);
        }

        List<String> bodies(int count) {
            List<String> all = new ArrayList<>();
            int position = PacketFlyweight.HEADER_LENGTH;
            for (int i = 0; i < count; i++) {
                int length = PacketFlyweight.messageLength(this, position);
                position += PacketFlyweight.LENGTH_PREFIX;
                all.add(getStringWithoutLengthAscii(position, length));
                position += length;
            }
            return all;
        }

        @Override
        public void getBytes(int index, MutableDirectBuffer to, int toIndex, int length) {
            copies++;
            beforeCopy.run();
            super.getBytes(index, to, toIndex, length);
            afterCopy.run();
        }
    }
}
