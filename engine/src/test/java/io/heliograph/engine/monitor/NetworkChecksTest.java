// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.ETH0;
import static io.heliograph.engine.monitor.MachineTree.LOOPBACK;
import static io.heliograph.engine.monitor.MachineTree.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Profile;
import io.heliograph.engine.monitor.Finding.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Socket buffers, drops, busy polling, IGMP, bridges. */
final class NetworkChecksTest {
    private static final Optional<HostUse> SERVER = Optional.of(use(DriverMode.PROCESS, Profile.LOW_LATENCY, ETH0));

    @TempDir
    private Path folder;

    private MachineTree machine;

    @BeforeEach
    void setUp() {
        machine = new MachineTree(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "212992, ADVICE",
        "262143, ADVICE",
        "262144, ADVICE",
        "2097151, ADVICE",
        "2097152, OK",
        "4194304, OK",
        "much, UNKNOWN"
    })
    void shouldJudgeTheReceiveBufferByTheWindowAndByWhatADriverAsksFor(String limit, State state) {
        machine.put("/proc/sys/net/core/rmem_max", limit).put("/proc/sys/net/core/wmem_max", "2097152");

        List<Finding> findings = machine.examine(new SocketBufferCheck());

        assertEquals(state, findings.get(0).state());
        assertEquals(State.OK, findings.get(1).state());
    }

    @Test
    void shouldNameTheCommandWhenTheSendBufferIsSmall() {
        machine.put("/proc/sys/net/core/rmem_max", "4194304").put("/proc/sys/net/core/wmem_max", "212992");

        Finding send = machine.examine(new SocketBufferCheck()).get(1);

        assertEquals(State.ADVICE, send.state());
        assertEquals("net.core.wmem_max 212992 (208 KiB); a driver asks for 2 MiB", send.what());
        assertEquals("sysctl -w net.core.wmem_max=2097152", send.remedy());
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "17, ADVICE"})
    void shouldCountDatagramsThatSocketsHadNoRoomFor(String dropped, State state) {
        machine.put("/proc/net/snmp", """
                Tcp: InSegs OutSegs
                Tcp: 5 6
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 100 2 3 90 %s 0
                UdpLite: InDatagrams RcvbufErrors
                UdpLite: 0 9""".formatted(dropped));

        assertEquals(state, machine.only(new DroppedDatagramsCheck()).state());
    }

    @Test
    void shouldNotKnowDropsWhenTheColumnIsMissing() {
        machine.put("/proc/net/snmp", "Udp: InDatagrams\nUdp: 1");

        assertEquals(State.UNKNOWN, machine.only(new DroppedDatagramsCheck()).state());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, ADVICE", "50, 0, ADVICE", "50, 50, OK"})
    void shouldWantBusyPollingWhereADriverSpins(String read, String poll, State state) {
        machine.put("/proc/sys/net/core/busy_read", read).put("/proc/sys/net/core/busy_poll", poll);

        assertEquals(state, machine.only(new BusyPollCheck(SERVER)).state());
        assertEquals(state, machine.only(new BusyPollCheck(Optional.empty())).state());
    }

    @Test
    void shouldNotWantBusyPollingWhereItDoesNothing() {
        machine.put("/proc/sys/net/core/busy_read", "0").put("/proc/sys/net/core/busy_poll", "0");
        HostUse loopback = use(DriverMode.PROCESS, Profile.LOW_LATENCY, LOOPBACK);
        HostUse laptop = use(DriverMode.PROCESS, Profile.DEFAULT, ETH0);

        assertEquals(
                State.OK, machine.only(new BusyPollCheck(Optional.of(loopback))).state());
        assertEquals(
                State.OK, machine.only(new BusyPollCheck(Optional.of(laptop))).state());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, OK", "0, 2, OK", "2, 3, OK", "0, 1, PROBLEM", "1, 0, PROBLEM", "0, x, UNKNOWN"})
    void shouldRefuseTheFirstVersionOfIgmpOnAnyNicOfTheHost(String all, String own, State state) {
        machine.put("/proc/sys/net/ipv4/conf/all/force_igmp_version", all)
                .put("/proc/sys/net/ipv4/conf/eth0/force_igmp_version", own)
                .put("/proc/sys/net/ipv4/conf/wlan0/force_igmp_version", "1");

        assertEquals(state, machine.examine(new IgmpCheck(SERVER)).get(0).state());
    }

    @ParameterizedTest
    @CsvSource({"20, OK", "1, OK", "0, PROBLEM"})
    void shouldWantRoomForOneGroupASocket(String limit, State state) {
        machine.put("/proc/sys/net/ipv4/igmp_max_memberships", limit);

        assertEquals(state, machine.examine(new IgmpCheck(SERVER)).get(1).state());
    }

    @Test
    void shouldWantAQuerierOnTheBridgeThatANicIsAPortOf() {
        bridge("br0", "1", "0");
        bridge("docker0", "1", "0");
        machine.link("/sys/class/net/eth0/brport/bridge", "../../br0");

        Finding finding = machine.only(new BridgeCheck(SERVER));

        assertEquals(State.ADVICE, finding.state());
        assertEquals("ip link set dev br0 type bridge mcast_querier 1", finding.remedy());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, OK", "0, 0, OK", "1, 0, ADVICE"})
    void shouldLookAtEveryBridgeWhenNoNicsAreNamed(String snooping, String querier, State state) {
        machine.put("/sys/class/net/eth0/mtu", "1500");
        bridge("br0", snooping, querier);

        assertEquals(state, machine.only(new BridgeCheck(Optional.empty())).state());
    }

    @Test
    void shouldSayNothingOfBridgesWhenThereAreNone() {
        machine.put("/sys/class/net/eth0/mtu", "1500");

        assertTrue(machine.examine(new BridgeCheck(SERVER)).isEmpty());
        assertTrue(machine.examine(new BridgeCheck(Optional.empty())).isEmpty());
    }

    private void bridge(String name, String snooping, String querier) {
        machine.put("/sys/class/net/" + name + "/bridge/multicast_snooping", snooping)
                .put("/sys/class/net/" + name + "/bridge/multicast_querier", querier);
    }
}
