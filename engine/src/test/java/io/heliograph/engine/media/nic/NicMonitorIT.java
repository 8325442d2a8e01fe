// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeron.Aeron;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.testkit.CoreWait;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.RoleProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts with an engine each, two NICs each; this process reads their health as any publisher would. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("full")
final class NicMonitorIT {
    private static final int A = 0;
    private static final int B = 1;
    private static final long CARRIER_LIMIT_NS = 50_000_000L;
    private static final long PATH_LIMIT_NS = 1_000_000_000L;
    private static final long REPORTS_NS = 1_500_000_000L;

    /** Joined anew within half a second, and held for as much. */
    private static final long LATE_PORT_LIMIT_NS = 2_000_000_000L;

    private static final long SHORT_NS = 100_000_000L;

    private final List<RoleProcess> engines = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final List<Aeron> clients = new ArrayList<>();
    private final List<NicHealth> healths = new ArrayList<>();
    private NetworkLab lab;
    private final List<CoreWait> waits = new ArrayList<>();
    private long waitedNs;
    private long beganNs;
    private long endedNs;

    @BeforeAll
    void makeTheLab() {
        assumeTrue(NetworkLab.isPossible(), "SKIPPED: no network namespaces without root: NIC faults are not tested");
        lab = NetworkLab.make(2, 2);
    }

    @AfterAll
    void removeTheLab() {
        CloseHelper.close(lab);
    }

    @BeforeEach
    void startTheEngines(TestInfo info, @TempDir Path folder) throws IOException {
        String test = info.getTestMethod().orElseThrow().getName();
        String topology = "nic-" + ProcessHandle.current().pid() + "-" + Math.abs(test.hashCode() % 10_000);
        Path file = Files.writeString(folder.resolve("topology.xml"), """
                <topology xmlns="urn:heliograph:topology:1" name="%s">
                  <site name="lab" multicast="239.20.0.0/20">
                    <host name="h1"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <host name="h2"><nic name="a" address="%s"/><nic name="b" address="%s"/><engine driver="engine"/></host>
                    <bond name="ab" nics="a b"/>
                  </site>
                  <stream name="itch" id="1001" site="lab" publishers="h1" bond="ab" lines="redundant"/>
                </topology>
                """.formatted(
                        topology,
                        NetworkLab.address(1, 1),
                        NetworkLab.address(1, 2),
                        NetworkLab.address(2, 1),
                        NetworkLab.address(2, 2)));
        // A command that makes the link flap takes some time itself: never as much as the hold.
        String hold = test.contains("Flaps") ? "5s" : "500ms";
        for (int host = 1; host <= 2; host++) {
            String[] words = {
                "engine", "--json", "--nic-hold", hold, "--topology", file.toString(), "--host", "h" + host
            };
            engines.add(RoleProcess.startBy(lab.on(host), words));
        }
        for (int host = 1; host <= 2; host++) {
            Path directory = DriverDirectories.of(topology, "h" + host);
            directories.add(directory);
            awaiting("the driver of h" + host, () -> AttachedDriver.isAlive(directory));
            Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory.toString()));
            clients.add(client);
            NicHealth health = new NicHealth("h" + host, List.of("a", "b"));
            health.attach(client, System.nanoTime());
            healths.add(health);
        }
        awaitEverythingUp();
        engines.forEach(engine -> waits.add(CoreWait.ofThread(engine.pid(), "nic-monitor")));
    }

    @AfterEach
    void endTheEngines() throws IOException {
        CloseHelper.closeAll(waits);
        waits.clear();
        CloseHelper.closeAll(clients);
        CloseHelper.closeAll(waits);
        waits.clear();
        engines.forEach(RoleProcess::terminate);
        for (Path directory : directories) {
            for (String suffix : List.of(".engine.lock", ".driver.lock", ".log")) {
                Files.deleteIfExists(Path.of(directory + suffix));
            }
        }
        directories.clear();
        engines.clear();
        clients.clear();
        healths.clear();
    }

    @Test
    void shouldSeeALinkSetDownHereAtOnceAndAtThePeerWithinASecond() {
        fault(() -> lab.ip(1, "link set nica down"));
        seen("link set down, here", CARRIER_LIMIT_NS, () -> isDown(1, A));
        seen("link set down, at the peer", PATH_LIMIT_NS, () -> isDown(2, A));
        assertEquals(NicState.UP, health(1).state(B));
        assertEquals(NicState.UP, health(2).state(B));
        assertEquals(NicFault.LINK.code(), counter(1, NicDescriptor.NIC_CAUSE, "a"));
        assertEquals(NicFault.PEERS.code(), counter(2, NicDescriptor.NIC_CAUSE, "a"));

        lab.ip(1, "link set nica up");

        awaitEverythingUp();
        assertEquals(1, counter(1, NicDescriptor.NIC_DOWNS, "a"));
        String line = engines.get(1).awaitOut("\"cause\":\"peers\"");
        assertTrue(line.contains("not connected with h1"), line);
    }

    @Test
    void shouldSeeALostCarrierAtOnceWhenThePortIsDown() {
        fault(() -> lab.ipOnSwitch("link set p1b down"));
        seen("carrier lost, here", CARRIER_LIMIT_NS, () -> isDown(1, B));
        seen("carrier lost, at the peer", PATH_LIMIT_NS, () -> isDown(2, B));
        assertEquals(NicFault.CARRIER.code(), counter(1, NicDescriptor.NIC_CAUSE, "b"));

        lab.ipOnSwitch("link set p1b up");

        awaitEverythingUp();
    }

    /** As real ports do: what was joined when the carrier came has not reached the switch, and it asks seldom. */
    @Test
    void shouldBeHeardSoonAfterASwitchPortThatForwardsLate() {
        lab.setCable(1, 1, false);
        awaiting("down", () -> isDown(1, A));
        lab.block(1, 1, NetworkLab.Direction.BOTH);
        lab.setCable(1, 1, true);
        awaiting("the carrier", () -> counter(1, NicDescriptor.NIC_CAUSE, "a") == NicFault.PEERS.code());
        // The kernel repeats what it joins once, within a second.
        long endNs = System.nanoTime() + REPORTS_NS;
        awaiting("the kernel's reports, in vain", () -> System.nanoTime() - endNs > 0);

        fault(() -> lab.unblock(1, 1));

        seen("a port that forwards late", LATE_PORT_LIMIT_NS, () -> !isDown(1, A) && !isDown(2, A));
    }

    @Test
    void shouldSeeAnAddressGoAndComeBack() {
        String address = NetworkLab.address(1, 1);
        fault(() -> lab.ip(1, "address del " + address + " dev nica"));
        seen("address removed", PATH_LIMIT_NS, () -> isDown(1, A));
        assertEquals(NicFault.ADDRESS.code(), counter(1, NicDescriptor.NIC_CAUSE, "a"));

        lab.ip(1, "address add " + address + " dev nica");

        awaitEverythingUp();
    }

    @Test
    void shouldSeeAnAdapterVanishAndReturn() {
        fault(() -> lab.unplug(2, 2));
        seen("adapter unplugged", CARRIER_LIMIT_NS, () -> isDown(2, B));
        awaiting("the address is missed", () -> counter(2, NicDescriptor.NIC_CAUSE, "b") == NicFault.ADDRESS.code());

        lab.plugIn(2, 2);

        awaitEverythingUp();
    }

    @Test
    void shouldBeDownAtBothEndsWhenOneDirectionIsBlockedWithTheCarrierOn() {
        String block = " INPUT -i nica -p udp -j DROP";
        fault(() -> lab.onHost(1, "iptables -A" + block));

        seen("one direction blocked, at the deaf end", PATH_LIMIT_NS, () -> isDown(1, A));
        seen("one direction blocked, at both ends", PATH_LIMIT_NS, () -> isDown(1, A) && isDown(2, A));
        assertEquals(NicFault.PEERS.code(), counter(1, NicDescriptor.NIC_CAUSE, "a"));
        assertEquals(NicState.UP, health(1).state(B));

        lab.onHost(1, "iptables -D" + block);

        awaitEverythingUp();
    }

    @Test
    void shouldStayDownWhenTheLinkFlapsFiveTimesASecond() {
        for (int i = 0; i < 10; i++) {
            lab.ipOnSwitch("link set p2a down");
            awaiting("down", () -> isDown(2, A));
            long endNs = System.nanoTime() + SHORT_NS;
            while (System.nanoTime() - endNs < 0) {
                assertTrue(isDown(2, A), "round " + i);
                LockSupport.parkNanos(1_000_000L);
            }
            lab.ipOnSwitch("link set p2a up");
            endNs = System.nanoTime() + SHORT_NS;
            while (System.nanoTime() - endNs < 0) {
                assertTrue(isDown(2, A), "round " + i);
                LockSupport.parkNanos(1_000_000L);
            }
        }
        assertEquals(1, counter(2, NicDescriptor.NIC_DOWNS, "a"));

        awaitEverythingUp();
    }

    private void fault(Runnable command) {
        // Here and not before each test: JUnit gives what has a time limit a thread of its own.
        waits.add(CoreWait.ofThisThread());
        beganNs = System.nanoTime();
        command.run();
        endedNs = System.nanoTime();
        waitedNs = waitedNs();
    }

    /** For how long engines' monitors and this thread wanted a core and got none: the machine's delay, and not the engine's. */
    private long waitedNs() {
        return waits.stream().mapToLong(CoreWait::ns).sum();
    }

    /**
     * Waits until something is seen of the fault in the counters; says how long after its command that was. Where that has to be
     * at once, the time in which the machine did not run those who look is left out.
     */
    private void seen(String what, long limitNs, BooleanSupplier isSeen) {
        awaiting(what, () -> LockSupport.parkNanos(200_000L), isSeen);
        long seenNs = System.nanoTime();
        long waitNs = limitNs == CARRIER_LIMIT_NS ? waitedNs() - waitedNs : 0;
        System.out.printf(
                "%s: %.1f ms after the command began, %.1f ms after it ended; %.1f ms of waiting for a core%n",
                what, (seenNs - beganNs) / 1e6, (seenNs - endedNs) / 1e6, waitNs / 1e6);
        assertTrue(seenNs - endedNs - waitNs < limitNs, what + ": " + (seenNs - endedNs) + " ns, waits " + waitNs);
    }

    private void awaitEverythingUp() {
        for (int host = 1; host <= 2; host++) {
            int here = host;
            for (int nic = A; nic <= B; nic++) {
                int which = nic;
                String name = which == A ? "a" : "b";
                awaiting("h" + here + "'s NIC " + name + " up, with its peer; " + engines, () -> {
                    health(here).doWork(System.nanoTime());
                    return health(here).state(which) == NicState.UP
                            && counter(here, NicDescriptor.NIC_PEERS, name) == 1;
                });
                assertFalse(isDown(here, which));
            }
        }
    }

    private NicHealth health(int host) {
        return healths.get(host - 1);
    }

    private boolean isDown(int host, int nic) {
        return !health(host).isUp(nic);
    }

    private long counter(int host, CounterDescriptor counter, String nic) {
        CountersReader counters = clients.get(host - 1).countersReader();
        String label = counter.labelOfNic("h" + host, nic);
        long[] value = {-1};
        counters.forEach((id, text) -> value[0] = text.equals(label) ? counters.getCounterValue(id) : value[0]);
        return value[0];
    }
}
