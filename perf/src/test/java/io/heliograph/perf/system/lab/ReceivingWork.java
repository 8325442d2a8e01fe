// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.stream.LineStatistics;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to all streams of the topology and keeps a ledger of each.
 *
 * <p><b>Thread:</b> one owner.
 */
final class ReceivingWork implements LabNode.Work {
    private static final int PACKETS = 64;
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final long SILENCE_NS = 100_000_000L;

    private final Heliograph heliograph;
    private final Tether tether;
    private final Standstill standstill = new Standstill();
    private final DriverFigures figures = new DriverFigures();
    private final List<Reading> readings = new ArrayList<>();
    private @Nullable ControlLine wanted;
    private long wantedUntilNs;

    ReceivingWork(Heliograph heliograph, Topology topology, Tether tether) {
        this.heliograph = heliograph;
        this.tether = tether;
        for (Stream stream : topology.streams()) {
            StreamLedger ledger = new StreamLedger(stream.id());
            readings.add(new Reading(stream, ledger, heliograph.addSubscription(stream.name(), ledger)));
        }
    }

    @Override
    public int doWork(long nowNs) {
        standstill.onTurn(nowNs);
        int done = 0;
        for (Reading reading : readings) {
            done += reading.read(nowNs);
            if (reading.isGapNew()) {
                LineLog.say("the driver:" + figures.changes(heliograph));
            }
        }
        ControlLine reach = wanted;
        if (reach != null && (nowNs - wantedUntilNs > 0 || readings.stream().allMatch(each -> each.has(reach)))) {
            wanted = null;
            ControlLine answer = new ControlLine("reached");
            readings.forEach(reading -> reading.account(reach, answer));
            tether.answer(answer);
        }
        return done;
    }

    @Override
    public void obey(ControlLine command, long nowNs) {
        switch (command.verb()) {
            case "pauses" -> {
                ControlLine answer = new ControlLine("paused")
                        .with("standstill", standstill.take())
                        .with("driverTurn", longestTurnNs(heliograph));
                readings.forEach(
                        reading -> answer.with(reading.id + ".pause", reading.ledger.takeLongestPauseNs(nowNs)));
                tether.answer(answer);
            }
            case "lines" -> {
                ControlLine answer = new ControlLine("heard");
                readings.forEach(reading -> reading.tellSilence(answer, nowNs));
                tether.answer(answer);
            }
            case "reach" -> {
                wanted = command;
                wantedUntilNs = nowNs + PATIENCE_NS;
            }
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
    }

    /** How long the host's driver has taken at most for one turn of its duty cycle since it was started, ns. */
    static long longestTurnNs(Heliograph heliograph) {
        return heliograph
                .aeron()
                .countersReader()
                .getCounterValue(SystemCounterDescriptor.CONDUCTOR_MAX_CYCLE_TIME.id());
    }

    /** One stream: its subscription, its ledger, and when each line brought something last. */
    private static final class Reading {
        private final int id;
        private final StreamLedger ledger;
        private final StreamSubscription subscription;
        private final long[] brought;
        private final long[] broughtAtNs;
        private final LineLog log;
        private long gaps;

        Reading(Stream stream, StreamLedger ledger, StreamSubscription subscription) {
            this.id = stream.id();
            this.ledger = ledger;
            this.subscription = subscription;
            this.brought = new long[subscription.lineCount()];
            this.broughtAtNs = new long[subscription.lineCount()];
            this.log = new LineLog(stream.name(), subscription.lineCount());
        }

        int read(long nowNs) {
            ledger.onTime(nowNs);
            int done = subscription.poll(ledger, PACKETS);
            for (int i = 0; i < brought.length; i++) {
                LineStatistics line = subscription.line(i);
                long count = line.won() + line.lost() + line.duplicates();
                if (count != brought[i]) {
                    brought[i] = count;
                    broughtAtNs[i] = nowNs;
                }
                String heard = nowNs - broughtAtNs[i] > SILENCE_NS ? "silent" : "heard";
                log.onState(i, subscription.isConnected(i) ? heard : heard + ", without an image");
            }
            return done;
        }

        /** Whether a gap notice has come since the last call; says then what each line has done. */
        boolean isGapNew() {
            if (subscription.statistics().gaps() == gaps) {
                return false;
            }
            gaps = subscription.statistics().gaps();
            for (int i = 0; i < subscription.lineCount(); i++) {
                LineStatistics line = subscription.line(i);
                LineLog.say("stream " + id + " line " + line.name() + ": won " + line.won() + ", later " + line.lost()
                        + ", again " + line.duplicates() + ", missing " + line.missing() + ", joined anew "
                        + subscription.rejoins(i) + ", holes " + line.driverLosses() + " of "
                        + line.driverLostOctets());
            }
            return true;
        }

        boolean has(ControlLine reach) {
            return ledger.next() > reach.number(id + ".number");
        }

        void account(ControlLine reach, ControlLine answer) {
            ledger.compare(reach.number(id + ".number"), reach.number(id + ".chain"));
            answer.with(id + ".first", ledger.first())
                    .with(id + ".next", ledger.next())
                    .with(id + ".delivered", ledger.delivered())
                    .with(id + ".noticed", ledger.noticed())
                    .with(id + ".ownDelivered", subscription.statistics().messages())
                    .with(id + ".ownLost", subscription.statistics().lostMessages())
                    .with(id + ".notices", String.join(" ", ledger.takeNotices()))
                    .with(id + ".complaints", String.join("; ", ledger.takeComplaints()));
        }

        void tellSilence(ControlLine answer, long nowNs) {
            for (int i = 0; i < broughtAtNs.length; i++) {
                answer.with(id + "." + i, broughtAtNs[i] == 0 ? Long.MAX_VALUE : nowNs - broughtAtNs[i]);
                answer.with(id + "." + i + ".image", subscription.isConnected(i) ? 1 : 0);
            }
        }
    }
}
