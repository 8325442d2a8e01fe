// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LostWay;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.media.nic.NicFault;
import io.heliograph.engine.media.nic.NicState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which links a NIC that goes down takes with it. */
final class NicRoutesTest {
    private static final LinkAddress BY_A = LinkAddress.tcp("10.79.1.1", 7400);
    private static final LinkAddress BY_B = LinkAddress.tcp("10.79.2.1", 7400);
    private static final LinkAddress ROUTED = LinkAddress.tcp("10.80.1.1", 7400);

    private final List<NicEvent> told = new ArrayList<>();
    private final List<LostWay> lost = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final NicRoutes routes = routes("10.79.1.2/24", "10.79.2.2/24");

    @Test
    void shouldDropOnceWhatGoesByANicThatGoesDown() throws UnknownHostException {
        tell("a", NicState.UP);
        tell("a", NicState.SUSPECT);
        assertEquals(List.of(), lost);
        tell("a", NicState.DOWN);
        tell("a", NicState.DOWN);

        assertEquals(List.of("NIC a is down"), words);
        LostWay way = lost.get(0);
        assertTrue(way.includes(null, address("10.79.1.1")), "in its subnet");
        assertTrue(way.includes(address("10.79.1.2"), address("10.80.1.1")), "from its address");
        assertFalse(way.includes(address("10.79.2.2"), address("10.79.2.1")));
        assertFalse(way.includes(null, address("10.80.1.1")));
        assertFalse(way.includes(null, address("::1")));
        assertEquals(4, told.size(), "others are told as well");

        tell("a", NicState.UP);
        tell("a", NicState.DOWN);
        assertEquals(2, lost.size());
    }

    @Test
    void shouldTryAddressesBehindANicThatIsDownLast() {
        assertEquals(List.of(BY_A, ROUTED, BY_B), routes.order(List.of(BY_A, ROUTED, BY_B)));
        tell("a", NicState.DOWN);
        assertEquals(List.of(ROUTED, BY_B, BY_A), routes.order(List.of(BY_A, ROUTED, BY_B)));
        tell("b", NicState.DOWN);
        assertEquals(List.of(ROUTED, BY_A, BY_B), routes.order(List.of(BY_A, ROUTED, BY_B)));
        tell("a", NicState.UP);
        assertEquals(List.of(BY_A, ROUTED, BY_B), routes.order(List.of(BY_A, ROUTED, BY_B)));
        tell("a", NicState.DOWN);
        assertEquals(List.of(ROUTED, BY_B, BY_A), routes.order(List.of(BY_A, ROUTED, BY_B)), "b may be back sooner");
    }

    @Test
    void shouldTakeLoopbackForOneThatDoesNotGoDown() throws UnknownHostException {
        NicRoutes loopback = routes("127.0.0.1/8", "127.0.0.2/8");
        loopback.onNic(event("a", NicState.DOWN));
        assertFalse(lost.get(0).includes(address("127.0.0.1"), address("127.0.0.2")));
    }

    private NicRoutes routes(String a, String b) {
        Topology topology = TopologyReader.read("nic-routes-test.xml", """
            <topology xmlns="urn:heliograph:topology:1" name="test">
              <site name="ny" multicast="239.20.0.0/20">
                <host name="ny2">
                  <nic name="a" address="%s"/>
                  <nic name="b" address="%s"/>
                </host>
                <bond name="ab" nics="a b"/>
              </site>
            </topology>
            """.formatted(a, b));
        NicRoutes made = new NicRoutes(topology.host("ny2").orElseThrow().host(), told::add);
        made.onLost((way, why) -> {
            lost.add(way);
            words.add(why);
        });
        return made;
    }

    private void tell(String nic, NicState state) {
        routes.onNic(event(nic, state));
    }

    private static NicEvent event(String nic, NicState state) {
        return new NicEvent(nic, "10.79.1.2", "nica", state, NicFault.NONE, 0, "");
    }

    private static InetAddress address(String numeric) throws UnknownHostException {
        return InetAddress.getByName(numeric);
    }
}
