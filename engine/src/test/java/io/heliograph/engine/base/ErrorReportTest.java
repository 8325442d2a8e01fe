// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final CachedNanoClock clock = new CachedNanoClock();
    private final List<String> lines = new ArrayList<>();
    private final ErrorReport report = new ErrorReport("driver", lines::add, clock);

    @Test
    void shouldSayAnErrorOnceWhenItFloods() {
        for (int i = 0; i < 241_000; i++) {
            report.onError(new IOException("Network is unreachable"));
        }

        assertEquals(List.of("driver: Network is unreachable"), lines);
        assertEquals(241_000, report.total());
        assertEquals(241_000, report.count("Network is unreachable"));
    }

    @Test
    void shouldSayItAgainEverMoreRarelyWhenItGoesOn() {
        for (int second = 0; second < 200; second++) {
            clock.update(second * SECOND_NS);
            report.report("down");
        }

        assertEquals(
                List.of("driver: down", "driver: down (seen 11 times so far)", "driver: down (seen 111 times so far)"),
                lines);
    }

    @Test
    void shouldSayEachOfSeveralErrorsWhenTheyDiffer() {
        report.report("one");
        report.report("two");
        report.onError(new IllegalStateException());

        assertEquals(List.of("driver: one", "driver: two", "driver: IllegalStateException"), lines);
    }

    @Test
    void shouldBoundWhatItKeepsWhenEveryErrorIsNew() {
        for (int i = 0; i < 1000; i++) {
            report.report("error " + i);
        }

        assertEquals(257, lines.size());
        assertEquals("driver: further distinct errors", lines.get(256));
        assertEquals(744, report.count("further distinct errors"));
    }
}
