// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Processes of a host that ask for other hosts' journals by its engine. */
final class FetchServiceTest {
    private final ManualClock clock = new ManualClock();
    private final List<Long> cancelled = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<ReplyHandler> handlers = new ArrayList<>();
    private final FetchService service = new FetchService(
            Path::new,
            host -> host.equals("ny2") || host.equals("ny3") ? "" : "the topology has no host " + host,
            clock);
    private final SessionDouble process = new SessionDouble("local", LinkPermissions.LOCAL);
    private final SessionDouble second = new SessionDouble("local", LinkPermissions.LOCAL);
    private long requests;

    @Test
    void shouldHandOnThePagesOfTheHostThatIsAsked() {
        ask(process, "ny2", 5);
        page(0, ReplayPageFlyweight.MORE, false, 100);
        page(0, ReplayPageFlyweight.DONE, true, 100);

        assertEquals(List.of("ny2 from 5"), asked);
        assertEquals("1 page 0 | 1 page 1 last", process.heard());
        ask(process, "ny2", 5);
        assertEquals(2, asked.size());
    }

    @Test
    void shouldAskOnceForProcessesThatAskForTheSameAtTheSameTime() {
        ask(process, "ny2", 5);
        ask(second, "ny2", 5);
        ask(second, "ny3", 5);
        ask(second, "ny2", 6);
        page(0, ReplayPageFlyweight.DONE, true, 100);

        assertEquals(List.of("ny2 from 5", "ny3 from 5", "ny2 from 6"), asked);
        assertEquals("1 page 1 last", process.heard());
        assertEquals("2 page 1 last", second.heard());
        assertEquals(1, service.shared());
        assertEquals(3, service.asked());
    }

    @Test
    void shouldAskAnewForOneWhoComesWhenTheAnswerHasBegun() {
        ask(process, "ny2", 5);
        page(0, ReplayPageFlyweight.MORE, false, 100);
        ask(second, "ny2", 5);
        page(0, ReplayPageFlyweight.DONE, true, 100);
        page(1, ReplayPageFlyweight.DONE, true, 100);

        assertEquals(2, asked.size());
        assertEquals("1 page 0 | 1 page 1 last", process.heard());
        assertEquals("2 page 1 last", second.heard());
    }

    @Test
    void shouldAskAnewForOneWhoTriesAgainBecauseNothingCame() {
        ask(process, "ny2", 5);
        clock.advanceNs(10_000_000);
        ask(process, "ny2", 5);
        page(1, ReplayPageFlyweight.DONE, true, 100);

        assertEquals(List.of("ny2 from 5", "ny2 from 5"), asked);
        assertEquals("2 page 1 last", process.heard());
        assertEquals(0, service.shared());
    }

    @Test
    void shouldTakeBackWhatNobodyWaitsForAnyLonger() {
        ask(process, "ny2", 5);
        ask(second, "ny2", 5);
        service.onGone(process, 1);
        assertEquals(List.of(), cancelled);
        service.onGone(second, 2);
        assertEquals(List.of(1L), cancelled);

        ask(process, "ny2", 5);

        assertEquals(2, asked.size());
    }

    @Test
    void shouldShowNothingOfWhatAPeerSaysThatATerminalWouldObey() {
        ask(process, "ny2", 5);
        String evil = "no\u001B[2J\r\n\u202E\u2028" + "x".repeat(1_000);
        byte[] words = evil.getBytes(StandardCharsets.UTF_8);
        handlers.get(0).onReply(1, ReplyStatus.FAILED, true, new UnsafeBuffer(words), 0, words.length);

        String heard = process.heard();
        assertTrue(heard.startsWith("1 no 5 no?[2J????xxx"), heard);
        assertTrue(heard.length() <= 320 && heard.endsWith("xxx..."), heard);
    }

    @Test
    void shouldKeepWhatIsNotTakenUntilItIs() {
        ask(process, "ny2", 5);
        process.isWritable = false;
        page(0, ReplayPageFlyweight.MORE, false, 100);
        page(0, ReplayPageFlyweight.DONE, true, 100);
        assertEquals("", process.heard());

        process.isWritable = true;
        service.onWritable(process, 1);

        assertEquals("1 page 0 | 1 page 1 last", process.heard());
    }

    @Test
    void shouldKeepNoMoreThanItsBoundAndTakePagesAgainAfterwards() {
        ask(process, "ny2", 5);
        process.isWritable = false;
        for (int i = 0; i < 17; i++) {
            page(0, ReplayPageFlyweight.MORE, false, 1 << 20);
        }
        assertEquals("1 no 4 pages wait to be taken; ask again later", process.heard());

        ask(process, "ny2", 6);
        page(1, ReplayPageFlyweight.DONE, true, 1 << 20);
        process.isWritable = true;
        service.onWritable(process, 2);

        assertEquals("2 page 1 last", process.heard());
    }

    @Test
    void shouldHaveRoomAgainWhenWhoDidNotTakeItsPagesIsGone() {
        for (int i = 1; i <= 3; i++) {
            ask(process, "ny2", 5);
            process.isWritable = false;
            for (int page = 0; page < 15; page++) {
                page(i - 1, ReplayPageFlyweight.MORE, false, 1 << 20);
            }
            assertEquals("", process.heard(), "no refusal");
            service.onGone(process, i);
        }
    }

    @Test
    void shouldDropWhatNobodyWaitsFor() {
        ask(process, "ny2", 5);
        process.isWritable = false;
        page(0, ReplayPageFlyweight.MORE, false, 100);
        process.wanted.clear();
        service.onGone(process, 1);
        page(0, ReplayPageFlyweight.DONE, true, 100);
        process.isWritable = true;
        service.onWritable(process, 1);

        assertEquals("", process.heard());
    }

    @Test
    void shouldHandOnInWordsWhatTheHostRefusesAndThatItIsNotReached() {
        ask(process, "ny2", 5);
        byte[] words = "ny1 may not pull stream 1001".getBytes(StandardCharsets.US_ASCII);
        handlers.get(0).onReply(1, ReplyStatus.NOT_ALLOWED, true, new UnsafeBuffer(words), 0, words.length);
        ask(process, "ny2", 5);
        handlers.get(1).onLost(1, "no connection to ny2");

        assertEquals("1 no 2 ny1 may not pull stream 1001 | 2 no 5 no connection to ny2", process.heard());
    }

    @Test
    void shouldRefuseOtherNodesAndWhatIsNoRequest() {
        SessionDouble stranger = new SessionDouble("local", LinkPermissions.ALL);
        ask(stranger, "ny2", 5);
        ask(process, "ny9", 5);
        ask(process, "", 5);
        ask(process, "n".repeat(65), 5);
        process.wanted.add(++requests);
        service.onRequest(process, requests, FetchService.NAME, new UnsafeBuffer(new byte[3]), 0, 3);

        assertEquals("1 no 2 service fetch is for processes of this host", stranger.heard());
        assertEquals(
                "2 no 6 the topology has no host ny9 | 3 no 3 a fetch request has 32 octets and a host's name, not 32 | 4 no 3"
                        + " a fetch request has 32 octets and a host's name, not 97 | 5 no 3 a fetch request has 32 octets"
                        + " and a host's name, not 3",
                process.heard());
        assertEquals(List.of(), asked);
    }

    private void ask(SessionDouble from, String host, long first) {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH + name.length]);
        ReplayRequestFlyweight.encode(body, 0, 1001, 7, first, 10, 1 << 20);
        body.putBytes(ReplayRequestFlyweight.LENGTH, name);
        from.wanted.add(++requests);
        service.onRequest(from, requests, FetchService.NAME, body, 0, body.capacity());
    }

    private void page(int of, int status, boolean isLast, int length) {
        UnsafeBuffer page = new UnsafeBuffer(new byte[length]);
        ReplayPageFlyweight.encode(page, 0, status, 1001, 0);
        handlers.get(of).onReply(1, ReplyStatus.OK, isLast, page, 0, length);
    }

    /** Notes what is asked. */
    private final class Path implements ReplayPath {
        private final String host;

        Path(String host) {
            this.host = host;
        }

        @Override
        public long ask(DirectBuffer request, long timeoutNs, ReplyHandler handler) {
            asked.add(host + " from " + ReplayRequestFlyweight.from(request, 0));
            handlers.add(handler);
            return handlers.size();
        }

        @Override
        public void cancel(long number) {
            cancelled.add(number);
        }
    }
}
