// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LinkFrames;
import io.heliograph.engine.testkit.Packets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Every frame, octet for octet as the tables of engine/README.md draw it. */
final class LinkFrameLayoutTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Test
    void shouldLayOutHello() {
        byte[] frame = LinkFrames.hello("ny1", "ny", 0x0102, 0x0304);

        assertEquals(
                "18000000" + "01" + "01" + "0000" + "0201" + "0403" + "03" + "02" + "0000" + "6E7931" + "6E79"
                        + "000000",
                HEX.formatHex(frame));
        UnsafeBuffer buffer = checked(frame);
        assertEquals(0x0102, HelloFlyweight.lowest(buffer, 0));
        assertEquals(0x0304, HelloFlyweight.highest(buffer, 0));
        assertEquals(3, HelloFlyweight.nameLength(buffer, 0));
        assertEquals(2, HelloFlyweight.siteLength(buffer, 0));
        assertEquals(144, HelloFlyweight.MAX_LENGTH);
    }

    @Test
    void shouldNeverBeginHelloLikeZmtp() {
        for (int name = 1; name <= HelloFlyweight.MAX_NAME_LENGTH; name++) {
            for (int site = 0; site <= HelloFlyweight.MAX_NAME_LENGTH; site++) {
                assertEquals(0, HelloFlyweight.lengthOf(name, site) % 8);
            }
        }
    }

    @Test
    void shouldLayOutRejectAndBye() {
        byte[] reject = LinkFrames.farewell(LinkFrame.REJECT, 0x0708, "no");
        byte[] bye = LinkFrames.farewell(LinkFrame.BYE, 0, "");

        assertEquals("0E000000" + "01" + "02" + "0000" + "0807" + "0200" + "6E6F", HEX.formatHex(reject));
        assertEquals("0C000000" + "01" + "0C" + "0000" + "0000" + "0000", HEX.formatHex(bye));
        assertEquals(0x0708, FarewellFlyweight.code(checked(reject), 0));
        assertEquals(2, FarewellFlyweight.wordsLength(checked(reject), 0));
    }

    @Test
    void shouldLayOutHeartbeat() {
        byte[] frame = LinkFrames.heartbeat(0x0102030405060708L, 0x1112131415161718L, 0x2122232425262728L, 5);

        assertEquals(
                "28000000" + "01" + "03" + "0000" + "0807060504030201" + "1817161514131211" + "2827262524232221"
                        + "0500000000000000",
                HEX.formatHex(frame));
        UnsafeBuffer buffer = checked(frame);
        assertEquals(0x0102030405060708L, HeartbeatFlyweight.sentNs(buffer, 0));
        assertEquals(0x1112131415161718L, HeartbeatFlyweight.sentEpochNs(buffer, 0));
        assertEquals(0x2122232425262728L, HeartbeatFlyweight.echoNs(buffer, 0));
        assertEquals(5, HeartbeatFlyweight.heldNs(buffer, 0));
    }

    @Test
    void shouldLayOutPullStopAndCredit() {
        byte[] pull = LinkFrames.pull(0x01020304, 7, 0xF0000001L, 0x1112131415161718L, 0x21);
        byte[] stop = LinkFrames.stop(0x01020304, 7);
        byte[] credit = LinkFrames.credit(0x01020304, 7, 0x21);

        assertEquals(
                "28000000" + "01" + "04" + "0000" + "04030201" + "010000F0" + "1817161514131211" + "2100000000000000"
                        + "07000000" + "00000000",
                HEX.formatHex(pull));
        assertEquals(
                "28000000" + "01" + "04" + "0100" + "04030201" + "00000000" + "0000000000000000" + "0000000000000000"
                        + "07000000" + "00000000",
                HEX.formatHex(stop));
        assertEquals(
                "18000000" + "01" + "05" + "0000" + "04030201" + "07000000" + "2100000000000000",
                HEX.formatHex(credit));
        UnsafeBuffer buffer = checked(pull);
        assertEquals(0x01020304, PullFlyweight.stream(buffer, 0));
        assertEquals(0xF0000001L, PullFlyweight.epoch(buffer, 0));
        assertEquals(0x1112131415161718L, PullFlyweight.sequence(buffer, 0));
        assertEquals(0x21, PullFlyweight.credit(buffer, 0));
        assertEquals(7, PullFlyweight.pull(buffer, 0));
        assertEquals(PullFlyweight.FLAG_STOP, LinkFrame.flags(checked(stop), 0));
        assertEquals(7, PullFlyweight.furtherPull(checked(credit), 0));
        assertEquals(0x21, PullFlyweight.furtherCredit(checked(credit), 0));
    }

    @Test
    void shouldLayOutPackets() {
        byte[] packet = Packets.gap(9, 3, 1, 2);
        byte[] frame = LinkFrames.packets(9, 7, 0x0A0B0C0D, packet);

        assertEquals(
                "44000000" + "01" + "06" + "0000" + "09000000" + "07000000" + "0D0C0B0A" + "01000000" + "28000000"
                        + HEX.formatHex(packet),
                HEX.formatHex(frame));
        UnsafeBuffer buffer = checked(frame);
        assertEquals(9, PacketsFlyweight.stream(buffer, 0));
        assertEquals(7, PacketsFlyweight.pull(buffer, 0));
        assertEquals(0x0A0B0C0D, PacketsFlyweight.crc(buffer, 0));
        assertEquals(1, PacketsFlyweight.count(buffer, 0));
        assertEquals(40, PacketsFlyweight.packetLength(buffer, PacketsFlyweight.ENTRIES_OFFSET));
    }

    @Test
    void shouldLayOutRequestCancelAndReply() {
        byte[] body = "?!".getBytes(StandardCharsets.US_ASCII);
        byte[] request = LinkFrames.request(0x0102030405060708L, 0x0A0B, "topo", body);
        byte[] cancel = LinkFrames.cancel(0x0102030405060708L);
        byte[] reply = LinkFrames.reply(0x0102030405060708L, 3, 0x0506, true, body);

        assertEquals(
                "1E000000" + "01" + "07" + "0000" + "0807060504030201" + "0B0A0000" + "0400" + "0000" + "746F706F"
                        + "3F21",
                HEX.formatHex(request));
        assertEquals(
                "18000000" + "01" + "07" + "0100" + "0807060504030201" + "00000000" + "0000" + "0000",
                HEX.formatHex(cancel));
        assertEquals(
                "1A000000" + "01" + "08" + "0100" + "0807060504030201" + "03000000" + "0605" + "0000" + "3F21",
                HEX.formatHex(reply));
        assertEquals(0x0102030405060708L, RequestFlyweight.id(checked(request), 0));
        assertEquals(0x0A0B, RequestFlyweight.deadlineMs(checked(request), 0));
        assertEquals(4, RequestFlyweight.serviceLength(checked(request), 0));
        assertEquals(RequestFlyweight.FLAG_CANCEL, LinkFrame.flags(checked(cancel), 0));
        assertEquals(3, RequestFlyweight.page(checked(reply), 0));
        assertEquals(0x0506, RequestFlyweight.status(checked(reply), 0));
        assertTrue(LinkFrame.MAX_LENGTH >= RequestFlyweight.MAX_REPLY_BODY + RequestFlyweight.BODY_OFFSET);
    }

    private static UnsafeBuffer checked(byte[] frame) {
        UnsafeBuffer buffer = new UnsafeBuffer(frame);
        assertEquals(LinkFraming.OK, LinkFraming.check(buffer, 0, frame.length));
        assertEquals(frame.length, LinkFrame.length(buffer, 0));
        assertEquals(LinkFrame.VERSION, LinkFrame.version(buffer, 0));
        return buffer;
    }
}
