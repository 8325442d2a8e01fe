// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Against a model that keeps every event, and at each question goes through a peer's whole life anew, millisecond by millisecond.
 */
final class PeerGroupPropertyTest {
    private static final int SEEDS = 200;
    private static final long SILENCE = 40;
    private static final long SETTLE = 30;
    private static final long HOLD = 10;
    private static final long MOST = 100;

    private record Event(long atNs, char kind, long value) {}

    /** One peer's life, as it was told. */
    private static final class Life {
        final int level;
        final List<Event> events = new ArrayList<>();

        Life(int level) {
            this.level = level;
        }

        /** 0 available, 1 settling, 2 neither. */
        int stateAt(long now) {
            boolean connected = false;
            boolean silent = false;
            boolean busy = false;
            long heard = 0;
            long backlog = 0;
            long settle = 0;
            long settled = Long.MIN_VALUE;
            boolean lost = false;
            boolean beginner = false;
            long begun = -1;
            long hold = 0;
            long free = Long.MIN_VALUE;
            boolean wasBusy = false;
            int next = 0;
            for (long t = 0; t <= now; t++) {
                while (true) {
                    if (connected && !silent && t - heard > SILENCE) {
                        silent = true;
                        long at = heard + SILENCE;
                        boolean soon = lost && at - settled < (beginner ? 0 : 2 * settle);
                        beginner = !lost && at - begun < SETTLE;
                        settle = soon ? Math.min(MOST, 2 * settle) : SETTLE;
                        lost = true;
                    }
                    if (busy && backlog <= 20 && t >= free) {
                        busy = false;
                        free = t + hold;
                    }
                    if (next == events.size() || events.get(next).atNs() > t) {
                        break;
                    }
                    Event event = events.get(next++);
                    switch (event.kind()) {
                        case 'c' -> {
                            heard = t;
                            begun = begun < 0 ? t : begun;
                            busy &= connected;
                            backlog = connected ? backlog : 0;
                            settled = connected && !silent ? settled : t + settle;
                            connected = true;
                            silent = false;
                        }
                        case 'd' -> {
                            if (connected && !silent) {
                                boolean soon = lost && t - settled < (beginner ? 0 : 2 * settle);
                                beginner = !lost && t - begun < SETTLE;
                                settle = soon ? Math.min(MOST, 2 * settle) : SETTLE;
                                lost = true;
                            }
                            connected = false;
                        }
                        case 'h' -> {
                            heard = t;
                            if (connected && silent) {
                                silent = false;
                                settled = t + settle;
                            }
                        }
                        default -> {
                            backlog = event.value();
                            if (!busy && backlog >= 100) {
                                busy = true;
                                hold = wasBusy && t - free < 2 * hold ? Math.min(MOST, 2 * hold) : HOLD;
                                wasBusy = true;
                                free = t + hold;
                            }
                        }
                    }
                }
            }
            if (!connected || silent || busy) {
                return 2;
            }
            return lost && now < settled ? 1 : 0;
        }
    }

    @Test
    void shouldChooseAsOneWouldWhoRemembersEverything() {
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PeerGroup group = new PeerGroup(Balance.ROUND_ROBIN, new PriorityTimes(SILENCE, SETTLE, HOLD, MOST), 100, 20);
        List<Life> lives = new ArrayList<>();
        int peers = 1 + random.nextInt(6);
        for (int i = 0; i < peers; i++) {
            Life life = new Life(1 + random.nextInt(3));
            lives.add(life);
            group.add("r" + i, life.level, 0);
        }
        int chosen = -1;
        long now = 0;
        for (int step = 0; step < 120; step++) {
            now += random.nextInt(8);
            int peer = random.nextInt(peers);
            char kind = "ccchhhhhhhhdbb".charAt(random.nextInt(14));
            long value = random.nextInt(140);
            lives.get(peer).events.add(new Event(now, kind, value));
            switch (kind) {
                case 'c' -> group.onConnected(peer, now);
                case 'd' -> group.onDisconnected(peer, now);
                case 'h' -> group.onHeard(peer, now);
                default -> group.onBacklog(peer, value, 0, now);
            }
            int expected = expected(lives, chosen, now);
            assertEquals(expected, group.choose(now), "seed " + seed + ", step " + step);
            chosen = expected < 0 ? chosen : expected;
        }
    }

    private static int expected(List<Life> lives, int chosen, long now) {
        for (int state = 0; state < 2; state++) {
            for (int level = 1; level <= 3; level++) {
                for (int i = 1; i <= lives.size(); i++) {
                    int peer = (chosen + i) % lives.size();
                    if (lives.get(peer).level == level && lives.get(peer).stateAt(now) == state) {
                        return peer;
                    }
                }
            }
        }
        return -1;
    }
}
