// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.lab;

import io.heliograph.engine.cli.CommandException;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Two network namespaces with a veth pair for each line between them: packets cross a real (if virtual) wire, and nothing
 * else of the machine is on it. Named after this process; what a killed process left is removed by the next.
 *
 * <p><b>Thread:</b> one owner, and the shutdown hook after it.
 *
 * <p><b>Failure:</b> a {@link CommandException} with what the system said; nothing is left behind.
 */
final class Namespaces implements AutoCloseable {
    /** Of each veth device: jumbo frames fit, smaller ones do not care. */
    static final int MTU = 9_000;

    private static final long CARRIER_NS = 5_000_000_000L;
    private static final String PREFIX = "hgbench-";

    private final String sending;
    private final String receiving;

    private Namespaces() {
        long pid = ProcessHandle.current().pid();
        sending = PREFIX + pid + "-s";
        receiving = PREFIX + pid + "-r";
    }

    /**
     * Makes the namespaces.
     *
     * @param lines how many veth pairs.
     * @return the namespaces; to be closed.
     */
    static Namespaces make(int lines) {
        removeAbandoned();
        Namespaces made = new Namespaces();
        try {
            made.setUp(lines);
            return made;
        } catch (RuntimeException failed) {
            made.close();
            throw failed;
        }
    }

    /** Whether this process may make namespaces at all: tries it. */
    static boolean arePossible() {
        String probe = PREFIX + ProcessHandle.current().pid() + "-probe";
        boolean isMade = Shell.run("ip netns add " + probe).isDone();
        return Shell.run("ip netns delete " + probe).isDone() && isMade;
    }

    List<String> inSending() {
        return List.of("ip", "netns", "exec", sending);
    }

    List<String> inReceiving() {
        return List.of("ip", "netns", "exec", receiving);
    }

    static String sendingAddress(int line) {
        return "10.77." + (line + 1) + ".1/24";
    }

    static String receivingAddress(int line) {
        return "10.77." + (line + 1) + ".2/24";
    }

    /** Removes the namespaces, and with them the devices. Idempotent. */
    @Override
    public void close() {
        Shell.run("ip netns delete " + sending);
        Shell.run("ip netns delete " + receiving);
    }

    private void setUp(int lines) {
        must("ip netns add " + sending);
        must("ip netns add " + receiving);
        must("ip -n " + sending + " link set lo up");
        must("ip -n " + receiving + " link set lo up");
        for (int line = 0; line < lines; line++) {
            String device = "line" + line;
            must("ip link add " + device + " netns " + sending + " mtu " + MTU + " type veth peer name " + device
                    + " netns " + receiving + " mtu " + MTU);
            join(sending, device, sendingAddress(line));
            join(receiving, device, receivingAddress(line));
            awaitCarrier(sending, device);
            awaitCarrier(receiving, device);
        }
    }

    private static void join(String namespace, String device, String address) {
        must("ip -n " + namespace + " address add " + address + " dev " + device);
        must("ip -n " + namespace + " link set " + device + " up");
    }

    /** The kernel reports a new carrier a little later; until then the JDK calls the interface down. */
    private static void awaitCarrier(String namespace, String device) {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + CARRIER_NS;
        while (!Shell.run("ip -n " + namespace + " -o link show dev " + device)
                .output()
                .contains(" state UP ")) {
            if (deadlineNs - SystemNanoClock.INSTANCE.nanoTime() < 0) {
                throw CommandException.failed(device + " in namespace " + namespace + " has no carrier after 5 s");
            }
        }
    }

    private static void must(String command) {
        Shell.Outcome outcome = Shell.run(command);
        if (!outcome.isDone()) {
            throw CommandException.failed("'" + command + "' failed: " + outcome.output());
        }
    }

    private static void removeAbandoned() {
        for (String line : Shell.run("ip netns list").output().split("\n", -1)) {
            String name = line.split(" ", -1)[0];
            if (name.matches(PREFIX + "\\d+-.+")) {
                long pid = Long.parseLong(name.split("-", -1)[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    Shell.run("ip netns delete " + name);
                }
            }
        }
    }
}
