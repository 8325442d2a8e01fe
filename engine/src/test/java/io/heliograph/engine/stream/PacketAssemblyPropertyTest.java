// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LossyNetwork;
import io.heliograph.engine.testkit.LossyNetwork.Faults;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is handed out as packets and taken apart again is what is delivered as messages, in the same order, gaps and ends too. */
final class PacketAssemblyPropertyTest {
    private static final int STREAM = 1001;
    private static final long MS = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final List<String> messages = new ArrayList<>();
    private final List<String> packets = new ArrayList<>();
    private long next = 1;
    private long seals;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("heliograph.full") ? 1_000 : 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldHandOutAsPacketsWhatIsDeliveredAsMessages(long seed) {
        Random random = new Random(seed);
        int lines = 1 + random.nextInt(3);
        Faults[] faults = new Faults[lines];
        for (int i = 0; i < lines; i++) {
            faults[i] = new Faults(
                    random.nextInt(3) * 0.03, 0.01, 20 * MS, 5 * MS, MS * random.nextInt(20), random.nextInt(2) * 0.1);
        }
        LossyNetwork network = new LossyNetwork(clock, random, faults);
        ArbiterContext context = ArbiterContext.of(STREAM, lines)
                .join(ArbiterContext.Join.START)
                .times(50 * MS, 200 * MS)
                .window(1 << 12, 1 << 20);
        Arbiter plain = new Arbiter(context, new Listener());
        PacketAssembly assembly = new PacketAssembly(STREAM, StreamListener.NONE);
        Arbiter packed = new Arbiter(context, assembly);
        assembly.begin(this::onPacket);
        Runnable cycle = () -> {
            plain.beginCycle(clock.nanoTime(), this::onMessage);
            packed.beginCycle(clock.nanoTime(), assembly);
            network.advance(MS, (line, packet) -> {
                plain.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
                packed.onPacket(line, new UnsafeBuffer(packet), 0, packet.length);
            });
            plain.endCycle();
            packed.endCycle();
        };

        for (int epoch = 3; epoch < 6; epoch++) {
            publish(random, epoch, lines, network, cycle);
        }
        for (int i = 0; i < 2_000; i++) {
            cycle.run();
        }

        assertEquals(messages, packets);
        assertTrue(seals > 0 || !packets.stream().noneMatch(word -> word.startsWith("gap")), "seals");
    }

    /** Two publishers number alike and cut packets differently, each on some of the lines. */
    private void publish(Random random, long epoch, int lines, LossyNetwork network, Runnable cycle) {
        StreamPublication[] publications = new StreamPublication[Math.min(2, lines)];
        for (int i = 0; i < publications.length; i++) {
            PacketLine[] senders = new PacketLine[(lines + publications.length - 1 - i) / publications.length];
            for (int j = 0; j < senders.length; j++) {
                senders[j] = network.sender(i + j * publications.length);
            }
            publications[i] = new StreamPublication(
                    new PublicationContext("itch", STREAM, epoch, i, true, false, clock.wall(), clock),
                    senders,
                    Thread::onSpinWait,
                    PublicationTick.NONE);
        }
        int count = 4096 + random.nextInt(2_000);
        for (int sequence = 1; sequence <= count; sequence++) {
            byte[] body = Packets.body(epoch, sequence);
            for (StreamPublication publication : publications) {
                assertTrue(publication.offer(new UnsafeBuffer(body), 0, body.length) > 0);
                if (random.nextInt(20) == 0) {
                    publication.flush();
                }
            }
            if (sequence % 50 == 0) {
                each(publications, cycle);
            }
        }
        boolean isEnded = random.nextInt(3) > 0;
        for (StreamPublication publication : publications) {
            publication.flush();
            if (isEnded) {
                publication.endEpoch();
            }
        }
        for (int i = 0; i < 150; i++) {
            each(publications, cycle);
        }
    }

    private static void each(StreamPublication[] publications, Runnable cycle) {
        for (StreamPublication publication : publications) {
            publication.doWork();
        }
        cycle.run();
    }

    private void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        messages.add(message(header.epoch(), header.sequence(), buffer, offset, length));
    }

    private void onPacket(DirectBuffer buffer, int offset, int length) {
        assertEquals(PacketFraming.OK, PacketFraming.check(buffer, offset, length));
        long epoch = PacketFlyweight.epoch(buffer, offset);
        long sequence = PacketFlyweight.sequence(buffer, offset);
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> {
                int position = offset + PacketFlyweight.HEADER_LENGTH;
                for (int i = 0; i < PacketFlyweight.count(buffer, offset); i++) {
                    int bodyLength = PacketFlyweight.messageLength(buffer, position);
                    packets.add(message(epoch, sequence + i, buffer, position + 2, bodyLength));
                    position += 2 + bodyLength;
                }
                next = sequence + PacketFlyweight.count(buffer, offset);
            }
            case PacketKind.GAP -> {
                next = ControlFlyweight.gapLast(buffer, offset) + 1;
                packets.add("gap " + epoch + ":" + sequence + "-" + (next - 1));
            }
            case PacketKind.SEAL -> {
                assertEquals(next, sequence, "a seal stands behind what it covers");
                seals++;
            }
            default -> packets.add("end " + epoch + ":" + (sequence - 1));
        }
    }

    private static String message(long epoch, long sequence, DirectBuffer buffer, int offset, int length) {
        byte[] body = new byte[length];
        buffer.getBytes(offset, body);
        return epoch + ":" + sequence + " " + Arrays.hashCode(body);
    }

    private final class Listener implements StreamListener {
        @Override
        public void onGap(long epoch, long first, long last) {
            if (last != UNKNOWN_END) {
                messages.add("gap " + epoch + ":" + first + "-" + last);
            }
        }

        @Override
        public void onEpochEnd(long epoch, long last) {
            messages.add("end " + epoch + ":" + last);
        }
    }
}
