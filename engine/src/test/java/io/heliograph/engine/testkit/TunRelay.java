// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tunnels between two hosts of a {@link NetworkLab}: real {@code tun} devices, without MAC address, and a process that carries
 * packets between them ({@code tun_relay.c}). Tunnel n has the address {@code 10.99.n.h/24} on host h and an MTU of 1,420.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class TunRelay implements AutoCloseable {
    /** What a tunnel takes, bytes: less than Ethernet, as with a VPN. */
    public static final int MTU = 1420;

    private static final Path DEVICES = Path.of("/dev/net/tun");

    private final Process relay;
    private final BufferedReader said;

    private TunRelay(Process relay, BufferedReader said) {
        this.relay = relay;
        this.said = said;
    }

    /**
     * Whether this machine has tunnels and a compiler for the relay.
     *
     * @return false without {@code /dev/net/tun} or {@code cc}.
     */
    public static boolean isPossible() {
        return Files.isWritable(DEVICES) && run(List.of("cc", "--version")).isEmpty();
    }

    /**
     * Makes tunnels between two hosts.
     *
     * @param lab with both.
     * @param folder for the relay's program.
     * @param first host, 1 and up.
     * @param second host.
     * @param tunnels how many.
     * @return the relay; to be closed.
     */
    public static TunRelay between(NetworkLab lab, Path folder, int first, int second, int tunnels) {
        List<String> words = new ArrayList<>(List.of(compiled(folder).toString()));
        for (int tunnel = 1; tunnel <= tunnels; tunnel++) {
            words.addAll(List.of(device(tunnel, first), device(tunnel, second)));
        }
        TunRelay made = start(words);
        try {
            for (int tunnel = 1; tunnel <= tunnels; tunnel++) {
                attach(lab, tunnel, first);
                attach(lab, tunnel, second);
            }
            return made;
        } catch (RuntimeException | Error failed) {
            made.close();
            throw failed;
        }
    }

    /**
     * For how long the relay did not get to run, at the longest, since it was asked last.
     *
     * @return ms.
     */
    public long takeLongestPauseMs() {
        try {
            relay.getOutputStream().write('\n');
            relay.getOutputStream().flush();
            return Long.parseLong(said.readLine().substring("paused ".length()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /**
     * The system's name of a tunnel's end.
     *
     * @param tunnel 1 and up.
     * @param host 1 and up.
     * @return a name that belongs to this process.
     */
    public static String device(int tunnel, int host) {
        return "hg" + ProcessHandle.current().pid() + "t" + tunnel + "h" + host;
    }

    /**
     * The address of a tunnel's end.
     *
     * @param tunnel 1 and up.
     * @param host 1 and up.
     * @return with its prefix length.
     */
    public static String address(int tunnel, int host) {
        return "10.99." + tunnel + "." + host + "/24";
    }

    /** Ends the relay, and the devices with it. Idempotent. */
    @Override
    public void close() {
        relay.destroyForcibly();
        try {
            relay.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attach(NetworkLab lab, int tunnel, int host) {
        List<String> on = lab.on(host);
        String device = device(tunnel, host);
        must(List.of("ip", "link", "set", device, "netns", on.get(on.size() - 1)));
        lab.ip(host, "address add " + address(tunnel, host) + " dev " + device);
        lab.ip(host, "link set " + device + " mtu " + MTU + " up");
    }

    private static Path compiled(Path folder) {
        Path source = Path.of(System.getProperty("heliograph.root", ".."), "engine/src/test/c/tun_relay.c");
        Path program = folder.resolve("tun_relay");
        must(List.of(
                "cc",
                "-std=c11",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-D_GNU_SOURCE",
                "-o",
                program.toString(),
                source.toString()));
        return program;
    }

    /** Started, with its devices. */
    private static TunRelay start(List<String> words) {
        try {
            Process started =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            BufferedReader says = started.inputReader();
            String said = says.readLine();
            if (!"ready".equals(said)) {
                started.destroyForcibly();
                throw new AssertionError(words + " says " + said);
            }
            return new TunRelay(started, says);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void must(List<String> words) {
        String failure = run(words);
        if (!failure.isEmpty()) {
            throw new AssertionError(words + ": " + failure);
        }
    }

    /** What went wrong; empty when nothing did. */
    private static String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + said;
        } catch (IOException notThere) {
            return "failed: " + notThere.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "failed: interrupted";
        }
    }
}
