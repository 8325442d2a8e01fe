// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.Outcome;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.normalise.ItchNormaliser;
import io.heliograph.publishers.replay.GeneratedSource;
import io.heliograph.publishers.replay.Pace;
import io.heliograph.publishers.replay.Pacer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedTest {
    private static final int MESSAGES = 64;
    private static final int TOO_LONG_EVERY = 4;

    private final List<String> notices = new ArrayList<>();
    private int offered;

    @Test
    void shouldLeaveAMessageOutAndSaySoOnceWhenNoStreamCarriesIt() {
        FeedSink sink = (source, normaliser) -> ++offered % TOO_LONG_EVERY == 0 ? Outcome.TOO_LONG : (long) offered;
        Feed feed = new Feed(
                new GeneratedSource(ItchDay.of(1, MESSAGES, 1)),
                new ItchNormaliser(0),
                new Pacer(Pace.parse("max"), 0),
                sink,
                notices::add);

        int sent = feed.run(1);

        assertEquals(MESSAGES - MESSAGES / TOO_LONG_EVERY, sent);
        assertEquals(MESSAGES / TOO_LONG_EVERY, feed.tooLong());
        assertTrue(feed.isEnded());
        assertNull(feed.failure());
        assertEquals(0, feed.backPressured());
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(notices.get(0).contains("octets is longer than a stream carries"), notices.toString());
    }
}
