// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.bridge.IngressContext.Use;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an ingress does about a path that brings what cannot be: it is said and counted, and costs no other stream anything. */
final class IngressInputTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int STREAM = 1;
    private static final int OTHER = 2;
    private static final long MS = 1_000_000;

    private final List<String> published = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final int[][] generations = new int[2][3];
    private final Ingress ingress = new Ingress(
            IngressContext.of(Use.FAILOVER, false),
            new Port(),
            new int[] {STREAM, OTHER},
            new String[] {"ny1", "ny2"},
            new int[] {1, 2},
            MS);
    private long nowNs = MS;

    @BeforeEach
    void shouldPullBothOverTheFirst() {
        ingress.onPathUp(FIRST, nowNs);
        ingress.onPathUp(SECOND, nowNs);
        bring(FIRST, STREAM, Packets.data(STREAM, 7, 1, 10));
        bring(FIRST, OTHER, Packets.data(OTHER, 7, 1, 10));
        assertEquals(List.of("1: 7:1", "2: 7:1"), published);
    }

    @Test
    void shouldPassOnASealThatIsRight() {
        bring(FIRST, STREAM, Packets.seal(STREAM, 7, 1, 10));
        assertEquals("1: 7:11 kind " + PacketKind.SEAL, published.get(2));
        assertEquals(0, ingress.figures(STREAM).sealMismatches());
        assertUnharmed(FIRST);
    }

    @Test
    void shouldLeaveThePathThatBringsOtherContentUnderTheSameNumbers() {
        bring(FIRST, STREAM, Packets.seal(STREAM, 7, 1, 10, Packets.crc(7, 1, 10) + 1));
        assertEquals(1, ingress.figures(STREAM).sealMismatches());
        assertEquals("1: 7:11 kind " + PacketKind.SEAL, published.get(2), "who hears it finds out, too");
        assertLeft("a seal of messages 1 to 10 of epoch 7");
    }

    @Test
    void shouldCompareWhatSeveralPathsHaveBrought() {
        ingress.onPathDown(FIRST, nowNs);
        bring(SECOND, STREAM, Packets.data(STREAM, 7, 5, 20));
        bring(SECOND, STREAM, Packets.seal(STREAM, 7, 1, 20));
        assertEquals(0, ingress.figures(STREAM).sealMismatches());
        bring(SECOND, STREAM, Packets.data(STREAM, 7, 21, 30));
        bring(SECOND, STREAM, Packets.seal(STREAM, 7, 1, 30, 0));
        assertEquals(1, ingress.figures(STREAM).sealMismatches());
    }

    @Test
    void shouldDropAndCountALowerEpoch() {
        bring(FIRST, STREAM, Packets.data(STREAM, 6, 1, 100));
        assertEquals(1, ingress.figures(STREAM).oldEpochs());
        assertEquals(List.of(), warnings);
        bring(FIRST, STREAM, Packets.data(STREAM, 7, 11, 12));
        assertEquals("1: 7:11", published.get(2));
        assertUnharmed(FIRST);
    }

    @Test
    void shouldLeaveThePathOfWhatGoesInACircle() {
        byte[] packet = Packets.data(STREAM, 7, 11, 20);
        PacketFlyweight.hops(new UnsafeBuffer(packet), 0, BridgedStream.MOST_HOPS);
        bring(FIRST, STREAM, packet);
        assertLeft("a packet that has crossed 8 bridges: they go in a circle");
    }

    @Test
    void shouldLeaveThePathThatLeavesMessagesOut() {
        bring(FIRST, STREAM, Packets.data(STREAM, 7, 12, 20));
        assertLeft("message 12 of epoch 7 in place of 11");
    }

    @Test
    void shouldTakeNothingMoreOfAPullThatHasBroughtWhatCannotBe() {
        int generation = generations[FIRST][STREAM];
        take(generation, Packets.data(STREAM, 7, 12, 20));
        take(generation, Packets.data(STREAM, 7, 11, 20));
        assertEquals(List.of("1: 7:1", "2: 7:1"), published);
        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    void shouldPullOverThePathAgainAfterAWhile() {
        bring(FIRST, STREAM, Packets.data(STREAM, 7, 12, 20));
        nowNs += 5_000 * MS - 1;
        ingress.onTick(nowNs, nowNs);
        assertEquals(1L << SECOND, ingress.pulling(STREAM));
        nowNs++;
        ingress.onTick(nowNs, nowNs);
        assertEquals(1L << FIRST, ingress.pulling(STREAM));
    }

    @Test
    void shouldCheckTheSealsOfANewEpochToo() {
        bring(FIRST, STREAM, Packets.seal(STREAM, 7, 1, 10));
        bring(FIRST, STREAM, Packets.data(STREAM, 8, 1, 10));
        bring(FIRST, STREAM, Packets.seal(STREAM, 8, 1, 10, 0));
        assertEquals(1, ingress.figures(STREAM).sealMismatches());
    }

    @Test
    void shouldLeaveThePathThatBeginsAnEpochInItsMidst() {
        bring(FIRST, STREAM, Packets.data(STREAM, 8, 5, 20));
        assertLeft("epoch 8 from message 5 on, and not from its first");
    }

    @Test
    void shouldLeaveThePathThatBringsAnotherStreamsPackets() {
        bring(FIRST, STREAM, Packets.data(OTHER, 7, 11, 20));
        assertLeft("a packet of stream 2");
    }

    @Test
    void shouldSayOnceThatAPathDoesNotGiveAStreamHoweverOftenItIsAsked() {
        for (int time = 0; time < 3; time++) {
            ingress.onRefused(FIRST, STREAM, "no bridge leads it there", nowNs);
            assertEquals(1L << SECOND, ingress.pulling(STREAM));
            assertUnharmed(FIRST, 11 + time);
            nowNs += 5_000 * MS;
            ingress.onTick(nowNs, nowNs);
            assertEquals(1L << FIRST, ingress.pulling(STREAM), "it is asked again");
        }
        assertEquals(
                List.of("path 0, stream 1 does not give it: no bridge leads it there; asked again every 5000 ms"),
                warnings);
        assertEquals(0, ingress.figures(STREAM).refused());
    }

    @Test
    void shouldNotMindARefusalOfWhatItDoesNotPull() {
        ingress.onRefused(FIRST, 4711, "no such stream", nowNs);
        ingress.onRefused(SECOND, STREAM, "it was pulled before, perhaps", nowNs);
        assertEquals(List.of(), warnings);
        assertEquals(1L << FIRST, ingress.pulling(STREAM));
    }

    /** The stream is pulled over the other path, where it left off, and the other stream goes on as before. */
    private void assertLeft(String what) {
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("path 0, stream 1 brought " + what), warnings.toString());
        assertEquals(1, ingress.figures(STREAM).refused());
        assertEquals(0, ingress.figures(OTHER).refused());
        assertEquals(1L << SECOND, ingress.pulling(STREAM));
        bring(SECOND, STREAM, Packets.data(STREAM, 7, 11, 12));
        assertEquals("1: 7:11", published.get(published.size() - 1));
        assertUnharmed(FIRST);
    }

    private void assertUnharmed(int path) {
        assertUnharmed(path, 11);
    }

    private void assertUnharmed(int path, long next) {
        assertEquals(1L << path, ingress.pulling(OTHER));
        bring(path, OTHER, Packets.data(OTHER, 7, next, next));
        assertEquals("2: 7:" + next, published.get(published.size() - 1));
    }

    /** Without time to pull over another path. */
    private void take(int generation, byte[] packet) {
        assertTrue(ingress.onPacket(FIRST, STREAM, generation, new UnsafeBuffer(packet), 0, packet.length, nowNs));
    }

    private void bring(int path, int stream, byte[] packet) {
        assertTrue(ingress.onPacket(
                path, stream, generations[path][stream], new UnsafeBuffer(packet), 0, packet.length, nowNs));
        ingress.onTick(nowNs, nowNs);
    }

    /** What was published, and who pulls what. */
    private final class Port implements IngressPort {
        @Override
        public void pull(int path, int stream, int generation, long epoch, long sequence) {
            generations[path][stream] = generation;
        }

        @Override
        public void stop(int path, int stream) {}

        @Override
        public boolean publish(int stream, MutableDirectBuffer packet, int offset, int length) {
            int kind = PacketFlyweight.kind(packet, offset);
            published.add(stream + ": " + PacketFlyweight.epoch(packet, offset) + ":"
                    + PacketFlyweight.sequence(packet, offset) + (kind == PacketKind.DATA ? "" : " kind " + kind));
            return true;
        }

        @Override
        public void warn(int path, int stream, String words) {
            warnings.add("path " + path + ", stream " + stream + " " + words);
        }
    }
}
