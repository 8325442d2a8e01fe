// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of a server, and what each peer is told, as short words. */
final class ReplayServerTest {
    private static final int STREAM = 1001;
    private static final long EPOCH = 7;
    private static final long MS = 1_000_000;
    private static final long ALL = ReplayRequestFlyweight.ALL;
    private static final int OCTETS = 1 << 20;

    private final MemoryLog journal = new MemoryLog();
    private final List<String> onLine = new ArrayList<>();
    private boolean hasLines;
    private boolean isLineFull;
    private final ReplayServer server = new ReplayServer(ReplayServerContext.DEFAULT, new Library(), () -> 1_000);
    private final Peer peer = new Peer("ny3");
    private long nowNs = Long.MAX_VALUE - 5 * MS;
    private long requests;

    @BeforeEach
    void write() {
        for (int i = 1; i <= 991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
    }

    @Test
    void shouldSendTheRangeThatIsAskedForAsReplayedPackets() {
        ask(peer, 15, 20);

        tick();

        assertEquals("1 DONE 11-20,21-30,31-40 next 7:41 last", peer.heard());
        assertEquals(1, server.figures().pagesRead());
    }

    @Test
    void shouldSayWhereItEndsAndThatMoreMayCome() {
        ask(peer, 985, ALL);

        tick();

        assertEquals("1 END 981-990,991-1000 next 7:1001 last", peer.heard());
    }

    @Test
    void shouldWaitAMomentForTheJournalToHaveABoundedRangeAndThenSayThatItHasNot() {
        ask(peer, 1_001, 10);
        ask(peer, 1_001, ALL);
        ask(peer, 15, 10);
        tick();
        tick();
        assertEquals("2 END  next 7:1001 last | 3 DONE 11-20,21-30 next 7:31 last", peer.heard());

        nowNs += 3 * MS;
        tick();
        assertEquals("", peer.heard());
        nowNs += MS;
        tick();
        assertEquals("1 END  next 7:1001 last", peer.heard());

        ask(peer, 1_001, 10);
        tick();
        journal.append(Packets.data(STREAM, EPOCH, 1_001, 1_010));
        nowNs += MS;
        tick();
        assertEquals("4 DONE 1001-1010 next 7:1011 last", peer.heard());
    }

    @Test
    void shouldSendNoMoreOctetsThanAreAskedFor() {
        ask(peer, EPOCH, 1, ALL, 2048);

        tick();

        assertEquals("1 MORE 1-10,11-20,21-30,31-40,41-50,51-60 next 7:61 last", peer.heard());
    }

    @Test
    void shouldAnswerInPagesAsThePeerTakesThem() {
        for (int i = 1001; i <= 5991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
        ask(peer, EPOCH, 1, ALL, 2 * OCTETS);
        peer.isWritable = false;
        tick();
        assertEquals("", peer.heard());

        peer.isWritable = true;
        tick();

        String pages = peer.heard();
        assertTrue(pages.startsWith("1 MORE 1-10,") && pages.indexOf(" | ") != pages.lastIndexOf(" | "), pages);
        assertTrue(pages.endsWith("5991-6000 next 7:6001 last"), pages);
    }

    @Test
    void shouldReadOnceForManyWhoAskForTheSame() {
        Peer other = new Peer("ny4");
        ask(peer, 15, 20);
        ask(other, 15, 20);

        tick();

        assertEquals("1 DONE 11-20,21-30,31-40 next 7:41 last", peer.heard());
        assertEquals("2 DONE 11-20,21-30,31-40 next 7:41 last", other.heard());
        assertEquals(1, server.figures().pagesRead());
    }

    @Test
    void shouldServePeersInTurns() {
        Peer greedy = new Peer("ny4");
        for (int i = 1001; i <= 40_991; i += 10) {
            journal.append(Packets.data(STREAM, EPOCH, i, i + 9));
        }
        for (int i = 0; i < 8; i++) {
            ask(greedy, EPOCH, 1, ALL, 2 * OCTETS);
        }
        ask(peer, 15, 20);

        tick();

        assertEquals("9 DONE 11-20,21-30,31-40 next 7:41 last", peer.heard());
    }

    @Test
    void shouldTellOneWhoAsksTooMuchToWait() {
        for (int i = 0; i < 17; i++) {
            ask(peer, 15, 20);
        }

        assertEquals("17 BUSY  next 7:15 last", peer.heard());
        assertEquals(1, server.figures().waits());
    }

    @Test
    void shouldTellOneWhoAsksTooOftenToWaitAndServeTheOthers() {
        Peer other = new Peer("ny4");
        for (int i = 0; i < 1_000; i++) {
            ask(peer, 15, 20);
            tick();
        }
        ask(other, 15, 20);
        tick();

        assertEquals(800, server.figures().waits());
        assertEquals("1001 DONE 11-20,21-30,31-40 next 7:41 last", other.heard());
    }

    @Test
    void shouldRefuseInWordsWhatCannotBe() {
        ask(peer, EPOCH, 1, -5, OCTETS);
        ask(peer, EPOCH, 0, 5, OCTETS);
        ask(peer, EPOCH, 1, (1L << 62) + 1, OCTETS);
        ask(peer, EPOCH, 3_000_000, 5, OCTETS);
        server.onRequest(peer, 9, new UnsafeBuffer(new byte[5]), 0, 5, nowNs);

        assertEquals(
                "1 no: a replay request for less than one message, or more than can be | 2 no: a replay request from a"
                        + " place that cannot be | 4 no: message 3000000 of epoch 7 of stream 1001 is in the future: the"
                        + " journal ends at 1000 | 9 no: a replay request has 32 octets",
                peer.heard().replace("3 no: a replay request for less than one message, or more than can be | ", ""));
        assertTrue(server.figures().refused(ReplayPeer.MALFORMED) >= 3);
        assertEquals(1, server.figures().refused(ReplayPeer.FUTURE));
    }

    @Test
    void shouldRefuseAStreamThatThePeerMayNotPull() {
        peer.mayPull = false;

        ask(peer, 15, 20);

        assertEquals("1 no: ny3 may not pull stream 1001", peer.heard());
        assertEquals(1, server.figures().refused(ReplayPeer.NOT_ALLOWED));
    }

    @Test
    void shouldSendOnTheLinesOnceWhatThreeAskForAndToNobodyElse() {
        hasLines = true;
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            peers.add(new Peer("s" + i));
            ask(peers.get(i), 101, 100);
        }
        for (int i = 0; i < 20; i++) {
            tick();
        }

        assertEquals(10, onLine.size(), onLine.toString());
        assertEquals("101-110 replayed", onLine.get(0));
        for (Peer each : peers) {
            assertTrue(each.heard().contains("ON_LINE  next 7:101 last"));
        }
        assertEquals(0, server.figures().pagesRead());
        assertEquals(1, server.figures().lineRanges());
    }

    @Test
    void shouldAnswerTheFirstTwoAtOnceAndFromTheThirdOnWithinTenMillisecondsSendOnTheLines() {
        hasLines = true;
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            peers.add(new Peer("s" + i));
            ask(peers.get(i), 101, 10);
            tick();
            nowNs += 4 * MS;
        }

        assertEquals("1 DONE 101-110 next 7:111 last", peers.get(0).heard());
        assertEquals("2 DONE 101-110 next 7:111 last", peers.get(1).heard());
        for (int i = 2; i < 6; i++) {
            assertEquals((i + 1) + " ON_LINE  next 7:101 last", peers.get(i).heard());
        }
        assertEquals(List.of("101-110 replayed"), onLine);
    }

    @Test
    void shouldAnswerNodesOfOtherSitesByTheirConnections() {
        hasLines = true;
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            peers.add(new Peer("far" + i));
            ask(peers.get(i), 101, 10);
        }
        Peer near = new Peer("near");
        ask(near, 101, 10);
        for (int i = 0; i < 20; i++) {
            tick();
        }

        for (int i = 0; i < 6; i++) {
            assertEquals((i + 1) + " DONE 101-110 next 7:111 last", peers.get(i).heard());
        }
        assertEquals("7 DONE 101-110 next 7:111 last", near.heard());
        assertEquals(List.of(), onLine);
    }

    @Test
    void shouldTakeOneNodeForOneAskerHoweverManyConnectionsItHas() {
        hasLines = true;
        for (int i = 0; i < 5; i++) {
            Peer each = new Peer("ny4");
            ask(each, 101, 10);
            tick();
            assertEquals((i + 1) + " DONE 101-110 next 7:111 last", each.heard());
        }
        assertEquals(List.of(), onLine);
    }

    @Test
    void shouldShareWhatANodeMayAskOverAllItsConnections() {
        Peer second = new Peer(peer.name);
        for (int i = 0; i < 16; i++) {
            ask(peer, 15, 20);
        }
        ask(second, 15, 20);

        assertEquals("17 BUSY  next 7:15 last", second.heard());
    }

    @Test
    void shouldAnswerByConnectionWhoDidNotHearItOnTheLinesEither() {
        hasLines = true;
        List<Peer> peers = List.of(new Peer("s0"), new Peer("s1"), new Peer("s2"), new Peer("s3"));
        for (int round = 0; round < 3; round++) {
            peers.forEach(each -> ask(each, 101, 10));
            tick();
            nowNs += 25 * MS;
            tick();
        }

        assertEquals(List.of("101-110 replayed", "101-110 replayed"), onLine);
        for (Peer each : peers) {
            assertTrue(each.heard().endsWith("DONE 101-110 next 7:111 last"), "by the connection");
        }
    }

    @Test
    void shouldAnswerByConnectionWhatIsTooMuchForTheLines() {
        hasLines = true;
        for (int i = 0; i < 4; i++) {
            Peer each = new Peer("s" + i);
            ask(each, EPOCH, 1, 16_385, OCTETS);
            tick();
            assertTrue(each.heard().contains("END 1-10,11-20"), "by its connection");
        }
        assertEquals(List.of(), onLine);
    }

    @Test
    void shouldGiveUpWhatTheLinesDoNotTakeInTimeAndAnswerByConnection() {
        hasLines = true;
        isLineFull = true;
        for (int i = 0; i < 3; i++) {
            ask(new Peer("s" + i), 101, 100);
        }
        tick();
        nowNs += 199 * MS;
        ask(peer, 101, 100);
        assertEquals("4 ON_LINE  next 7:101 last", peer.heard());
        nowNs += MS;
        tick();
        assertEquals(1, server.figures().lineGivenUp());

        ask(peer, 101, 10);
        tick();

        assertEquals("5 DONE 101-110 next 7:111 last", peer.heard());
        assertEquals(List.of(), onLine);
    }

    @Test
    void shouldWaitForTheJournalWhereItHasNotGotThereYet() {
        hasLines = true;
        for (int i = 0; i < 3; i++) {
            ask(new Peer("s" + i), 1_001, 10);
        }
        tick();
        assertEquals(List.of(), onLine);

        journal.append(Packets.data(STREAM, EPOCH, 1_001, 1_010));
        nowNs += MS;
        tick();

        assertEquals(List.of("1001-1010 replayed"), onLine);
    }

    @Test
    void shouldSendNoMoreOnTheLinesThanTheirBound() {
        hasLines = true;
        for (int i = 1_001; i <= 16_000; i++) {
            journal.append(Packets.data(STREAM, EPOCH, i, i));
        }
        for (int i = 0; i < 3; i++) {
            ask(new Peer("s" + i), 1, 16_000);
        }
        long fromNs = nowNs;
        while (nowNs - fromNs < 20 * MS) {
            tick();
            nowNs += MS / 100;
        }

        // 16 MiB/s for 20 ms, and what was saved up before.
        long most = (16 << 20) / 1_000 * (20 + 10) + 2_000;
        long octets = server.figures().lineOctets();
        assertTrue(octets > most / 2 && octets <= most, octets + " octets of at most " + most);
    }

    @Test
    void shouldAnswerByConnectionAgainWhenTheLinesHaveHadTheirTime() {
        hasLines = true;
        for (int i = 0; i < 3; i++) {
            ask(new Peer("s" + i), 101, 100);
        }
        tick();
        nowNs += 25 * MS;
        tick();

        ask(peer, 101, 10);
        tick();

        assertEquals("4 DONE 101-110 next 7:111 last", peer.heard());
    }

    @Test
    void shouldForgetAPeerThatIsGoneAndAnAnswerThatIsNotWanted() {
        Peer other = new Peer("ny4");
        ask(peer, 15, 20);
        ask(other, 15, 20);
        server.onGone(peer);
        server.onCancelled(other, 2);

        tick();

        assertEquals("", peer.heard() + other.heard());
    }

    @Test
    void shouldFindTheLatestEpochAndATime() {
        journal.append(Packets.data(STREAM, EPOCH + 2, 1, 3));
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ReplayRequestFlyweight.encode(body, 0, STREAM, 0, 2, 1, OCTETS);
        ReplayRequestFlyweight.place(body, 0, ReplayRequestFlyweight.IN_LATEST_EPOCH);
        server.onRequest(peer, 1, body, 0, body.capacity(), nowNs);
        ReplayRequestFlyweight.encode(body, 0, STREAM, 0, Packets.SENT_NS, 1, OCTETS);
        ReplayRequestFlyweight.place(body, 0, ReplayRequestFlyweight.AT_TIME);
        server.onRequest(peer, 2, body, 0, body.capacity(), nowNs);
        ReplayRequestFlyweight.encode(body, 0, STREAM, 0, Packets.SENT_NS + 1, 1, OCTETS);
        ReplayRequestFlyweight.place(body, 0, ReplayRequestFlyweight.AT_TIME);
        server.onRequest(peer, 3, body, 0, body.capacity(), nowNs);

        tick();

        assertEquals("3 END  next 9:4 last | 1 DONE 1-3 next 9:4 last | 2 DONE 1-10 next 7:11 last", peer.heard());
    }

    private void ask(Peer from, long first, long count) {
        ask(from, EPOCH, first, count, OCTETS);
    }

    private void ask(Peer from, long epoch, long first, long count, int octets) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
        ReplayRequestFlyweight.encode(body, 0, STREAM, epoch, first, count, octets);
        server.onRequest(from, ++requests, body, 0, body.capacity(), nowNs);
    }

    private void tick() {
        server.onTick(nowNs);
    }

    private final class Library implements ReplayLibrary {
        @Override
        public @Nullable ReplayLog open(int stream) {
            return stream == STREAM ? journal.reader() : null;
        }

        @Override
        public boolean isBesideLines(String peer) {
            return !peer.startsWith("far");
        }

        @Override
        public boolean hasLines(int stream) {
            return hasLines;
        }

        @Override
        public boolean send(int stream, DirectBuffer packet, int offset, int length) {
            if (isLineFull) {
                return false;
            }
            long first = PacketFlyweight.sequence(packet, offset);
            onLine.add(first + "-" + (first + PacketFlyweight.count(packet, offset) - 1)
                    + ((PacketFlyweight.flags(packet, offset) & 2) != 0 ? " replayed" : ""));
            return true;
        }
    }

    /** Notes what it is told. */
    private static final class Peer implements ReplayPeer {
        private static final List<String> STATUSES = List.of("MORE", "DONE", "END", "ON_LINE", "BUSY");
        private final List<String> told = new ArrayList<>();
        private final String name;
        private final PageWalk walk = new PageWalk(STREAM);
        boolean isWritable = true;
        boolean mayPull = true;

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
            return isWritable;
        }

        @Override
        public void reply(long request, boolean isLast, DirectBuffer page, int offset, int length) {
            assertTrue(walk.isWhole(page, offset, length), "a page that is whole");
            List<String> packets = new ArrayList<>();
            PageWalk.walk(page, offset, (buffer, at, packetLength) -> {
                long first = PacketFlyweight.sequence(buffer, at);
                assertEquals(PacketFlyweight.FLAG_REPLAYED, PacketFlyweight.flags(buffer, at));
                packets.add(first + "-" + (first + PacketFlyweight.count(buffer, at) - 1));
                return true;
            });
            told.add(request + " " + STATUSES.get(ReplayPageFlyweight.status(page, offset)) + " "
                    + String.join(",", packets) + " next " + ReplayPageFlyweight.nextEpoch(page, offset) + ":"
                    + ReplayPageFlyweight.next(page, offset) + (isLast ? " last" : ""));
        }

        @Override
        public void refuse(long request, int reason, String words) {
            told.add(request + " no: " + words);
        }
    }
}
