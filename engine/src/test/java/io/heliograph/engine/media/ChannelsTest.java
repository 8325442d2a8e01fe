// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.config.Flow;
import io.heliograph.config.Line;
import io.heliograph.config.LineAddress;
import io.heliograph.config.NicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChannelsTest {
    private static final Line LINE_B = new Line(1, "B", "b", address("239.20.7.83"), address("239.20.7.84"), 20_937);
    private static final Line UNICAST_B =
            new Line(1, "B", "b", new LineAddress.Unicast(List.of(address("10.10.2.11")), 20_937));
    private static final NicAddress NIC_B = new NicAddress(address("10.10.2.11"), 24);
    private static final ChannelSettings MAX =
            new ChannelSettings(1408, Flow.MAX, 0, 1, 1 << 20, 256 << 10, 5_000_000_000L);
    private static final ChannelSettings MIN = new ChannelSettings(8192, Flow.MIN, 0, 4, 1 << 24, 1 << 21, 0);

    @Test
    void shouldLetNoReceiverSetThePaceWhenFlowIsMax() {
        assertEquals(
                "aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|ttl=1|mtu=1408|term-length=1048576|fc=max"
                        + "|ssc=true|linger=5000000000ns",
                Channels.publication(LINE_B, NIC_B, MAX));
    }

    @Test
    void shouldWaitForTheSlowestWhenFlowIsMin() {
        assertEquals(
                "aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|ttl=4|mtu=8192|term-length=16777216|fc=min"
                        + "|ssc=true|linger=0ns",
                Channels.publication(LINE_B, NIC_B, MIN));
        assertEquals(
                "aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|ttl=4|mtu=8192|term-length=16777216"
                        + "|fc=min,g:/2|ssc=true|linger=0ns",
                Channels.publication(LINE_B, NIC_B, MIN.withReceivers(2)));
    }

    @Test
    void shouldLeaveASlowReaderBehindWhenFlowIsMax() {
        assertEquals(
                "aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|reliable=false|tether=false|rejoin=true"
                        + "|rcv-wnd=262144",
                Channels.subscription(LINE_B, NIC_B, MAX, false));
    }

    @Test
    void shouldNameTheSamePublicationWhenReadOnThePublishersOwnHost() {
        assertEquals(
                "aeron-spy:aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|tether=false|rejoin=true",
                Channels.spy(LINE_B, NIC_B, MAX));
        assertEquals(
                "aeron-spy:aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|tether=true|rejoin=true",
                Channels.spy(LINE_B, NIC_B, MIN));
        assertEquals(
                "aeron-spy:aeron:udp?control=10.10.2.11:20937|control-mode=dynamic|tether=false|rejoin=true",
                Channels.spy(UNICAST_B, NIC_B, MAX));
    }

    @Test
    void shouldSendToWhoeverAsksAtTheControlPortWhenLineIsUnicast() {
        assertEquals(
                "aeron:udp?control=10.10.2.11:20937|control-mode=dynamic|mtu=1408|term-length=1048576|fc=max"
                        + "|ssc=true|linger=5000000000ns",
                Channels.publication(UNICAST_B, NIC_B, MAX));
    }

    @Test
    void shouldAskThePublisherFromAnyPortWhenLineIsUnicast() {
        NicAddress other = new NicAddress(address("10.10.2.12"), 24);

        String uri = Channels.subscription(UNICAST_B, other, MAX, true);

        assertEquals(
                "aeron:udp?endpoint=10.10.2.12:0|control=10.10.2.11:20937|control-mode=dynamic|tags=N|reliable=true"
                        + "|tether=false|rejoin=true|rcv-wnd=262144",
                uri.replaceFirst("tags=\\d+", "tags=N"));
    }

    @Test
    void shouldMeanTheSameSocketWhenAndOnlyWhenItIsTheSameLineAndNic() {
        NicAddress other = new NicAddress(address("10.10.2.12"), 24);
        Line another = new Line(1, "B", "b", new LineAddress.Unicast(List.of(address("10.10.2.11")), 20_938));

        assertEquals(tag(UNICAST_B, NIC_B), tag(UNICAST_B, NIC_B));
        assertNotEquals(tag(UNICAST_B, NIC_B), tag(UNICAST_B, other));
        assertNotEquals(tag(UNICAST_B, NIC_B), tag(another, NIC_B));
    }

    @Test
    void shouldTetherReadersWhenFlowIsMin() {
        assertEquals(
                "aeron:udp?endpoint=239.20.7.83:20937|interface=10.10.2.11/24|reliable=true|tether=true|rejoin=true"
                        + "|rcv-wnd=2097152",
                Channels.subscription(LINE_B, NIC_B, MIN, true));
    }

    @Test
    void shouldRefuseWhatAeronWouldRefuseLater() {
        assertThrows(IllegalArgumentException.class, () -> MAX.withBuffers(1_000_000, 256 << 10));
        assertThrows(IllegalArgumentException.class, () -> MAX.withBuffers(1 << 20, 1 << 20));
        assertThrows(IllegalArgumentException.class, () -> MAX.withReceivers(-1));
        assertThrows(
                IllegalArgumentException.class, () -> new ChannelSettings(1500, Flow.MAX, 0, 1, 1 << 20, 256 << 10, 0));
    }

    private static String tag(Line line, NicAddress nic) {
        return Channels.subscription(line, nic, MAX, true).replaceFirst(".*tags=(\\d+).*", "$1");
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
