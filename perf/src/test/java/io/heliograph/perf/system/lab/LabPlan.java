// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.testkit.NetworkLab;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs in the lab: hosts, streams, and of each policy whether it is judged.
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

    /** What is measured and printed, but not judged so far. */
    static final List<Excuse> EXCUSES = excuses();

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

    private static List<Excuse> excuses() {
        List<Excuse> excuses = new ArrayList<>();
        for (Fault fault : List.of(Fault.CABLE_OUT, Fault.UNPLUGGED, Fault.FLAPPING)) {
            excuses.add(new Excuse(FaultRow.receiver(fault), Excuse.LINES, Excuse.NOT_JOINED_AGAIN));
            for (String policy : List.of("hash", "pin", "least-loaded", SPREAD)) {
                excuses.add(new Excuse(FaultRow.receiver(fault), policy, Excuse.NOT_JOINED_AGAIN));
            }
        }
        for (Fault fault : List.of(Fault.CABLE_OUT, Fault.LINK_DOWN, Fault.UNPLUGGED, Fault.FLAPPING)) {
            excuses.add(new Excuse(FaultRow.sender(fault), Excuse.LINES, Excuse.NOT_OPENED_AGAIN));
        }
        for (Fault fault : List.of(Fault.UNPLUGGED, Fault.FLAPPING)) {
            excuses.add(new Excuse(FaultRow.sender(fault), Excuse.PAUSE, Excuse.SLOWER));
        }
        return List.copyOf(excuses);
    }

    /** Why a policy, {@link Excuse#LINES} or {@link Excuse#PAUSE} is not judged in a row; empty when it is. */
    static String excuse(FaultRow row, String what) {
        return EXCUSES.stream()
                .filter(excuse -> excuse.row().equals(row) && excuse.what().equals(what))
                .map(Excuse::reason)
                .findFirst()
                .orElse("");
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
     * A part of the table that is not judged.
     *
     * @param row of the table.
     * @param what a policy, {@link #LINES} or {@link #PAUSE}.
     * @param reason in words.
     */
    record Excuse(FaultRow row, String what, String reason) {
        /** Whether all lines come back. */
        static final String LINES = "lines";

        /** Whether streams go on in time. */
        static final String PAUSE = "pause";

        static final String NOT_JOINED_AGAIN =
                "a subscriber's line is not always heard again within seconds of its NIC's return";
        static final String NOT_OPENED_AGAIN =
                "a publisher's line was not heard again within 3 s of its NIC's return in 1 of some 30 faults";
        static final String SLOWER = "streams move in 50 to 80 ms here, not in 50";
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

        boolean isRedundant() {
            return policy.equals(REDUNDANT);
        }
    }
}
