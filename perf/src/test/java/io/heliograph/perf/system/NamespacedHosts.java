// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system;

import io.heliograph.config.Host;
import io.heliograph.config.Nic;
import io.heliograph.config.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** The two hosts of a site as network namespaces, a veth pair for each NIC between them, with the topology's addresses. */
final class NamespacedHosts implements AutoCloseable {
    private final List<String> namespaces = new ArrayList<>();

    private NamespacedHosts(Site site) {
        site.hosts().forEach(host -> namespaces.add(namespace(host.name())));
    }

    /** Makes the namespaces; where that may not be done the test is skipped, and says so. */
    static NamespacedHosts of(Site site) {
        NamespacedHosts hosts = new NamespacedHosts(site);
        boolean isAllowed = hosts.namespaces.stream()
                .allMatch(name -> run("ip netns add " + name).isEmpty());
        if (!isAllowed) {
            hosts.close();
            System.err.println("skipped: two hosts of one site: network namespaces take root and iproute2");
        }
        Assumptions.assumeTrue(isAllowed, "no network namespaces can be made here");
        String failure = run(hosts.script(site));
        if (!failure.isEmpty()) {
            hosts.close();
            throw new AssertionError(failure);
        }
        return hosts;
    }

    /** What starts a command on a host. */
    List<String> on(String host) {
        return List.of("ip", "netns", "exec", namespace(host));
    }

    @Override
    public void close() {
        namespaces.forEach(name -> run("ip netns delete " + name));
    }

    /** A new carrier is reported a little later; until then the JDK calls the interface down. */
    private String script(Site site) {
        StringBuilder script = new StringBuilder("set -e\n");
        for (Nic nic : site.hosts().get(0).nics()) {
            line(
                    script,
                    "ip link add %1$s netns %2$s type veth peer name %1$s netns %3$s",
                    device(nic),
                    namespaces.get(0),
                    namespaces.get(1));
        }
        for (Host host : site.hosts()) {
            String on = "ip -n " + namespace(host.name());
            line(script, "%s link set lo up", on);
            for (Nic nic : host.nics()) {
                line(script, "%s address add %s dev %s", on, nic.address(), device(nic));
                line(script, "%s link set %s up", on, device(nic));
            }
        }
        for (Host host : site.hosts()) {
            for (Nic nic : host.nics()) {
                line(
                        script,
                        "for i in $(seq 100); do ip -n %s -o link show dev %s | grep -q ' state UP ' && break; done",
                        namespace(host.name()),
                        device(nic));
            }
        }
        return script.toString();
    }

    private static void line(StringBuilder script, String format, Object... words) {
        script.append(String.format(Locale.ROOT, format, words)).append('\n');
    }

    /** The bare name could be a word of the command's. */
    private static String device(Nic nic) {
        return "nic-" + nic.name();
    }

    private static String namespace(String host) {
        return "hgsystem-" + ProcessHandle.current().pid() + "-" + host;
    }

    /** What went wrong, in the system's words; empty when nothing did. */
    private static String run(String script) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .start();
            shell.getOutputStream().close();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return shell.waitFor() == 0 ? "" : "failed: " + output + script;
        } catch (IOException failed) {
            return "failed: " + failed.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "failed: interrupted";
        }
    }
}
