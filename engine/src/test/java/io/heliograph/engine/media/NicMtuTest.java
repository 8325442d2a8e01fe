// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.Nic;
import io.heliograph.config.NicAddress;
import io.heliograph.config.NicMode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NicMtuTest {

    @Test
    void shouldNameTheNicAndTheLargestValueThatFitsWhenDatagramsWouldBeFragmented() throws UnknownHostException {
        assertEquals(
                "NIC a (10.1.1.1/24, eth0) takes IP packets of 1500 bytes, and its lines send 8220: write mtu=\"1500\" in"
                        + " the topology, the largest value that fits, or raise the MTU of eth0",
                NicMtu.problem(nic("10.1.1.1", 24), 8192, "eth0", 1500));
    }

    @Test
    void shouldSayNothingWhenTheLargestDatagramJustFits() throws UnknownHostException {
        assertNull(NicMtu.problem(nic("10.1.1.1", 24), 1408, "tun0", 1436));
        assertTrue(String.valueOf(NicMtu.problem(nic("10.1.1.1", 24), 1408, "tun0", 1435))
                .contains("\"1435\""));
    }

    @Test
    void shouldSayNothingOfLoopbackNorOfAnAddressThatNobodyHas() throws UnknownHostException {
        assertNull(NicMtu.problem(nic("127.0.0.1", 8), 8192));
        assertNull(NicMtu.problem(nic("192.0.2.1", 24), 8192));
    }

    private static Nic nic(String address, int prefix) throws UnknownHostException {
        Inet4Address inet = (Inet4Address) InetAddress.getByName(address);
        return new Nic("a", new NicAddress(inet, prefix), 9000, NicMode.MULTICAST, 0);
    }
}
