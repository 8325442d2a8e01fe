// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.system.lab.LabPlan.LabStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.SystemNanoClock;

/**
 * One fault, once, and what came of it.
 *
 * <p><b>Thread:</b> one owner.
 */
final class RowRun {
    /** Of {@link #linesBackNs}: not in our patience. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long PATIENCE_NS = 3_000_000_000L;
    private static final long SETTLING_NS = 600_000_000L;

    private final PolicyLab lab;
    private final FaultRow row;
    private final int host;
    private final int nic;
    private final Map<String, StreamOutcome> outcomes = new HashMap<>();
    private String complaint = "";
    private long kernelNs;
    private long standstillNs;
    private long driverTurnNs;
    private long linesBackNs;

    private RowRun(PolicyLab lab, FaultRow row, int host, int nic) {
        this.lab = lab;
        this.row = row;
        this.host = host;
        this.nic = nic;
    }

    /**
     * Strikes, mends, and accounts for every message.
     *
     * @param lab in which every line works.
     * @param row what to do.
     * @param host where.
     * @param nic 1 and up.
     * @return what came of it.
     */
    static RowRun of(PolicyLab lab, FaultRow row, int host, int nic) {
        RowRun run = new RowRun(lab, row, host, nic);
        run.account();
        run.takePauses(true);
        run.outcomes.values().forEach(StreamOutcome::begin);
        run.standstillNs = 0;
        LineLog.say(run.where() + ": " + row);
        run.strike();
        run.takePauses(true);
        run.mend();
        LineLog.say("mended");
        run.recover();
        run.takePauses(false);
        run.account();
        return run;
    }

    private void strike() {
        long beganNs = SystemNanoClock.INSTANCE.nanoTime();
        row.fault().strike(lab.network(), host, nic);
        long struckNs = SystemNanoClock.INSTANCE.nanoTime();
        kernelNs = struckNs - beganNs - row.fault().strikingNs();
        Fault.awaitTime(struckNs + row.fault().holdNs());
    }

    private void mend() {
        long beganNs = SystemNanoClock.INSTANCE.nanoTime();
        row.fault().mend(lab.network(), host, nic);
        kernelNs = Math.max(kernelNs, SystemNanoClock.INSTANCE.nanoTime() - beganNs);
    }

    FaultRow row() {
        return row;
    }

    String where() {
        return "h" + host + "'s NIC " + (nic == 1 ? "a" : "b");
    }

    /** What came of a stream at a receiver. */
    StreamOutcome outcome(LabStream stream, int receiver) {
        return outcomes.computeIfAbsent(stream.id() + "@" + receiver, key -> new StreamOutcome());
    }

    /** Receivers whose own NIC had no fault, or the one that had it. */
    List<Integer> receivers(boolean isStruck) {
        List<Integer> receivers = new ArrayList<>();
        for (int receiver = LabPlan.SENDER + 1; receiver <= LabPlan.HOSTS; receiver++) {
            if ((receiver == host) == isStruck) {
                receivers.add(receiver);
            }
        }
        return receivers;
    }

    /** What is wrong with the lines after the fault, in words; empty when nothing is. */
    String complaint() {
        return complaint;
    }

    /** How long the kernel took for the fault's command, or for the one that mends it. */
    long kernelNs() {
        return kernelNs;
    }

    /** The longest time for which any node's thread stood still: what is measured is no finer than this. */
    long standstillNs() {
        return standstillNs;
    }

    /** The longest turn of any host's driver since it was started, not since the fault. */
    long driverTurnNs() {
        return driverTurnNs;
    }

    /** From the end of the fault until every line of every redundant stream brought something again, or {@link #NEVER}. */
    long linesBackNs() {
        return linesBackNs;
    }

    private void recover() {
        long mendedNs = SystemNanoClock.INSTANCE.nanoTime();
        boolean isBack = lab.awaitLines(PATIENCE_NS);
        linesBackNs = isBack ? SystemNanoClock.INSTANCE.nanoTime() - mendedNs : NEVER;
        if (!isBack) {
            complaint = "not back 3 s after the fault: " + lab.deadLines();
            LineLog.say(complaint + lab.memberships());
        }
        if (!lab.awaitHealthy(PATIENCE_NS)) {
            complaint = "an engine still holds a NIC 3 s after it was mended; " + complaint;
        }
        Fault.awaitTime(SystemNanoClock.INSTANCE.nanoTime() + SETTLING_NS);
        // A machine that stands still for a moment is no line that falls silent: that one stays so.
        if (isBack && !lab.awaitLines(SETTLING_NS)) {
            complaint = "back, and then silent again: " + lab.deadLines() + " " + complaint;
        }
    }

    private void takePauses(boolean isAway) {
        for (int receiver = LabPlan.SENDER + 1; receiver <= LabPlan.HOSTS; receiver++) {
            ControlLine paused = lab.node(receiver).ask("pauses", "paused");
            standstillNs = Math.max(standstillNs, paused.number("standstill"));
            driverTurnNs = Math.max(driverTurnNs, paused.number("driverTurn"));
            for (LabStream stream : LabPlan.STREAMS) {
                outcome(stream, receiver).onPause(isAway, paused.number(stream.id() + ".pause"));
            }
        }
    }

    /** Asks what was sent, waits until that has come, and takes the ledgers. */
    private void account() {
        ControlLine sent = lab.sender().ask("sent", "wasSent");
        standstillNs = Math.max(standstillNs, sent.number("standstill"));
        driverTurnNs = Math.max(driverTurnNs, sent.number("driverTurn"));
        for (int receiver = LabPlan.SENDER + 1; receiver <= LabPlan.HOSTS; receiver++) {
            ControlLine reach = new ControlLine("reach").withAll(sent);
            ControlLine reached = lab.node(receiver).ask(reach, "reached");
            for (LabStream stream : LabPlan.STREAMS) {
                outcome(stream, receiver).onAccount(stream.id(), sent, reached);
            }
        }
    }
}
