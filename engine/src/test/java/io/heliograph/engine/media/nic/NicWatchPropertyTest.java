// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch agrees with a model that keeps all looks and searches them. */
final class NicWatchPropertyTest {
    private static final int LOOKS = 4_000;
    private static final List<NicFault> FAULTS = List.copyOf(EnumSet.allOf(NicFault.class));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43, 44, 45, 46})
    void shouldAgreeWithAModelThatSearchesAllLooks(long seed) {
        Random random = new Random(seed);
        NicTimes times = new NicTimes(random.nextInt(30), 20 + random.nextInt(100), random.nextInt(400), 500);
        long start = random.nextLong();
        Model model = new Model(times);
        NicWatch watch = new NicWatch(times, start, NicFault.NONE);
        model.look(0, NicFault.NONE);
        Set<NicState> seen = EnumSet.noneOf(NicState.class);
        long now = 0;
        NicFault fault = NicFault.NONE;

        for (int i = 0; i < LOOKS; i++) {
            now += random.nextInt(15);
            fault = random.nextInt(4) > 0 ? fault : next(random, i);
            NicState before = watch.state();
            boolean isChanged = watch.onLook(start + now, fault);
            model.look(now, fault);
            String where = "seed " + seed + ", look " + i;
            assertEquals(model.state, watch.state(), where);
            assertEquals(before != watch.state(), isChanged, where);
            assertEquals(model.downs, watch.downs(), where);
            assertTrue(!fault.isCertain() || watch.state() == NicState.DOWN, where);
            seen.add(watch.state());
        }

        assertEquals(EnumSet.of(NicState.UP, NicState.SUSPECT, NicState.DOWN), seen, "seed " + seed);
    }

    /** Quiet for the first half of each 1,000 looks, so that long holds end too. */
    private static NicFault next(Random random, int look) {
        boolean isQuiet = look % 1_000 < 500 && random.nextInt(30) > 0;
        return isQuiet ? NicFault.NONE : FAULTS.get(random.nextInt(FAULTS.size()));
    }

    /** Straight from the words: what holds now is found by going through everything that was ever seen. */
    private static final class Model {
        private record Look(long at, NicFault fault, NicState after) {}

        private final NicTimes times;
        private final List<Look> looks = new ArrayList<>();
        private NicState state = NicState.UP;
        private long downs;
        private long hold;

        Model(NicTimes times) {
            this.times = times;
        }

        void look(long at, NicFault fault) {
            NicState now = state;
            if (fault.isCertain()) {
                now = NicState.DOWN;
            } else if (fault != NicFault.NONE && state != NicState.DOWN) {
                now = at - beganToBe(NicState.SUSPECT, at) >= times.suspectNs() ? NicState.DOWN : NicState.SUSPECT;
            } else if (fault == NicFault.NONE && state == NicState.SUSPECT && healthy(at) >= times.suspectNs()) {
                now = NicState.UP;
            } else if (fault == NicFault.NONE && state == NicState.DOWN && healthy(at) >= hold) {
                now = NicState.UP;
            }
            if (now == NicState.DOWN && state != NicState.DOWN) {
                downs++;
                boolean isSoon = downs > 1 && at - cameBack() < times.steadyNs();
                hold = isSoon ? Math.min(2 * hold, times.maxHoldNs()) : times.holdNs();
            }
            state = now;
            looks.add(new Look(at, fault, now));
        }

        /** When the present spell of a state began; now when there is none. */
        private long beganToBe(NicState which, long at) {
            long began = at;
            for (int i = looks.size() - 1; i >= 0 && looks.get(i).after() == which; i--) {
                began = looks.get(i).at();
            }
            return began;
        }

        /** For how long nothing was seen. */
        private long healthy(long at) {
            for (int i = looks.size() - 1; i >= 0; i--) {
                if (looks.get(i).fault() != NicFault.NONE) {
                    return at - looks.get(i).at();
                }
            }
            return Long.MAX_VALUE;
        }

        /** When it last went from down to up. */
        private long cameBack() {
            for (int i = looks.size() - 1; i > 0; i--) {
                if (looks.get(i).after() == NicState.UP && looks.get(i - 1).after() == NicState.DOWN) {
                    return looks.get(i).at();
                }
            }
            throw new AssertionError("never came back");
        }
    }
}
