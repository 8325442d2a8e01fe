// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.media.DirectoryLock;
import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.system.lab.LabNode;
import io.heliograph.perf.system.lab.LabProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The plan, running: on each host an engine, as the role that a user starts, and its driver; a node on ny1 that publishes, nodes on
 * ny2 and ldn1 that subscribe and keep a ledger of every message, and the relay.
 *
 * <p><b>Thread:</b> one owner.
 */
final class TwoSites implements AutoCloseable {
    /** Within this, of all faults' end, the far site has everything: a caller's longest wait before it calls again, and as much again. */
    static final long CONVERGENCE_NS = 20_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final String PULLED = "pulled over ";

    private static final Path LOGS = Path.of(System.getProperty("heliograph.root", ".."), "perf", "target", "wan");

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final String name = "wan-" + ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    private final Path folder;
    private final NetworkLab network;
    private final SiteJournals journals;
    private final Map<String, RoleProcess> engines = new LinkedHashMap<>();
    private final Map<String, LabProcess> nodes = new LinkedHashMap<>();
    private @Nullable LabProcess relay;
    private int lives;

    private TwoSites(Path folder) {
        this.folder = folder;
        this.journals = new SiteJournals(folder);
        this.network = NetworkLab.make(SitePlan.HOSTS.size(), SitePlan.NICS);
    }

    /**
     * Starts everything, and waits until the far site hears.
     *
     * @param folder for topologies, certificates, journals and what processes say.
     * @param security of the links.
     * @param bridge attributes of the bridge.
     * @param delayMs of the relay, each way.
     * @param rate messages a second.
     * @return to be closed.
     */
    static TwoSites start(Path folder, String security, String bridge, int delayMs, int rate) {
        TwoSites sites = new TwoSites(folder);
        try {
            sites.setUp(security, bridge, delayMs, rate);
            return sites;
        } catch (RuntimeException | Error failed) {
            sites.close();
            throw failed;
        } catch (IOException failed) {
            sites.close();
            throw new UncheckedIOException(failed);
        }
    }

    private void setUp(String security, String bridge, int delayMs, int rate) throws IOException {
        for (int host = 1; host <= SitePlan.HOSTS.size(); host++) {
            for (int nic = 1; nic <= SitePlan.NICS; nic++) {
                if (!SitePlan.nicsOf(host).contains(nic)) {
                    network.unplug(host, nic);
                }
            }
        }
        for (String address : SitePlan.relayAddresses()) {
            network.ip(SitePlan.WAN, "address add " + address + " dev nicd");
        }
        Files.writeString(file(1), SitePlan.topology(name, security, bridge, folder, false));
        Files.writeString(file(SitePlan.LDN), SitePlan.topology(name, security, bridge, folder, true));
        if (security.equals("tls")) {
            RoleProcess certs = RoleProcess.start("certs", "--topology", file(1).toString());
            assertEquals(0, certs.awaitExit(), certs::toString);
        }
        relay = LabProcess.start("relay", network.on(SitePlan.WAN), folder, WanRelay.class, SitePlan.relay(delayMs));
        SitePlan.HOSTS.subList(0, SitePlan.LDN).forEach(this::begin);
        engines.values().forEach(engine -> engine.awaitOut("driver: process"));
        node("ny2", LabNode.RECEIVES);
        node("ldn1", LabNode.RECEIVES);
        node("ny1", LabNode.SENDS);
        relay.await("opened");
        nodes.values().forEach(node -> node.await("opened"));
        awaiting("ny's subscribers", () -> publisher().ask("heard", "isHeard").number("all") == 1);
        publisher().ask(new ControlLine("begin").with("rate", rate), "began");
        awaitAll("the start", CONVERGENCE_NS);
    }

    /** Starts a host's engine, or starts it again. */
    void begin(String host) {
        keepWords(host);
        engines.put(
                host,
                RoleProcess.startBy(
                        network.on(number(host)),
                        "engine",
                        "--topology",
                        file(number(host)).toString(),
                        "--host",
                        host,
                        "--certs",
                        folder.resolve("certs").toString()));
    }

    /** What an engine has said goes to a file, beside those of earlier lives. */
    private void keepWords(String host) {
        RoleProcess over = engines.get(host);
        if (over != null) {
            try {
                Path log = Files.createDirectories(LOGS).resolve(name + "-" + host + "-" + ++lives + ".log");
                Files.write(log, over.out());
                Files.write(log, over.err(), StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    RoleProcess engine(String host) {
        return engines.get(host);
    }

    /** SIGKILL to the host's driver, which is a process of its own; its number. */
    long killDriver(String host) {
        long pid = driver(host);
        assertTrue(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false), "a driver of " + host);
        return pid;
    }

    /** The process that is a host's driver; 0: none. */
    long driver(String host) {
        Path lock = Surroundings.sharedMemory()
                .resolve("heliograph-" + Surroundings.user() + "-" + name + "-" + host + ".driver.lock");
        return DirectoryLock.holder(lock).map(DirectoryLock.Holder::pid).orElse(0L);
    }

    LabProcess publisher() {
        return nodes.get("ny1");
    }

    LabProcess subscriber(String host) {
        return nodes.get(host);
    }

    /** Does something to a path, or undoes it; returns the monotonic time at which that began. */
    long relay(String verb, int path, boolean isOn) {
        return relay(new ControlLine(verb).with("path", path).with("on", isOn ? 1 : 0))
                .number("at");
    }

    /** All paths are as they should be. */
    void heal() {
        relay(new ControlLine("heal"));
    }

    /** Whether a path has a connection, as far as the relay knows. */
    boolean isConnected(int path) {
        return relay(new ControlLine("look")).number("open" + path) > 1;
    }

    /** Bits that the relay has changed so far. */
    long changed() {
        ControlLine seen = relay(new ControlLine("look"));
        return seen.number("changed0") + seen.number("changed1");
    }

    private ControlLine relay(ControlLine command) {
        LabProcess running = relay;
        if (running == null) {
            throw new AssertionError("no relay");
        }
        return running.ask(command, "done");
    }

    /** Over which path ldn1 says that it pulls; the first one of several. */
    int carrying() {
        List<String> out = engine("ldn1").out();
        for (int i = out.size() - 1; i >= 0; i--) {
            int at = out.get(i).indexOf(PULLED);
            if (at >= 0) {
                return out.get(i).startsWith("ny2", at + PULLED.length()) ? 1 : 0;
            }
        }
        throw new AssertionError("ldn1 pulls over nothing: " + engine("ldn1"));
    }

    /**
     * Waits until the subscribers of both sites have everything that was sent before the call, each message once and in order.
     *
     * @param behind what this is waited for after: the words of the failure.
     * @param atMostNs how long.
     * @return how long it took, ns.
     */
    long awaitAll(String behind, long atMostNs) {
        long beganNs = SystemNanoClock.INSTANCE.nanoTime();
        ControlLine sent = publisher().ask("sent", "wasSent");
        for (String host : List.of("ny2", "ldn1")) {
            awaitAll(behind, host, sent, beganNs + atMostNs);
        }
        return SystemNanoClock.INSTANCE.nanoTime() - beganNs;
    }

    private void awaitAll(String behind, String host, ControlLine sent, long untilNs) {
        boolean isAll = false;
        while (!isAll) {
            ControlLine reached = subscriber(host).ask(new ControlLine("reach").withAll(sent), "reached");
            isAll = true;
            for (int id : SitePlan.STREAMS) {
                String where = behind + ": stream " + id + " at " + host + ": " + reached;
                assertEquals("", reached.text(id + ".complaints"), where);
                assertEquals("", reached.text(id + ".notices"), where);
                isAll &= reached.number(id + ".next") > sent.number(id + ".number");
            }
            if (!isAll && SystemNanoClock.INSTANCE.nanoTime() - untilNs > 0) {
                throw new AssertionError(behind + ": " + host + " lacks something: " + reached + " of " + sent + "; "
                        + engines.values());
            }
            for (int id : SitePlan.STREAMS) {
                assertTrue(
                        reached.number(id + ".first") <= 1, () -> host + " does not begin with the first: " + reached);
            }
        }
    }

    /** Waits until every host's journal has all that was sent before the call: a host that was killed has what it missed, too. */
    void awaitJournals() {
        ControlLine sent = publisher().ask("sent", "wasSent");
        for (String host : engines.keySet()) {
            for (int id : SitePlan.STREAMS) {
                awaiting(
                        "stream " + id + " in the journal of " + host,
                        () -> journals.last(host, id) >= sent.number(id + ".number"));
            }
        }
    }

    SiteJournals journals() {
        return journals;
    }

    /** How far a subscriber is, all streams together. */
    long delivered(String host) {
        ControlLine reached = subscriber(host).ask(new ControlLine("reach").withAll(nothing()), "reached");
        long sum = 0;
        for (int id : SitePlan.STREAMS) {
            assertEquals("", reached.text(id + ".complaints"), host);
            assertEquals("", reached.text(id + ".notices"), host);
            sum += reached.number(id + ".next") - 1;
        }
        return sum;
    }

    private static ControlLine nothing() {
        ControlLine line = new ControlLine("reach");
        for (int id : SitePlan.STREAMS) {
            line.with(id + ".number", -1).with(id + ".chain", 0);
        }
        return line;
    }

    /** The longest time without a message of a stream at a subscriber since the last call, of the stream that had the longest, ns. */
    long takePauseNs(String host) {
        ControlLine paused = subscriber(host).ask("pauses", "paused");
        long longest = 0;
        for (int id : SitePlan.STREAMS) {
            longest = Math.max(longest, paused.number(id + ".pause"));
        }
        return longest;
    }

    /** Memory of a process that is in use, octets. */
    static long residentOctets(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        throw new AssertionError("process " + pid + " has no memory");
    }

    /** Lets time pass. */
    static void pass(long ns) {
        long endNs = SystemNanoClock.INSTANCE.nanoTime() + ns;
        for (long leftNs = ns; leftNs > 0; leftNs = endNs - SystemNanoClock.INSTANCE.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    static long seconds(long ns) {
        return ns / SECOND_NS;
    }

    private void node(String host, String work) {
        nodes.put(
                host,
                LabProcess.start(
                        host + "-node",
                        network.on(number(host)),
                        folder,
                        LabNode.class,
                        file(number(host)).toString(),
                        host,
                        work));
    }

    private static int number(String host) {
        return SitePlan.HOSTS.indexOf(host) + 1;
    }

    private Path file(int host) {
        return folder.resolve(host == SitePlan.LDN ? "ldn.xml" : "ny.xml");
    }

    @Override
    public void close() {
        nodes.values().forEach(LabProcess::dismiss);
        CloseHelper.closeAll(nodes.values());
        engines.keySet().forEach(this::keepWords);
        engines.values().forEach(RoleProcess::close);
        CloseHelper.close(relay);
        CloseHelper.close(journals);
        for (String host : engines.keySet()) {
            ProcessHandle.of(driver(host)).ifPresent(ProcessHandle::destroyForcibly);
        }
        network.close();
        File[] left = Surroundings.sharedMemory()
                .toFile()
                .listFiles((in, file) -> file.startsWith("heliograph-") && file.contains("-" + name + "-"));
        for (File file : left == null ? new File[0] : left) {
            IoUtil.delete(file, true);
        }
    }
}
