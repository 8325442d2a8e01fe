// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.JoinPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A site of a seed: how many journals and subscribers, what their lines do, who is killed and cut off when. The first journal is
 * on the publisher's host and hears it without a network.
 *
 * <p>A gentle site is one in which nothing may be lost: no number is used that was not sent, the first journal lives, and nobody is
 * cut off for longer than a part of the budget.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedSite {
    private static final long MS = Agenda.MS;
    /** The longest that all may take until they have come to the end, one after another. */
    private static final int SETTLE_MS = 60_000;

    private final Agenda agenda = new Agenda();
    private final Random random;
    private final boolean isGentle;
    private final int lines;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<SimulatedHost> journals = new ArrayList<>();
    private final SimulatedPublisher publisher;
    private int newEpochs;
    private int skipped;

    SimulatedSite(long seed, boolean isGentle) {
        this.random = new Random(seed);
        this.isGentle = isGentle;
        this.lines = 1 + random.nextInt(2);
        this.publisher = new SimulatedPublisher(agenda, random, this::onLines, 1 + random.nextInt(20));
        int journalCount = 1 + random.nextInt(3);
        int subscribers = 1 + random.nextInt(3);
        for (int i = 0; i < journalCount + subscribers; i++) {
            boolean isJournal = i < journalCount;
            SimulatedHost host = new SimulatedHost(
                    (isJournal ? "j" : "s") + i, agenda, random, lines, i == 0, isJournal, isGentle ? 150 : 600);
            hosts.add(host);
            if (isJournal) {
                journals.add(host);
                host.startJournal(journals, i == 0 ? this::onReplay : null, null);
            }
        }
        for (SimulatedHost host : hosts.subList(journalCount, hosts.size())) {
            int kind = random.nextInt(3);
            agenda.in(
                    random.nextInt(400) * MS, () -> host.startSubscriber(journals, kind == 0 ? null : JoinPlace.START));
        }
    }

    private void onLines(byte[] packet) {
        for (SimulatedHost host : hosts) {
            host.send(packet);
        }
    }

    /** The publisher's host sends once more what many have lost. */
    private void onReplay(byte[] packet) {
        onLines(packet);
    }

    /** Runs it to the end; a digest of all that everybody was told, with the times. */
    long run() {
        int phases = 1 + random.nextInt(3);
        for (int i = 1; i <= phases; i++) {
            int ms = 50 + random.nextInt(350);
            for (int at = 0; at < ms; at++) {
                mishap();
                publisher.publish();
                step();
            }
            if (i < phases) {
                interrupt();
            }
        }
        publisher.end();
        for (int at = 0; at < SETTLE_MS && !areAllAtTheEnd(); at += at < 400 ? 1 : 10) {
            step(at < 400 ? 1 : 10);
        }
        return judge();
    }

    private boolean areAllAtTheEnd() {
        for (SimulatedHost host : hosts) {
            Truth truth = host.truth();
            if (!host.isJournal() && !(truth.isEnded() && truth.epoch() == publisher.epoch())) {
                return false;
            }
        }
        return true;
    }

    private void interrupt() {
        publisher.kill();
        for (int ms = random.nextInt(200); ms > 0; ms--) {
            step();
        }
        if (random.nextBoolean()) {
            int used = isGentle ? 0 : random.nextInt(20);
            skipped += used;
            publisher.goOn(used);
        } else {
            newEpochs++;
            publisher.beginAnew();
        }
    }

    private void mishap() {
        if (random.nextInt(100) != 0) {
            return;
        }
        SimulatedHost host = hosts.get(random.nextInt(hosts.size()));
        boolean isFirst = host.equals(hosts.get(0));
        switch (random.nextInt(3)) {
            case 0 -> {
                if (!isFirst || !isGentle) {
                    host.cutOff(random.nextInt(isGentle ? 200 : 1_500) * MS);
                }
            }
            case 1 -> {
                if (!host.isJournal()) {
                    host.restartSubscriber(journals, random.nextInt(100) * MS);
                }
            }
            default -> {
                if (host.isJournal() && !isFirst) {
                    host.restartJournal(journals, random.nextInt(100) * MS);
                }
            }
        }
    }

    private void step() {
        step(1);
    }

    private void step(int ms) {
        agenda.advance(ms * MS);
        publisher.onTick();
        for (SimulatedHost host : hosts) {
            host.cycle();
        }
    }

    private long judge() {
        long digest = publisher.published();
        for (SimulatedHost host : hosts) {
            Truth truth = host.truth();
            digest = digest * 31 + truth.digest();
            if (!host.isJournal()) {
                assertEquals(publisher.epoch(), truth.epoch(), () -> host.name() + ": the epoch at the end");
                assertTrue(
                        truth.isEnded(),
                        () -> host.name() + ": has come to the end: " + truth.next() + " of " + publisher.next());
                assertEquals(publisher.next(), truth.next(), () -> host.name() + ": the end");
                if (isGentle) {
                    assertEquals(0, truth.lost(), () -> host.name() + ": lost");
                    assertTrue(truth.unknownEnds() <= newEpochs, () -> host.name() + ": epochs without an end");
                }
            }
        }
        return digest;
    }

    int skipped() {
        return skipped;
    }

    /** Messages that subscribers had, and messages that they were told are lost. */
    long[] totals() {
        long delivered = 0;
        long lost = 0;
        for (SimulatedHost host : hosts) {
            delivered += host.isJournal() ? 0 : host.truth().delivered();
            lost += host.isJournal() ? 0 : host.truth().lost();
        }
        return new long[] {delivered, lost};
    }
}
