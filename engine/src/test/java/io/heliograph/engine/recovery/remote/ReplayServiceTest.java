// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.ReplayPeer;
import io.heliograph.engine.testkit.ManualClock;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What connections are told that ask for a replay, good requests and bad ones. */
final class ReplayServiceTest {
    private static final int STREAM = 1001;
    private static final int UNREADABLE = 1002;
    private static final long EPOCH = 7;
    private static final int OCTETS = 1 << 20;
    private static final long SECOND_NS = 1_000_000_000L;

    private final MemoryLog journal = new MemoryLog();
    private final ManualClock clock = new ManualClock();
    private final List<String> errors = new ArrayList<>();
    private boolean mayPull = true;
    private final ReplayService service = new ReplayService(
            new Library(),
            (session, stream) -> mayPull,
            clock,
            error -> errors.add(String.valueOf(error.getMessage())));
    private final SessionDouble session = new SessionDouble("ny2", LinkPermissions.ALL);
    private final SessionDouble other = new SessionDouble("ny3", LinkPermissions.ALL);
    private long requests;

    @BeforeEach
    void write() {
        for (int i = 1; i <= 991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
    }

    @Test
    void shouldAnswerFromTheJournal() {
        ask(session, STREAM, 15, 20);

        work();

        assertEquals("1 page " + ReplayPageFlyweight.DONE + " last", session.heard());
    }

    @Test
    void shouldRefuseInWordsWhatIsNoRequest() {
        refuse("3 a replay request has 32 octets", new byte[0]);
        refuse("3 a replay request has 32 octets", new byte[31]);
        refuse("3 a replay request has 32 octets", new byte[33]);
        refuse("3 a replay request has 32 octets", new byte[60_000]);
        refuse("3 a replay request of an unknown version", changed(0, 9));
        refuse("3 a replay request from an unknown kind of place", changed(1, 7));
        refuse("3 a replay request from a place that cannot be", request(STREAM, 0, 1, OCTETS));
        refuse("3 a replay request from a place that cannot be", request(STREAM, -1, 1, OCTETS));
        refuse("3 a replay request for less than one message, or more than can be", request(STREAM, 1, 0, OCTETS));
        refuse("3 a replay request for less than one message, or more than can be", request(STREAM, 1, -20, OCTETS));
        refuse(
                "3 a replay request for less than one message, or more than can be",
                request(STREAM, 1, (1L << 62) + 1, OCTETS));
        refuse("3 a replay request for fewer than 1024 octets or more than 16777216", request(STREAM, 1, 1, 1023));
        refuse("3 a replay request for fewer than 1024 octets or more than 16777216", request(STREAM, 1, 1, -1));

        assertEquals(13, service.figures().refused(ReplayPeer.MALFORMED));
        stillServes();
    }

    @Test
    void shouldRefuseInWordsWhatIsNotThereAndWhatIsNotAllowed() {
        refuse("6 no journal of stream 77 here", request(77, 1, 1, OCTETS));
        refuse(
                "1000 message 3000000 of epoch 7 of stream 1001 is in the future: the journal ends at 1000",
                request(STREAM, 3_000_000, 1, OCTETS));
        refuse(
                "1000 epoch 4294967295 of stream 1001 is in the future: the journal's last is 7",
                request(STREAM, 0xFFFF_FFFFL, 1, 1, OCTETS));
        refuse(
                "1000 message 3000000 of epoch 8 of stream 1001 is in the future: the journal ends at epoch 7",
                request(STREAM, 8, 3_000_000, 1, OCTETS));
        mayPull = false;
        refuse("2 ny2 may not pull stream 1001", request(STREAM, 1, 1, OCTETS));
        mayPull = true;

        assertEquals(1, service.figures().refused(ReplayPeer.NO_JOURNAL));
        assertEquals(3, service.figures().refused(ReplayPeer.FUTURE));
        assertEquals(1, service.figures().refused(ReplayPeer.NOT_ALLOWED));
        stillServes();
    }

    @Test
    void shouldSayThatAJournalCannotBeRead() {
        refuse("6 the journal cannot be read: record 3 is damaged", request(UNREADABLE, 1, 1, OCTETS));

        assertEquals(List.of("record 3 is damaged"), errors);
        stillServes();
    }

    @Test
    void shouldTellOneWhoAsksOnAndOnToWaitAndThenToGoAndServeTheOthers() {
        for (int i = 0; i < AskingRate.MOST_A_SECOND; i++) {
            ask(session, STREAM, 15, 20);
            if (i % 10 == 0) {
                work();
            }
        }
        work();
        assertTrue(
                service.figures().waits() > 15_000,
                "told to wait: " + service.figures().waits());
        assertTrue(session.heard().endsWith("page " + ReplayPageFlyweight.BUSY + " last"));

        ask(session, STREAM, 15, 20);

        assertEquals(
                "rejected 8 more than 20000 requests for replay in a second; slow down when told to wait",
                session.heard());
        stillServes();
    }

    @Test
    void shouldMakeNoMorePagesThanTheConnectionTakes() {
        for (int i = 1001; i <= 400_991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
        session.isWritable = false;
        ask(session, request(STREAM, 1, 400_000, 16 * OCTETS));
        work();
        work();
        assertEquals(LinkPeer.PAGES, service.figures().pages());
        stillServes();

        session.isWritable = true;
        for (int i = 0; i < 30; i++) {
            service.onWritable(session, 1);
            work();
        }

        String heard = session.heard();
        assertTrue(heard.endsWith("1 page " + ReplayPageFlyweight.DONE + " last"), heard);
    }

    @Test
    void shouldSendPagesAgainToAConnectionThatTookBackWhatItHadNotTaken() {
        for (int i = 1001; i <= 400_991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
        session.isWritable = false;
        ask(session, request(STREAM, 1, 400_000, 16 * OCTETS));
        work();
        session.wanted.clear();
        service.onGone(session, 1);
        work();

        session.isWritable = true;
        ask(session, STREAM, 15, 20);
        work();

        assertEquals("2 page " + ReplayPageFlyweight.DONE + " last", session.heard());
    }

    @Test
    void shouldBeWokenByAConnectionThatTakesPagesAgain() {
        for (int i = 1001; i <= 400_991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
        session.isWritable = false;
        ask(session, request(STREAM, 1, 400_000, 16 * OCTETS));
        work();
        service.bell().waitAtMost(1);
        service.bell().idle();

        session.isWritable = true;
        service.onWritable(session, 1);

        service.bell().waitAtMost(60 * SECOND_NS);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> service.bell().idle(), "rung");
    }

    @Test
    void shouldKnowNoConnectionThatHasAskedNothingForLong() {
        ask(session, STREAM, 15, 20);
        ask(other, STREAM, 15, 20);
        work();
        assertEquals(2, service.connections());
        clock.advanceNs(9 * SECOND_NS);
        ask(other, STREAM, 15, 20);
        work();
        clock.advanceNs(2 * SECOND_NS);
        work();
        assertEquals(1, service.connections());
        clock.advanceNs(11 * SECOND_NS);
        work();
        assertEquals(0, service.connections());
    }

    @Test
    void shouldForgetWhatNobodyWaitsForAndConnectionsThatAskNoMore() {
        session.isWritable = false;
        ask(session, request(STREAM, 1, 1_000, OCTETS));
        work();
        session.wanted.clear();
        service.onGone(session, 1);
        clock.advanceNs(30 * SECOND_NS);
        work();

        session.isWritable = true;
        service.onWritable(session, 1);
        work();

        assertEquals("", session.heard());
        ask(session, STREAM, 15, 20);
        work();
        assertEquals("2 page " + ReplayPageFlyweight.DONE + " last", session.heard());
    }

    @Test
    void shouldCountWhatANodeAsksOverAllItsConnectionsTogether() {
        SessionDouble second = new SessionDouble("ny2", LinkPermissions.ALL);
        for (int i = 0; i < AskingRate.MOST_A_SECOND / 2; i++) {
            ask(session, STREAM, 15, 20);
            ask(second, STREAM, 15, 20);
            if (i % 10 == 0) {
                work();
            }
        }
        work();
        session.heard();
        second.heard();

        ask(second, STREAM, 15, 20);

        assertTrue(second.heard().startsWith("rejected 8 more than 20000 requests"), "over both together");
        stillServes();
    }

    @Test
    void shouldRefuseANodeThatAsksOverTooManyConnectionsUntilOneOfThemHasItsAnswer() {
        List<SessionDouble> all = new ArrayList<>();
        for (int i = 0; i < ReplayService.MOST_CONNECTIONS; i++) {
            all.add(new SessionDouble("ny2", LinkPermissions.ALL));
            ask(all.get(i), STREAM, 15, 20);
        }
        ask(session, STREAM, 15, 20);
        work();
        assertEquals(requests + " no 4 ny2 asks for replay over too many connections", session.heard());
        assertEquals(1, service.figures().refused(ReplayPeer.TOO_MANY));

        all.forEach(SessionDouble::heard);
        ask(session, STREAM, 15, 20);
        work();

        assertEquals(requests + " page " + ReplayPageFlyweight.DONE + " last", session.heard());
        stillServes();
    }

    private void stillServes() {
        ask(other, STREAM, 15, 20);
        work();
        assertEquals(requests + " page " + ReplayPageFlyweight.DONE + " last", other.heard());
    }

    private void refuse(String said, byte[] body) {
        refuse(said, new UnsafeBuffer(body));
    }

    private void refuse(String said, DirectBuffer body) {
        ask(session, body);
        work();
        assertEquals(requests + " no " + said, session.heard());
    }

    private void ask(SessionDouble from, int stream, long first, long count) {
        ask(from, request(stream, first, count, OCTETS));
    }

    private void ask(SessionDouble from, DirectBuffer body) {
        from.wanted.add(++requests);
        service.onRequest(from, requests, ReplayService.NAME, body, 0, body.capacity());
    }

    private static UnsafeBuffer request(int stream, long first, long count, int octets) {
        return request(stream, EPOCH, first, count, octets);
    }

    private static UnsafeBuffer request(int stream, long epoch, long first, long count, int octets) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ReplayRequestFlyweight.encode(body, 0, stream, epoch, first, count, octets);
        return body;
    }

    private static UnsafeBuffer changed(int offset, int value) {
        UnsafeBuffer body = request(STREAM, 1, 1, OCTETS);
        body.putByte(offset, (byte) value);
        return body;
    }

    private void work() {
        while (service.doWork() > 0) {}
    }

    private final class Library implements ReplayLibrary {
        @Override
        public @Nullable ReplayLog open(int stream) {
            if (stream == UNREADABLE) {
                throw new IllegalStateException("record 3 is damaged");
            }
            return stream == STREAM ? journal.reader() : null;
        }

        @Override
        public boolean hasLines(int stream) {
            return false;
        }

        @Override
        public boolean send(int stream, DirectBuffer packet, int offset, int length) {
            return false;
        }
    }
}
