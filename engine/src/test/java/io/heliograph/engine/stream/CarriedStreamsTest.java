// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Packets of several streams on shared lines come to those that they are for. */
final class CarriedStreamsTest {
    private static final List<Integer> CARRIED = List.of(5, 1005, 2005);
    private static final int FOREIGN = 77;

    private final ManualClock clock = new ManualClock();
    private final StreamRecorder five = new StreamRecorder();
    private final StreamRecorder thousandFive = new StreamRecorder();
    private final Arbiter ofFive = arbiter(5, five);
    private final Arbiter ofThousandFive = arbiter(1005, thousandFive);
    private final CarriedStreams streams = new CarriedStreams(CARRIED, List.of(5, 1005), 0, ofFive, ofThousandFive);

    @Test
    void shouldHandEachPacketToItsStream() {
        on(Packets.data(5, 7, 1, 2));
        on(Packets.data(1005, 9, 4, 4));
        on(Packets.data(5, 7, 3, 3));

        assertEquals("epoch 7 from 1, 1-3", five.heard());
        assertEquals("epoch 9 from 4, 4", thousandFive.heard());
    }

    @Test
    void shouldPassOverAStreamThatIsNotSubscribedToAndCountNothing() {
        on(Packets.data(2005, 7, 1, 2));
        on(Packets.seal(2005, 7, 1, 2));
        on(Packets.end(2005, 7, 2));
        on(Packets.heartbeat(2005, 7, 3));

        assertEquals("", five.heard() + thousandFive.heard());
        assertEquals(
                0, ofFive.statistics().foreign() + ofThousandFive.statistics().foreign());
    }

    @Test
    void shouldRefuseWhatIsOfNoStreamOfTheCarrierAndCountItOnce() {
        on(Packets.data(FOREIGN, 7, 1, 2));
        on(Packets.data(0, 7, 1, 2));
        on(new byte[31]);
        on(new byte[0]);

        assertEquals("dropped line 0 FOREIGN_STREAM, dropped line 0 TOO_SHORT", five.heard());
        assertEquals("", thousandFive.heard());
        assertEquals(2, ofFive.statistics().foreign());
        assertEquals(2, ofFive.statistics().malformed());
        assertEquals(0, ofThousandFive.statistics().foreign());
    }

    @Test
    void shouldGiveEachStreamWhatAHeartbeatSaysOfIt() {
        on(Packets.data(5, 7, 1, 1));
        on(Packets.data(1005, 7, 1, 1));
        five.heard();
        thousandFive.heard();

        // Stream 2005's own heartbeat says that stream 5 is at 4 and stream 1005 at 3.
        on(heartbeat(2005, 2, 5, 4, 1005, 3));
        clock.advanceNs(ArbiterFixture.REORDER_NS);
        cycle();

        assertEquals("gap 2-3", five.heard());
        assertEquals("gap 2-2", thousandFive.heard());
    }

    @Test
    void shouldGiveTheStreamInTheHeaderAndThoseBehindTheirs() {
        on(heartbeat(5, 2, 1005, 9, FOREIGN, 5));

        assertEquals("epoch 7 from 2", five.heard());
        assertEquals("epoch 7 from 9", thousandFive.heard());
    }

    @Test
    void shouldBelieveNothingOfAHeartbeatThatIsCut() {
        byte[] whole = heartbeat(5, 2, 1005, 9);

        on(java.util.Arrays.copyOf(whole, whole.length - 1));

        assertEquals("dropped line 0 LENGTH_PAST_END", five.heard());
        assertEquals("", thousandFive.heard());
    }

    @Test
    void shouldRefuseAnEntryWithAnImpossibleSequence() {
        on(heartbeat(2005, 2, 1005, -1));

        assertEquals("dropped line 0 BAD_SEQUENCE", thousandFive.heard());
    }

    @Test
    void shouldGoOnWithTheOtherStreamsWhenAHandlerThrows() {
        on(Packets.data(5, 7, 1, 1));
        on(Packets.data(1005, 7, 1, 1));
        five.heard();
        thousandFive.heard();
        five.throwAt(2);

        streams.beginCycle(clock.nanoTime(), this::deliver);
        byte[] packet = Packets.data(5, 7, 2, 4);
        assertThrows(
                IllegalStateException.class, () -> streams.onPacket(0, new UnsafeBuffer(packet), 0, packet.length));
        on(Packets.data(1005, 7, 2, 2));

        assertEquals("2-4", five.heard());
        assertEquals("2", thousandFive.heard());
    }

    @Test
    void shouldFindEveryStreamOfALargeCarrier() {
        List<Integer> ids = IntStream.range(0, 500)
                .map(i -> (i * 0x9E3779B1) >>> 1 | 1)
                .distinct()
                .boxed()
                .toList();
        StreamRecorder[] recorders =
                ids.stream().map(id -> new StreamRecorder()).toArray(StreamRecorder[]::new);
        Arbiter[] arbiters = IntStream.range(0, ids.size())
                .mapToObj(i -> arbiter(ids.get(i), recorders[i]))
                .toArray(Arbiter[]::new);
        CarriedStreams many = new CarriedStreams(ids, ids, 0, arbiters);

        many.beginCycle(clock.nanoTime(), (buffer, offset, length, header) -> {});
        for (int i = 0; i < ids.size(); i++) {
            byte[] packet = Packets.data(ids.get(i), 7, i + 1, i + 1);
            many.onPacket(0, new UnsafeBuffer(packet), 0, packet.length);
        }
        many.endCycle();

        for (int i = 0; i < ids.size(); i++) {
            assertEquals(i + 2, arbiters[i].nextSequence());
            assertEquals(1, arbiters[i].statistics().messages());
        }
    }

    @Test
    void shouldKnowALineThatIsBehindInAnyStreamThatIsLive() {
        on(Packets.data(5, 7, 1, 9));
        on(Packets.data(1005, 7, 1, 1));
        byte[] late = Packets.data(1005, 7, 1, 1);
        streams.onPacket(1, new UnsafeBuffer(late), 0, late.length);
        streams.endCycle();
        for (int i = 0; i < 3; i++) {
            clock.advanceNs(LineProgress.LATE_NS);
            streams.onTick(clock.nanoTime());
        }

        assertEquals("true false", streams.isWithStreams(0) + " " + streams.isWithStreams(1));

        on(Packets.end(5, 7, 9));
        assertEquals("true true", streams.isWithStreams(0) + " " + streams.isWithStreams(1));
    }

    @Test
    void shouldTakeOneStreamAloneInItsOwnersDutyCycle() {
        CarriedStreams one = CarriedStreams.one(CARRIED, 1005, 0, ofThousandFive);

        ofThousandFive.beginCycle(clock.nanoTime(), thousandFive);
        for (byte[] packet : List.of(
                Packets.data(5, 7, 1, 1),
                Packets.data(1005, 7, 1, 1),
                heartbeat(5, 2, 1005, 3),
                heartbeat(2005, 9, 5, 2))) {
            one.onPacket(0, new UnsafeBuffer(packet), 0, packet.length);
        }
        ofThousandFive.endCycle();

        assertEquals("epoch 7 from 1, 1", thousandFive.heard());
        assertEquals(0, ofThousandFive.statistics().foreign());
        assertEquals(2, ofThousandFive.nextSequence());
    }

    private static Arbiter arbiter(int id, StreamRecorder recorder) {
        return new Arbiter(
                ArbiterContext.of(id, 2)
                        .times(ArbiterFixture.REORDER_NS, ArbiterFixture.BUDGET_NS)
                        .window(64, 1 << 16),
                recorder);
    }

    private void on(byte[] packet) {
        streams.beginCycle(clock.nanoTime(), this::deliver);
        streams.onPacket(0, new UnsafeBuffer(packet), 0, packet.length);
        streams.endCycle();
    }

    private void cycle() {
        streams.beginCycle(clock.nanoTime(), this::deliver);
        streams.includeAll();
        streams.endCycle();
    }

    private void deliver(org.agrona.DirectBuffer buffer, int offset, int length, MessageHeader header) {
        (header.streamId() == 5 ? five : thousandFive).onMessage(buffer, offset, length, header);
    }

    /** Of a stream of epoch 7, with what to expect next of it and of others. */
    private static byte[] heartbeat(int stream, long next, long... others) {
        ByteBuffer packet = ByteBuffer.allocate(32 + others.length / 2 * 16).order(ByteOrder.LITTLE_ENDIAN);
        packet.put(Packets.heartbeat(stream, 7, next));
        packet.putShort(26, (short) (others.length / 2));
        for (int i = 0; i < others.length; i += 2) {
            packet.putInt((int) others[i]).putInt(7).putLong(others[i + 1]);
        }
        return packet.array();
    }
}
