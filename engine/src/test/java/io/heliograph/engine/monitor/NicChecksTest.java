// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.ETH0;
import static io.heliograph.engine.monitor.MachineTree.LOOPBACK;
import static io.heliograph.engine.monitor.MachineTree.nic;
import static io.heliograph.engine.monitor.MachineTree.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.DriverMode;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Profile;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.monitor.Finding.State;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The NICs of a topology on the machine, and their MTU. */
final class NicChecksTest {
    private static final HostUse.NicUse ABSENT = nic("b", "10.10.2.11", 24, 1500, Optional.empty(), 1436);

    @TempDir
    private Path folder;

    private MachineTree machine;

    @BeforeEach
    void setUp() {
        machine = new MachineTree(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "up, 0x1003, OK",
        "unknown, 0x1003, OK",
        "down, 0x1002, PROBLEM",
        "lowerlayerdown, 0x1003, PROBLEM",
        "up, 0x91, PROBLEM",
        "up, ?, OK"
    })
    void shouldWantTheNicUpAndOpenToMulticast(String operational, String flags, State state) {
        machine.put("/sys/class/net/eth0/operstate", operational).put("/sys/class/net/eth0/flags", flags);

        assertEquals(state, machine.only(nics(ETH0)).state());
    }

    @Test
    void shouldTakeLoopbackWithoutItsMulticastFlag() {
        machine.put("/sys/class/net/lo/operstate", "unknown").put("/sys/class/net/lo/flags", "0x9");

        assertEquals(State.OK, machine.only(nics(LOOPBACK)).state());
    }

    @Test
    void shouldSayWhatIsMissingWhenNothingHasTheAddress() {
        Finding finding = machine.only(nics(ABSENT));

        assertEquals(State.PROBLEM, finding.state());
        assertEquals("NIC b: nothing on this machine has its address 10.10.2.11/24", finding.what());
        assertTrue(machine.examine(new MtuCheck(use(DriverMode.PROCESS, Profile.DEFAULT, ABSENT)))
                .isEmpty());
    }

    @Test
    void shouldNotKnowANicWhenThereIsNoSysfs() {
        assertEquals(State.UNKNOWN, machine.only(nics(ETH0)).state());
        assertEquals(State.UNKNOWN, machine.only(mtu(ETH0)).state());
    }

    @ParameterizedTest
    @CsvSource({"1400, PROBLEM", "1435, PROBLEM", "1436, ADVICE", "1499, ADVICE", "1500, OK", "9000, OK"})
    void shouldWantThePacketsInOnePieceAndRoomForATag(String mtu, State state) {
        machine.put("/sys/class/net/eth0/mtu", mtu);

        assertEquals(state, machine.only(mtu(ETH0)).state());
    }

    @Test
    void shouldSayBothWaysOutWhenPacketsDoNotFit() {
        machine.put("/sys/class/net/eth0/mtu", "1400");

        Finding finding = machine.only(mtu(ETH0));

        assertEquals("NIC a (eth0) takes packets of 1400 bytes, and stream itch sends up to 1436", finding.what());
        assertEquals("ip link set dev eth0 mtu 1500; or mtu=\"1400\" at this NIC in the topology", finding.remedy());
    }

    @Test
    void shouldTakeTheLargestPacketsOfTheStreamsThatCrossANic() {
        Topology topology = TopologyReader.read("t.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="t">
                  <site name="ny" multicast="239.20.0.0/20">
                    <host name="one">
                      <nic name="a" address="10.10.1.11/24"/>
                      <nic name="b" address="10.10.2.11/24" mtu="9000"/>
                      <nic name="c" address="10.10.3.11/24"/>
                    </host>
                    <host name="two"><nic name="b" address="10.10.2.12/24" mtu="9000"/></host>
                    <bond name="ab" nics="a b"/>
                    <bond name="b" nics="b"/>
                  </site>
                  <stream name="small" id="1" site="ny" publishers="one" bond="ab" lines="redundant"/>
                  <stream name="large" id="2" site="ny" publishers="two" bond="b" lines="redundant"/>
                </topology>
                """);
        HostPlace one = topology.host("one").orElseThrow();

        HostUse use = HostUse.of(topology, one, address -> Optional.of("dev" + address.getAddress()[2]));

        assertEquals(2, use.publishedLines());
        assertEquals(3, use.heardLines());
        assertEquals("NIC a (dev1)", use.nics().get(0).label());
        assertEquals(1436, use.nics().get(0).packetLength());
        assertEquals("small", use.nics().get(0).stream());
        assertEquals(8220, use.nics().get(1).packetLength());
        assertEquals("large", use.nics().get(1).stream());
        assertEquals(1436, use.nics().get(2).packetLength());
        assertEquals("", use.nics().get(2).stream());
    }

    private static Check nics(HostUse.NicUse nic) {
        return new NicCheck(use(DriverMode.PROCESS, Profile.DEFAULT, nic));
    }

    private static Check mtu(HostUse.NicUse nic) {
        return new MtuCheck(use(DriverMode.PROCESS, Profile.DEFAULT, nic));
    }
}
