// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.heliograph.engine.testkit.LinkFrames;
import io.heliograph.engine.testkit.Packets;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is refused for its own reason. */
final class LinkFramingTest {
    private static final byte[] NONE = {};
    private static final byte[] BLOCK = {0};
    private static final int LONGEST = PacketsFlyweight.MAX_PLAIN_LENGTH;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("longer than 1 MiB", LinkFraming.BAD_LENGTH, put32(hello(), 0, LinkFrame.MAX_LENGTH + 1)),
                arguments("length that wraps", LinkFraming.BAD_LENGTH, put32(hello(), 0, -1)),
                arguments("shorter than a header", LinkFraming.BAD_LENGTH, put32(hello(), 0, 7)),
                arguments("other length than is there", LinkFraming.BAD_LENGTH, put32(hello(), 0, 32)),
                arguments("version 0", LinkFraming.UNKNOWN_VERSION, put8(hello(), 4, 0)),
                arguments("version 2", LinkFraming.UNKNOWN_VERSION, put8(hello(), 4, 2)),
                arguments("type 0", LinkFraming.UNKNOWN_TYPE, put8(hello(), 5, 0)),
                arguments("DELIVER", LinkFraming.UNKNOWN_TYPE, put8(hello(), 5, LinkFrame.DELIVER)),
                arguments("ACK", LinkFraming.UNKNOWN_TYPE, put8(hello(), 5, LinkFrame.ACK)),
                arguments("NODES", LinkFraming.UNKNOWN_TYPE, put8(hello(), 5, LinkFrame.NODES)),
                arguments("type 13", LinkFraming.UNKNOWN_TYPE, put8(hello(), 5, LinkFrame.TYPE_LIMIT)),
                arguments("flag in HELLO", LinkFraming.BAD_FLAGS, put8(hello(), 6, 1)),
                arguments("padding not 0", LinkFraming.BAD_FLAGS, put8(hello(), 23, 1)),
                arguments("versions backwards", LinkFraming.BAD_FIELD, LinkFrames.hello("ny1", "ny", 3, 2)),
                arguments("no name", LinkFraming.BAD_FIELD, LinkFrames.hello("", "ny", 1, 1)),
                arguments("blank in a name", LinkFraming.BAD_NAME, LinkFrames.hello("ny 1", "ny", 1, 1)),
                arguments("name begins with a dot", LinkFraming.BAD_NAME, LinkFrames.hello(".ny1", "ny", 1, 1)),
                arguments("control in a site", LinkFraming.BAD_NAME, LinkFrames.hello("ny1", "n\u0007", 1, 1)),
                arguments("words past the end", LinkFraming.BAD_FIELD, put8(bye(), 10, 1)),
                arguments("held without echo", LinkFraming.BAD_FIELD, LinkFrames.heartbeat(1, 1, 0, 1)),
                arguments("held backwards", LinkFraming.BAD_FIELD, LinkFrames.heartbeat(1, 1, 1, -1)),
                arguments("pull of stream 0", LinkFraming.BAD_FIELD, LinkFrames.pull(0, 1, 1, 1, 1)),
                arguments("pull 0", LinkFraming.BAD_FIELD, LinkFrames.pull(1, 0, 1, 1, 1)),
                arguments("pull from 0", LinkFraming.BAD_FIELD, LinkFrames.pull(1, 1, 1, 0, 1)),
                arguments("negative credit", LinkFraming.BAD_FIELD, LinkFrames.pull(1, 1, 1, 1, -1)),
                arguments("a pull from 2^63", LinkFraming.BAD_FIELD, LinkFrames.pull(1, 1, 1, Long.MIN_VALUE, 1)),
                arguments("vast credit", LinkFraming.BAD_FIELD, LinkFrames.pull(1, 1, 1, 1, Long.MAX_VALUE)),
                arguments("stop with credit", LinkFraming.BAD_FIELD, put8(LinkFrames.stop(1, 1), 24, 1)),
                arguments("further credit 0", LinkFraming.BAD_FIELD, LinkFrames.credit(1, 1, 0)),
                arguments("no packets", LinkFraming.BAD_FIELD, LinkFrames.packets(1, 1, 0)),
                arguments("more packets than octets", LinkFraming.BAD_FIELD, put32(packets(), 20, 1_000_000)),
                arguments("packet past the end", LinkFraming.BAD_FIELD, put32(packets(), 24, 1_000)),
                arguments("packet of length -1", LinkFraming.BAD_FIELD, put32(packets(), 24, -1)),
                arguments("packet of another stream", LinkFraming.BAD_PACKET, put32(packets(), 8, 2)),
                arguments("malformed packet", LinkFraming.BAD_PACKET, put8(packets(), 28 + 31, 9)),
                arguments("unknown flag of packets", LinkFraming.BAD_FLAGS, put8(packets(), 6, 2)),
                arguments("no block", LinkFraming.BAD_LENGTH, LinkFrames.compressed(1, 1, 1, 36, NONE)),
                arguments("block of no packets", LinkFraming.BAD_FIELD, LinkFrames.compressed(1, 1, 0, 36, BLOCK)),
                arguments("block too short", LinkFraming.BAD_FIELD, LinkFrames.compressed(1, 1, 2, 71, BLOCK)),
                arguments("block too long", LinkFraming.BAD_FIELD, LinkFrames.compressed(1, 1, 1, LONGEST + 1, BLOCK)),
                arguments("block of length -1", LinkFraming.BAD_FIELD, LinkFrames.compressed(1, 1, 1, -1, BLOCK)),
                arguments(
                        "count that overflows",
                        LinkFraming.BAD_FIELD,
                        LinkFrames.compressed(1, 1, Integer.MAX_VALUE, LONGEST, BLOCK)),
                arguments("request 0", LinkFraming.BAD_FIELD, LinkFrames.request(0, 1, "replay", NONE)),
                arguments("negative request", LinkFraming.BAD_FIELD, LinkFrames.request(-1, 1, "replay", NONE)),
                arguments("no deadline", LinkFraming.BAD_FIELD, LinkFrames.request(1, 0, "replay", NONE)),
                arguments("deadline in a year", LinkFraming.BAD_FIELD, LinkFrames.request(1, 86_400_001, "r", NONE)),
                arguments("no service", LinkFraming.BAD_FIELD, LinkFrames.request(1, 1, "", NONE)),
                arguments("long service", LinkFraming.BAD_FIELD, LinkFrames.request(1, 1, "r".repeat(65), NONE)),
                arguments(
                        "service past the end",
                        LinkFraming.BAD_FIELD,
                        put8(LinkFrames.request(1, 1, "r", NONE), 20, 9)),
                arguments("service with a slash", LinkFraming.BAD_NAME, LinkFrames.request(1, 1, "a/b", NONE)),
                arguments("cancel with a body", LinkFraming.BAD_FIELD, put8(LinkFrames.request(1, 1, "r", NONE), 6, 1)),
                arguments("unknown flag", LinkFraming.BAD_FLAGS, put8(LinkFrames.request(1, 1, "r", NONE), 6, 2)),
                arguments("failure that goes on", LinkFraming.BAD_FIELD, LinkFrames.reply(1, 0, 1, false, NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void shouldRefuseWhatIsWrong(String what, int reason, byte[] frame) {
        assertEquals(reason, LinkFraming.check(new UnsafeBuffer(frame), 0, frame.length));
    }

    private static byte[] hello() {
        return LinkFrames.hello("ny1", "ny", 1, 1);
    }

    private static byte[] bye() {
        return LinkFrames.farewell(LinkFrame.BYE, 0, "");
    }

    private static byte[] packets() {
        return LinkFrames.packets(1, 1, 0, Packets.gap(1, 3, 1, 2));
    }

    private static byte[] put8(byte[] frame, int offset, int value) {
        frame[offset] = (byte) value;
        return frame;
    }

    private static byte[] put32(byte[] frame, int offset, int value) {
        new UnsafeBuffer(frame).putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
        return frame;
    }
}
