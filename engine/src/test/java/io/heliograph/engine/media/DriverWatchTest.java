// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.media.DriverEvent.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriverWatchTest {
    private static final long MS = 1_000_000L;
    private static final Path DIRECTORY = Path.of("/dev/shm/host1");

    private final List<Kind> events = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();
    private boolean isStartRefused;
    private final DriverWatch watch = new DriverWatch(
            DIRECTORY,
            this::start,
            event -> {
                events.add(event.kind());
                details.add(event.detail());
            },
            () -> 0.5);
    private long nowNs;

    @Test
    void shouldSayThatADriverStartedWhenItIsReady() {
        tick(0);
        assertEquals(List.of(), events);

        last().isReady = true;
        tick(100);

        assertEquals(List.of(Kind.STARTED), events);
        assertEquals(DriverWatch.State.RUNNING, watch.state());
        assertEquals(0, watch.restarts());
    }

    @Test
    void shouldStartAnotherAfterAWaitWhenADriverEnds() {
        run();
        last().hasEnded = true;

        tick(0);
        assertEquals(List.of(Kind.STARTED, Kind.ENDED), events);
        assertEquals("killed by signal 9; starting another in 100 ms", details.get(1));
        tick(99);
        assertEquals(1, lives.size());
        tick(1);
        assertEquals(2, lives.size());
        last().isReady = true;
        tick(100);

        assertEquals(List.of(Kind.STARTED, Kind.ENDED, Kind.STARTED), events);
        assertEquals(1, watch.restarts());
    }

    @Test
    void shouldWaitLongerEachTimeWhenNoDriverLasts() {
        isStartRefused = true;
        List<Long> startsMs = new ArrayList<>();

        for (int ms = 0; ms < 40_000; ms++) {
            int before = events.size();
            tick(1);
            if (events.size() > before) {
                startsMs.add(nowNs / MS);
            }
        }

        assertEquals(List.of(1L, 101L, 301L, 701L, 1501L, 3101L, 6301L, 12701L, 22701L, 32701L), startsMs);
    }

    @Test
    void shouldBeginWithTheShortWaitAgainWhenADriverWasWellForLong() {
        run();
        last().hasEnded = true;
        tick(0);
        tick(100);
        last().isReady = true;
        tick(1);
        tick(31_000);
        last().hasEnded = true;
        tick(1);

        assertTrue(details.get(details.size() - 1).endsWith("starting another in 100 ms"), details::toString);
    }

    @Test
    void shouldWatchADriverThatWasFoundAndStartAnotherWhenItEnds() {
        Life found = new Life();
        found.isReady = true;
        watch.adopt(found, nowNs);
        tick(0);
        found.hasEnded = true;
        tick(100);
        tick(100);
        last().isReady = true;
        tick(100);

        assertEquals(List.of(Kind.ATTACHED, Kind.ENDED, Kind.STARTED), events);
        assertEquals(1, watch.restarts());
    }

    @Test
    void shouldLeaveAFoundDriverAloneWhenItDoesNothing() {
        Life found = new Life();
        watch.adopt(found, nowNs);
        tick(31_000);
        tick(31_000);

        assertEquals(List.of(Kind.SILENT), events);
        assertEquals(0, found.ends);
    }

    @Test
    void shouldReplaceAStartedDriverWhenItNeverGetsReady() {
        tick(0);
        Life stuck = last();
        tick(30_001);
        tick(100);

        assertEquals(1, stuck.ends);
        assertEquals(2, lives.size());
        assertEquals(List.of(Kind.ENDED), events);
    }

    @Test
    void shouldSayOnceThatADriverIsSilentAndThatItIsBack() {
        run();
        last().isReady = false;
        tick(100);
        tick(100);
        last().isReady = true;
        tick(100);
        tick(100);

        assertEquals(List.of(Kind.STARTED, Kind.SILENT, Kind.BACK), events);
    }

    @Test
    void shouldEndTheDriverOnceWhenClosed() {
        run();

        watch.close();
        watch.close();
        tick(1000);

        assertEquals(1, last().ends);
        assertEquals(1, lives.size());
        assertEquals(List.of(Kind.STARTED, Kind.CLOSED), events);
    }

    private void run() {
        tick(0);
        last().isReady = true;
        tick(100);
    }

    private void tick(long ms) {
        nowNs += ms * MS;
        watch.onTick(nowNs);
    }

    private Life last() {
        return lives.get(lives.size() - 1);
    }

    private DriverLife start() {
        if (isStartRefused) {
            throw new DriverException("no such file: java");
        }
        lives.add(new Life());
        return last();
    }

    private static final class Life implements DriverLife {
        private boolean hasEnded;
        private boolean isReady;
        private int ends;

        @Override
        public long pid() {
            return 4711;
        }

        @Override
        public boolean hasEnded() {
            return hasEnded;
        }

        @Override
        public boolean isReady() {
            return isReady;
        }

        @Override
        public String lastWords() {
            return "killed by signal 9";
        }

        @Override
        public void end() {
            ends++;
            hasEnded = true;
        }
    }
}
