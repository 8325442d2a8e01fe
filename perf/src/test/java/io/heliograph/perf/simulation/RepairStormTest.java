// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static io.heliograph.perf.simulation.SimulatedReceiver.STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.recovery.ReplayServerFigures;
import io.heliograph.engine.testkit.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss that a whole site shares is made good for by the lines, once. */
final class RepairStormTest {
    private static final int SUBSCRIBERS = 50;
    private static final int FIRST_LOST = 1_001;
    private static final int LOST = 1_000;
    private static final int LAST = 4_000;
    private static final int PER_PACKET = 10;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldSendWhatFiftyHaveLostFourTimesAtMost(long seed) {
        Random random = new Random(seed);
        Agenda agenda = new Agenda();
        List<SimulatedHost> journals = new ArrayList<>();
        List<SimulatedHost> subscribers = new ArrayList<>();
        SimulatedHost first = new SimulatedHost("j0", agenda, random, 1, true, true, 0);
        journals.add(first);
        first.startJournal(journals, packet -> subscribers.forEach(host -> host.deliver(0, packet)), null);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            SimulatedHost host = new SimulatedHost("s" + i, agenda, random, 1, false, false, 0);
            subscribers.add(host);
            host.startSubscriber(journals, null);
        }
        long lostOctets = 0;
        for (int next = 1; next <= LAST; next += PER_PACKET) {
            byte[] packet = Packets.data(STREAM, 7, next, next + PER_PACKET - 1);
            first.deliver(0, packet);
            boolean isLost = next >= FIRST_LOST && next < FIRST_LOST + LOST;
            lostOctets += isLost ? packet.length : 0;
            for (SimulatedHost host : isLost ? List.<SimulatedHost>of() : subscribers) {
                host.deliver(0, packet);
            }
            if (next % 50 == 1) {
                step(agenda, first, subscribers);
            }
        }
        for (int ms = 0; ms < 200; ms++) {
            step(agenda, first, subscribers);
        }

        ReplayServerFigures figures = first.journal().server().figures();
        long octets = figures.lineOctets();
        for (SimulatedHost host : subscribers) {
            assertEquals(LAST, host.truth().delivered(), () -> host.name() + ": delivered");
            octets += host.links().stream().mapToLong(SimulatedLink::octets).sum();
        }
        assertTrue(octets <= 4 * lostOctets, octets + " octets for " + lostOctets + " that were lost");
        assertTrue(figures.lineOctets() >= lostOctets, "sent on the lines: " + figures.lineOctets());
    }

    private static void step(Agenda agenda, SimulatedHost journal, List<SimulatedHost> subscribers) {
        agenda.advance(Agenda.MS);
        journal.cycle();
        subscribers.forEach(SimulatedHost::cycle);
    }
}
