// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.testkit.NetworkLab;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs in the lab: hosts, streams, and what is expected of each policy.
 *
 * <p><b>Thread:</b> immutable.
 */
final class LabPlan {
    static final int HOSTS = 3;
    static final int NICS = 2;
    static final int SENDER = 1;

    private static final int LINK_PORT = 7_400;
    private static final String REDUNDANT = "redundant";
    private static final String SPREAD = "spread";
    private static final long SPREAD_LIMIT_NS = 1_000_000_000L;

    /** Messages a second, of all streams together; fewer where two hosts journal all of them, too: all share one machine. */
    private static final int RATE = 50_000;

    private static final int JOURNALED_RATE = 10_000;

    /**
     * Two redundant ones of which each has another NIC's line without NAK; ids of which the hash puts one on each NIC; bonds of
     * which each pins another NIC; MAC addresses by which the receivers join different lines.
     */
    static final List<LabStream> STREAMS = List.of(
            new LabStream(101, REDUNDANT, "ab", ""),
            new LabStream(102, REDUNDANT, "ba", ""),
            new LabStream(103, "hash", "ab", ""),
            new LabStream(104, "hash", "ab", ""),
            new LabStream(105, "pin", "ab", ""),
            new LabStream(106, "pin", "ba", ""),
            new LabStream(107, "least-loaded", "ab", ""),
            new LabStream(108, SPREAD, "ab", "join=\"mac-xor\""));

    private LabPlan() {}

    static int rate(boolean isJournaled) {
        return isJournaled ? JOURNALED_RATE : RATE;
    }

    /** Every policy of the plan, in its order. */
    static List<String> policies() {
        return STREAMS.stream().map(LabStream::policy).distinct().toList();
    }

    /** Whether subscribers have the line of one NIC only: a fault of a receiver's own costs it messages, unless a journal has them. */
    static boolean hasOneLine(String policy) {
        return !policy.equals(REDUNDANT);
    }

    /** Within what a stream has to go on: a subscriber of one line has to miss it first, whatever its fault was. */
    static long limitNs(Fault fault, String policy) {
        return policy.equals(SPREAD) ? Math.max(SPREAD_LIMIT_NS, fault.limitNs()) : fault.limitNs();
    }

    /**
     * The topology.
     *
     * @param name its name.
     * @param journals where hosts 1 and 3 keep journals of all streams, each in a folder of its own; null: nobody keeps one.
     * @return its XML.
     */
    static String topology(String name, @Nullable Path journals) {
        StringBuilder text = new StringBuilder("<topology xmlns=\"urn:heliograph:topology:1\" name=\"" + name
                + "\" security=\"none\">\n  <site name=\"lab\" multicast=\"239.20.0.0/20\">\n");
        for (int host = 1; host <= HOSTS; host++) {
            text.append("    <host name=\"h%d\"><nic name=\"a\" address=\"%s\"/><nic name=\"b\" address=\"%s\"/>"
                    .formatted(host, NetworkLab.address(host, 1), NetworkLab.address(host, 2)));
            text.append("<engine driver=\"engine\"")
                    .append(journal(host, journals))
                    .append("/></host>\n");
        }
        text.append("    <bond name=\"ab\" nics=\"a b\"/><bond name=\"ba\" nics=\"b a\"/>\n  </site>\n");
        String kept = journals == null ? "" : " journal=\"h1 h3\" budget=\"5 s\"";
        for (LabStream stream : STREAMS) {
            text.append(
                    "  <stream name=\"%s\" id=\"%d\" site=\"lab\" publishers=\"h1\" bond=\"%s\" lines=\"%s\" %s%s/>%n"
                            .formatted(
                                    stream.name(), stream.id(), stream.bond(), stream.policy(), stream.more(), kept));
        }
        return text.append("</topology>\n").toString();
    }

    /** An engine is reached by both NICs, so that the loss of one never cuts recovery off. */
    private static String journal(int host, @Nullable Path journals) {
        if (journals == null) {
            return "";
        }
        String links = " link=\"%s:%d %s:%d\"".formatted(address(host, 1), LINK_PORT, address(host, 2), LINK_PORT);
        return host == 2 ? links : links + " journal=\"" + journals.resolve("h" + host) + "\"";
    }

    private static String address(int host, int nic) {
        String whole = NetworkLab.address(host, nic);
        return whole.substring(0, whole.indexOf('/'));
    }

    /**
     * A stream of the plan.
     *
     * @param id and with it its groups.
     * @param policy as {@code lines=} names it.
     * @param bond of its NICs.
     * @param more attributes.
     */
    record LabStream(int id, String policy, String bond, String more) {
        String name() {
            return policy + "." + id;
        }

        /** Whether subscribers join every line. */
        boolean isJoinedWhole() {
            return !policy.equals(SPREAD);
        }

        boolean isRedundant() {
            return policy.equals(REDUNDANT);
        }
    }
}
