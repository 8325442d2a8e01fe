// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hosts as network namespaces, with NICs {@code a}, {@code b} and so on, each on a bridge of its own in a namespace between
 * them (snooping, with a querier), so that a cable's either end can be pulled. NIC n of host h is the device {@code nica}, {@code
 * nicb} and so on, and has the address {@code
 * 10.79.n.h/24}, both from 1, and the MAC address {@code 02:00:00:79:n:h}, also after it was unplugged. Needs root; named after this process; what a killed process left is removed by the next.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class NetworkLab implements AutoCloseable {
    private static final String PREFIX = "hg-lab-";
    private static final long PATIENCE_S = 10;

    /** Which datagrams a blocked port drops, with the carrier on. */
    public enum Direction {
        /** All. */
        BOTH,
        /** What the host sends: it is mute. */
        FROM_HOST,
        /** What is sent to the host: it is deaf. */
        TO_HOST
    }

    private final String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    private final int hosts;
    private final int nics;

    private NetworkLab(int hosts, int nics) {
        this.hosts = hosts;
        this.nics = nics;
    }

    /**
     * Whether this process may make namespaces: tries it.
     *
     * @return false without root, or where the kernel has none.
     */
    public static boolean isPossible() {
        String probe = PREFIX + ProcessHandle.current().pid() + "-probe";
        boolean isMade = run("ip netns add " + probe).isEmpty();
        return run("ip netns delete " + probe).isEmpty() && isMade;
    }

    /**
     * Makes the network.
     *
     * @param hosts how many.
     * @param nics of each.
     * @return the lab; to be closed.
     */
    public static NetworkLab make(int hosts, int nics) {
        removeAbandoned();
        NetworkLab lab = new NetworkLab(hosts, nics);
        try {
            lab.setUp();
            return lab;
        } catch (RuntimeException | Error failed) {
            lab.close();
            throw failed;
        }
    }

    /**
     * What a command begins with that runs on a host.
     *
     * @param host 1 and up.
     * @return words.
     */
    public List<String> on(int host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    /**
     * Runs a command on a host, or fails.
     *
     * @param host 1 and up.
     * @param command words with a blank between.
     */
    public void onHost(int host, String command) {
        must("ip netns exec " + name(host) + " " + command);
    }

    /**
     * Runs {@code ip} for a host, which is quicker than {@link #onHost}.
     *
     * @param host 1 and up.
     * @param arguments of {@code ip}.
     */
    public void ip(int host, String arguments) {
        must("ip -n " + name(host) + " " + arguments);
    }

    /**
     * Runs {@code ip} for the switches.
     *
     * @param arguments of {@code ip}; the port of host 2's NIC b is {@code p2b}.
     */
    public void ipOnSwitch(String arguments) {
        must("ip -n " + prefix + "s " + arguments);
    }

    /**
     * Plugs an adapter in: makes the device, its address and its cable.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     */
    public void plugIn(int host, int nic) {
        String port = port(host, nic);
        must("ip link add " + device(nic) + " netns " + name(host) + " address " + mac(host, nic)
                + " type veth peer name " + port + " netns " + prefix + "s");
        ipOnSwitch("link set " + port + " master br" + nic + " up");
        addAddress(host, nic);
        setLink(host, nic, true);
    }

    /**
     * Pulls an adapter out: the device is gone.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     */
    public void unplug(int host, int nic) {
        ip(host, "link delete " + device(nic));
    }

    /**
     * Sets a NIC up or down, as {@code ip link set} does.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     * @param isUp from now on.
     */
    public void setLink(int host, int nic, boolean isUp) {
        ip(host, "link set " + device(nic) + (isUp ? " up" : " down"));
    }

    /**
     * Puts a NIC's cable in, or pulls it out at the switch: the carrier comes or goes.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     * @param isIn from now on.
     */
    public void setCable(int host, int nic, boolean isIn) {
        ipOnSwitch("link set " + port(host, nic) + (isIn ? " up" : " down"));
    }

    /**
     * Gives a NIC its address.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     */
    public void addAddress(int host, int nic) {
        ip(host, "address add " + address(host, nic) + " dev " + device(nic));
    }

    /**
     * Takes a NIC's address away.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     */
    public void removeAddress(int host, int nic) {
        ip(host, "address del " + address(host, nic) + " dev " + device(nic));
    }

    /**
     * Blocks a NIC's port of its switch; the carrier stays on.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     * @param direction of what is dropped.
     */
    public void block(int host, int nic, Direction direction) {
        StringBuilder rules = new StringBuilder("table netdev " + port(host, nic) + " {");
        if (direction != Direction.TO_HOST) {
            rules.append(dropping("ingress", port(host, nic)));
        }
        if (direction != Direction.FROM_HOST) {
            rules.append(dropping("egress", port(host, nic)));
        }
        must("ip netns exec " + prefix + "s nft " + rules + " }");
    }

    /**
     * Ends {@link #block}.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     */
    public void unblock(int host, int nic) {
        must("ip netns exec " + prefix + "s nft delete table netdev " + port(host, nic));
    }

    /**
     * Which groups the switches forward to which ports, as they have seen it in what hosts report.
     *
     * @return in words, a line each.
     */
    public String memberships() {
        return ask("bridge -n " + prefix + "s -d -s mdb show").words();
    }

    private static String dropping(String hook, String device) {
        return " chain " + hook + " { type filter hook " + hook + " device " + device + " priority 0; policy drop; };";
    }

    /**
     * The address of a NIC.
     *
     * @param host 1 and up.
     * @param nic 1 and up.
     * @return with its prefix length.
     */
    public static String address(int host, int nic) {
        return "10.79." + nic + "." + host + "/24";
    }

    /** Removes everything. Idempotent. */
    @Override
    public void close() {
        for (int host = 1; host <= hosts; host++) {
            run("ip netns delete " + name(host));
        }
        run("ip netns delete " + prefix + "s");
    }

    private void setUp() {
        must("ip netns add " + prefix + "s");
        for (int nic = 1; nic <= nics; nic++) {
            // For as long as the answer to a query may take a new querier floods what nobody has asked for: not here.
            ipOnSwitch("link add br" + nic + " type bridge mcast_snooping 1 mcast_query_response_interval 0");
            ipOnSwitch("link set br" + nic + " type bridge mcast_querier 1");
            ipOnSwitch("link set br" + nic + " type bridge mcast_query_response_interval 1000");
            ipOnSwitch("link set br" + nic + " up");
        }
        for (int host = 1; host <= hosts; host++) {
            must("ip netns add " + name(host));
            ip(host, "link set lo up");
            for (int nic = 1; nic <= nics; nic++) {
                plugIn(host, nic);
            }
        }
    }

    private String name(int host) {
        return prefix + host;
    }

    /** The system's name is not the topology's, and is no word of {@code ip}'s own. */
    private static String device(int nic) {
        return "nic" + letter(nic);
    }

    private static String port(int host, int nic) {
        return "p" + host + letter(nic);
    }

    /** An adapter that is plugged in again is the same one. */
    private static String mac(int host, int nic) {
        return String.format("02:00:00:79:%02x:%02x", nic, host);
    }

    private static String letter(int nic) {
        return Character.toString('a' + nic - 1);
    }

    private static void must(String command) {
        List<String> complaints = run(command);
        if (!complaints.isEmpty()) {
            throw new AssertionError("'" + command + "' failed: " + complaints);
        }
    }

    /** What speaks against a command's success; nothing when it had it. */
    private static List<String> run(String command) {
        Answer answer = ask(command);
        return answer.isGood() ? List.of() : List.of("exit code " + answer.exitCode() + " " + answer.words());
    }

    private static Answer ask(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" ", -1))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean isEnded = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            return new Answer(isEnded ? process.exitValue() : -1, isEnded ? said.trim() : "no end");
        } catch (IOException notThere) {
            return new Answer(-1, String.valueOf(notThere.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer(-1, "interrupted");
        }
    }

    private static void removeAbandoned() {
        try {
            Process list = new ProcessBuilder("ip", "netns", "list").start();
            String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (String line : names.split("\n", -1)) {
                String name = line.split(" ", -1)[0];
                boolean isOurs = name.matches(PREFIX + "\\d+-.+");
                if (isOurs
                        && ProcessHandle.of(Long.parseLong(name.split("-", -1)[2]))
                                .isEmpty()) {
                    run("ip netns delete " + name);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a command said, and how it ended. */
    private record Answer(int exitCode, String words) {
        boolean isGood() {
            return exitCode == 0;
        }
    }
}
