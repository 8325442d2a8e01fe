// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.testkit.NetworkLab;
import java.util.List;

/**
 * What runs in the lab: hosts, streams, and what is expected of each policy.
 *
 * <p><b>Thread:</b> immutable.
 */
final class LabPlan {
    static final int HOSTS = 3;
    static final int NICS = 2;
    static final int SENDER = 1;

    private static final String REDUNDANT = "redundant";
    private static final String SPREAD = "spread";
    private static final long SPREAD_LIMIT_NS = 1_000_000_000L;

    /** Messages a second, of all streams together. */
    static final int RATE = 50_000;

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

    /** Every policy of the plan, in its order. */
    static List<String> policies() {
        return STREAMS.stream().map(LabStream::policy).distinct().toList();
    }

    /** Whether a fault of a receiver's own NIC may cost it messages, named by gap notices: it has one line, and no journal. */
    static boolean mayLose(String policy) {
        return !policy.equals(REDUNDANT);
    }

    /** Within what a stream has to go on: a subscriber of one line has to miss it first, whatever its fault was. */
    static long limitNs(Fault fault, String policy) {
        return policy.equals(SPREAD) ? Math.max(SPREAD_LIMIT_NS, fault.limitNs()) : fault.limitNs();
    }

    static String topology(String name) {
        StringBuilder text = new StringBuilder("<topology xmlns=\"urn:heliograph:topology:1\" name=\"" + name + "\">\n"
                + "  <site name=\"lab\" multicast=\"239.20.0.0/20\">\n");
        for (int host = 1; host <= HOSTS; host++) {
            text.append("    <host name=\"h%d\"><nic name=\"a\" address=\"%s\"/><nic name=\"b\" address=\"%s\"/>"
                    .formatted(host, NetworkLab.address(host, 1), NetworkLab.address(host, 2)));
            text.append("<engine driver=\"engine\"/></host>\n");
        }
        text.append("    <bond name=\"ab\" nics=\"a b\"/><bond name=\"ba\" nics=\"b a\"/>\n  </site>\n");
        for (LabStream stream : STREAMS) {
            text.append("  <stream name=\"%s\" id=\"%d\" site=\"lab\" publishers=\"h1\" bond=\"%s\" lines=\"%s\" %s/>%n"
                    .formatted(stream.name(), stream.id(), stream.bond(), stream.policy(), stream.more()));
        }
        return text.append("</topology>\n").toString();
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
