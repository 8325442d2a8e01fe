// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked of a host that publishes a stream and keeps no journal of it, and what the publisher is handed. */
final class WindowReplayTest {
    private static final int STREAM = 1001;
    private static final long EPOCH = 7;
    private static final long MS = 1_000_000;
    private static final long ALL = ReplayRequestFlyweight.ALL;

    private final Library library = new Library();
    private final ReplayServer server = new ReplayServer(ReplayServerContext.DEFAULT, library, () -> 1_000);
    private final Peer peer = new Peer("ny3");
    private final Peer other = new Peer("ny4");
    private long nowNs = Long.MAX_VALUE - 5 * MS;
    private long requests;

    @Test
    void shouldHaveThePublisherSendWhatItKeepsAndTellWhoAsksToLookOnTheLines() {
        ask(peer, EPOCH, 150, 20);

        assertEquals("150-169 for 200 ms", library.handed());
        assertEquals("1 ON_LINE next 7:150 after 20 ms", peer.heard());
        assertEquals(1, server.figures().lineRanges());
    }

    @Test
    void shouldSendNothingForANodeOfAnotherSite() {
        Peer far = new Peer("far1");
        ask(far, EPOCH, 150, 20);

        assertEquals("", library.handed());
        assertEquals("1 refused " + ReplayPeer.NO_JOURNAL + ": no journal of stream " + STREAM + " here", far.heard());
    }

    @Test
    void shouldSayFromWhereOnThePublisherHasIt() {
        ask(peer, EPOCH, 50, 100);
        ask(peer, EPOCH, 50, 10);
        ask(peer, EPOCH, 50, 50);
        ask(peer, EPOCH, 50, ALL);

        assertEquals("", library.handed());
        assertEquals("1 MORE next 7:100 | 2 DONE next 7:60 | 3 DONE next 7:100 | 4 MORE next 7:100", peer.heard());
        assertEquals(4, server.figures().refused(ReplayPeer.TOO_OLD));
    }

    @Test
    void shouldSayThatAnEarlierEpochIsGoneAndThatALaterOneIsNotThere() {
        ask(peer, EPOCH - 1, 150, ALL);
        ask(peer, EPOCH - 1, 150, 10);
        ask(peer, EPOCH + 1, 1, 10);

        assertEquals("1 DONE next 7:1 | 2 DONE next 7:1 | 3 END next 8:1", peer.heard());
        assertEquals("", library.handed());
    }

    @Test
    void shouldSayThatItIsNotSentSoFarAndHaveNothingForWhoFollows() {
        ask(peer, EPOCH, 1_000, 10);
        ask(peer, EPOCH, 150, ALL);
        ask(peer, ReplayRequestFlyweight.IN_LATEST_EPOCH, 0, 1, 1);

        assertEquals("1 END next 7:1000 | 2 END next 7:150 | 3 END next 0:1", peer.heard());
        assertEquals("", library.handed());
    }

    @Test
    void shouldSendOnceWhatManyAskFor() {
        ask(peer, EPOCH, 150, 50);
        ask(other, EPOCH, 160, 20);
        ask(other, EPOCH, 190, 30);
        library.isSent = true;
        tick(1);
        ask(peer, EPOCH, 150, 70);

        assertEquals("150-199 for 200 ms, 200-219 for 200 ms", library.handed());
        assertEquals("1 ON_LINE next 7:150 after 20 ms | 4 ON_LINE next 7:150 after 20 ms", peer.heard());
        assertEquals("2 ON_LINE next 7:160 after 20 ms | 3 ON_LINE next 7:190 after 20 ms", other.heard());

        tick(20);
        ask(peer, EPOCH, 190, 20);
        assertEquals("190-209 for 200 ms", library.handed(), "the lines have had their time");
    }

    @Test
    void shouldNotSendAgainBeforeThePublisherHasSentIt() {
        ask(peer, EPOCH, 150, 50);
        tick(199);
        ask(peer, EPOCH, 150, 50);
        assertEquals("150-199 for 200 ms", library.handed());
        tick(1);
        ask(peer, EPOCH, 150, 50);
        assertEquals("150-199 for 200 ms", library.handed(), "nobody wants it any more, says the range");
        assertEquals(1, server.figures().lineGivenUp);
    }

    @Test
    void shouldLetWhoAsksForTheSameOnAndOnWaitAndServeTheOthers() {
        library.isSent = true;
        for (int i = 0; i < WindowReplay.MOST_TIMES; i++) {
            ask(peer, EPOCH, 150, 10);
            assertEquals("150-159 for 200 ms", library.handed());
            tick(0);
            tick(20);
        }
        peer.heard();

        ask(peer, EPOCH, 155, 10);
        assertEquals("", library.handed());
        assertEquals("5 ON_LINE next 7:155 after 250 ms", peer.heard());
        ask(peer, EPOCH, 160, 10);
        assertEquals("160-169 for 200 ms", library.handed(), "something else");
        ask(other, EPOCH, 150, 10);
        assertEquals("150-159 for 200 ms", library.handed());

        tick(0);
        tick(1_000);
        ask(peer, EPOCH, 150, 10);
        assertEquals("150-159 for 200 ms", library.handed());
    }

    @Test
    void shouldHandOverNoMoreAtOnceThanItsBoundAndTheRestWhenItIsAskedForNext() {
        library.next = 100_000;
        ask(peer, EPOCH, 150, 50_000);
        assertEquals("150-16533 for 200 ms", library.handed());
        for (int i = 1; i <= WindowReplay.MOST_TIMES; i++) {
            ask(peer, EPOCH, 150 + i * 16_384L, 1_000);
            assertEquals(
                    150 + i * 16_384L + "-" + (1_149 + i * 16_384L) + " for 200 ms",
                    library.handed(),
                    "another piece is not the same once more");
        }
    }

    @Test
    void shouldSayThatItIsBusyWhenThePublisherTakesNothing() {
        library.isFull = true;
        ask(peer, EPOCH, 150, 10);
        assertEquals("1 BUSY next 7:150 after 5 ms", peer.heard());
        library.isFull = false;
        ask(peer, EPOCH, 150, 10);
        assertEquals("150-159 for 200 ms", library.handed());
    }

    @Test
    void shouldRefuseInWordsWhereNobodyPublishesAndWhoMayNotPull() {
        library.isThere = false;
        ask(peer, EPOCH, 150, 10);
        assertEquals("1 refused 2: no journal of stream 1001 here", peer.heard());
        library.isThere = true;
        peer.mayPull = false;
        ask(peer, EPOCH, 150, 10);
        assertEquals("2 refused 1: ny3 may not pull stream 1001", peer.heard());
        assertEquals("", library.handed());
    }

    private void tick(int ms) {
        nowNs += ms * MS;
        server.onTick(nowNs);
    }

    private void ask(Peer from, long epoch, long first, long count) {
        ask(from, ReplayRequestFlyweight.IN_EPOCH, epoch, first, count);
    }

    private void ask(Peer from, int place, long epoch, long first, long count) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ReplayRequestFlyweight.encode(body, 0, STREAM, epoch, first, count, 1 << 20);
        ReplayRequestFlyweight.place(body, 0, place);
        server.onRequest(from, ++requests, body, 0, body.capacity(), nowNs);
    }

    /** A publisher that keeps 100 and up. */
    private static final class Library implements ReplayLibrary {
        private final List<String> handed = new ArrayList<>();
        private boolean isThere = true;
        private boolean isFull;
        private boolean isSent;
        private long next = 1_000;

        String handed() {
            String words = String.join(", ", handed);
            handed.clear();
            return words;
        }

        @Override
        public @Nullable ReplayLog open(int stream) {
            return null;
        }

        @Override
        public boolean hasLines(int stream) {
            return true;
        }

        @Override
        public boolean isBesideLines(String peer) {
            return !peer.startsWith("far");
        }

        @Override
        public boolean send(int stream, DirectBuffer packet, int offset, int length) {
            return false;
        }

        @Override
        public @Nullable ResendPlace kept(int stream) {
            return isThere ? new ResendPlace(EPOCH, 100, next) : null;
        }

        @Override
        public boolean sendKept(int stream, long first, long end, long patienceNs) {
            if (!isFull) {
                handed.add(first + "-" + (end - 1) + " for " + patienceNs / MS + " ms");
            }
            return !isFull;
        }

        @Override
        public boolean isKeptSent(int stream) {
            return isSent;
        }
    }

    /** Notes what it is told. */
    private static final class Peer implements ReplayPeer {
        private static final List<String> STATUSES = List.of("MORE", "DONE", "END", "ON_LINE", "BUSY");
        private final List<String> told = new ArrayList<>();
        private final String name;
        private boolean mayPull = true;

        Peer(String name) {
            this.name = name;
        }

        String heard() {
            String words = String.join(" | ", told);
            told.clear();
            return words;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean mayPull(int stream) {
            return mayPull;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void reply(long request, boolean isLast, DirectBuffer page, int offset, int length) {
            assertEquals(ReplayPageFlyweight.OK, ReplayPageFlyweight.check(page, offset, length));
            int waitMs = ReplayPageFlyweight.waitMs(page, offset);
            told.add(request + " " + STATUSES.get(ReplayPageFlyweight.status(page, offset)) + " next "
                    + ReplayPageFlyweight.nextEpoch(page, offset) + ":" + ReplayPageFlyweight.next(page, offset)
                    + (waitMs == 0 ? "" : " after " + waitMs + " ms"));
        }

        @Override
        public void refuse(long request, int reason, String words) {
            told.add(request + " refused " + reason + ": " + words);
        }
    }
}
