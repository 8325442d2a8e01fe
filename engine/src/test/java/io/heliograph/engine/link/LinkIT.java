// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.link.session.RejectCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of one process talk over loopback and over Unix domain sockets. */
final class LinkIT {
    private static final LinkAddress ANY = LinkAddress.tcp("127.0.0.1", 0);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Sockets.class)
    void shouldAnswerOverTcp(Sockets sockets) throws Exception {
        try (LinkPair pair = new LinkPair(sockets)) {
            LinkServer server = pair.bind(ANY);
            LinkClient client =
                    pair.call(LinkPair.node("ny2"), server.addresses().get(0));

            assertEquals(
                    List.of("0 last: ny2 says hello"),
                    LinkPair.ask(client, "echo", "hello").whole());
            assertEquals(
                    List.of("1 last: no service nothing answers at ny1"),
                    LinkPair.ask(client, "nothing", "").whole());
        }
    }

    @ParameterizedTest
    @EnumSource(Sockets.class)
    void shouldAnswerOverAUnixSocketOfModeSixHundred(Sockets sockets) throws Exception {
        try (LinkPair pair = new LinkPair(sockets)) {
            Path path = folder.resolve("link.sock");
            LinkServer server = pair.bind(LinkAddress.unix(path));
            LinkClient client =
                    pair.call(LinkPair.node("anybody"), server.addresses().get(0));

            assertEquals(
                    List.of("0 last: local says hello"),
                    LinkPair.ask(client, "echo", "hello").whole());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            server.close();
            try (var left = Files.list(folder)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    /** A peer elsewhere would be tried only 3 to 6 s after the seventh failure, and each time later. */
    @Test
    @Tag("full")
    void shouldFindTheEngineOfItsHostSoonHoweverLongThatWasAway() {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkAddress socket = LinkAddress.unix(folder.resolve("late"));
            LinkClient client = pair.call(LinkPair.node("ny1"), socket);
            awaiting(
                    "failures",
                    () -> pair.events.stream()
                                    .filter(event -> event.kind() == LinkEvent.Kind.UNREACHED)
                                    .count()
                            >= 7);
            long fromNs = System.nanoTime();
            pair.bind(socket);
            awaiting("open", () -> pair.hasEvent(LinkEvent.Kind.OPENED, ""));

            long tookMs = (System.nanoTime() - fromNs) / 1_000_000;
            assertTrue(tookMs < 2_500, "it took " + tookMs + " ms");
            client.close();
        }
    }

    /** The file's mode alone would keep it out, and is opened here, so that the check of the peer's user is what is tested. */
    @Test
    void shouldRefuseAnotherUsersProcessAtAUnixSocket() throws Exception {
        Path users = Path.of("/usr/bin/setpriv");
        if (!Files.isExecutable(users) || !"root".equals(System.getProperty("user.name"))) {
            System.err.println("SKIPPED: a process of another user at a Unix socket needs root and setpriv");
            assumeTrue(false, "root and setpriv");
        }
        try (LinkPair pair = new LinkPair(Sockets.EPOLL)) {
            Path path = folder.resolve("link.sock");
            pair.bind(LinkAddress.unix(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            try (WriterProcess stranger = WriterProcess.of(
                    users.toString(),
                    "--reuid=65534",
                    "--clear-groups",
                    "perl",
                    "-MIO::Socket::UNIX",
                    "-e",
                    "my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die qq(not connected: $!); read($s, my $x, 1); print qq(closed);",
                    path.toString())) {
                stranger.awaitSaid("closed");
            }
            awaiting(
                    "the refusal",
                    () -> pair.hasEvent(LinkEvent.Kind.REFUSED, "a process of user id 65534, this node's is 0"));
            assertEquals(1, pair.server.counters().of(Count.REFUSED));
        }
    }

    @ParameterizedTest
    @EnumSource(Sockets.class)
    void shouldSendManyPagesOfSeveralAnswersAtOnce(Sockets sockets) throws Exception {
        try (LinkPair pair = new LinkPair(sockets)) {
            LinkServer server = pair.bind(ANY);
            LinkClient client =
                    pair.call(LinkPair.node("ny2"), server.addresses().get(0));
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(LinkPair.ask(client, "pages", "200"));
            }

            for (Answer answer : answers) {
                assertEquals(200, answer.whole().size());
                assertEquals(200L << 16, answer.octets());
            }
            assertEquals(
                    List.of("0 last: ny2 says still"),
                    LinkPair.ask(client, "echo", "still").whole());
        }
    }

    @Test
    void shouldComeBackWhenTheServerDoes() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer first = pair.bind(ANY);
            LinkAddress address = first.addresses().get(0);
            LinkClient client = pair.call(LinkPair.node("ny2"), address);
            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(client, "echo", "1").whole());

            first.close();
            awaiting("the end of the session", () -> pair.hasEvent(LinkEvent.Kind.CLOSED, "orderly end"));
            pair.bind(address);

            awaiting(
                    "an answer of the second server",
                    () -> LinkPair.ask(client, "echo", "2").whole().equals(List.of("0 last: ny2 says 2")));
        }
    }

    @Test
    void shouldTakeTheSecondAddressWhenTheFirstIsDead() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer dead = pair.bind(ANY);
            LinkAddress gone = dead.addresses().get(0);
            dead.close();
            LinkServer server = pair.bind(ANY);
            LinkClient client =
                    pair.call(LinkPair.node("ny2"), gone, server.addresses().get(0));

            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(client, "echo", "1").whole());
            awaiting("that it is told", () -> pair.hasEvent(LinkEvent.Kind.UNREACHED, gone.toString()));
        }
    }

    @Test
    void shouldLoseRequestsAtOnceWhereNobodyListens() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer dead = pair.bind(ANY);
            LinkAddress gone = dead.addresses().get(0);
            dead.close();
            LinkClient client = pair.call(LinkPair.node("ny2"), gone);

            String said = LinkPair.ask(client, "echo", "1").whole().get(0);

            assertTrue(said.startsWith("lost: no connection to ny1: "), said);
        }
    }

    @Test
    void shouldRejectNamesThatTheTopologyDoesNotKnowAndQuestionsThatItForbids() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            pair.server.policy(name -> name.equals("ny2") ? Optional.of(new OnlyEcho()) : Optional.empty());
            LinkServer server = pair.bind(ANY);
            LinkClient stranger =
                    pair.call(LinkPair.node("ny9"), server.addresses().get(0));
            LinkClient known =
                    pair.call(LinkPair.node("ny2"), server.addresses().get(0));

            String said = LinkPair.ask(stranger, "echo", "1").whole().get(0);
            assertTrue(said.contains("the topology of ny1 knows no node ny9"), said);
            assertTrue(pair.server.counters().rejected(RejectCode.UNKNOWN_NODE) > 0);
            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(known, "echo", "1").whole());
            assertEquals(
                    List.of("2 last: the topology does not let ny2 ask pages"),
                    LinkPair.ask(known, "pages", "1").whole());
        }
    }

    @Test
    void shouldRejectAPeerThatIsNotTheOneThatWasCalled() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer server = pair.bind(ANY);
            LinkNode node = LinkPair.node("ny2");
            LinkClient client = pair.call(node, "ldn1", server.addresses().get(0));

            String said = LinkPair.ask(client, "echo", "1").whole().get(0);

            assertTrue(said.contains("called ldn1 and reached ny1"), said);
            assertTrue(node.counters().rejected(RejectCode.WRONG_NAME) > 0);
        }
    }

    @Test
    void shouldCloseConnectionsBeyondTheLimit() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer server = pair.bind(new LinkLimits(100, 1), ANY);
            LinkClient first =
                    pair.call(LinkPair.node("ny2"), server.addresses().get(0));
            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(first, "echo", "1").whole());
            LinkClient second =
                    pair.call(LinkPair.node("ny3"), server.addresses().get(0));

            assertTrue(LinkPair.ask(second, "echo", "2").whole().get(0).startsWith("lost: "));
            assertTrue(pair.server.counters().of(Count.REFUSED) > 0);
            assertEquals(
                    List.of("0 last: ny2 says 3"),
                    LinkPair.ask(first, "echo", "3").whole());
        }
    }

    @Test
    void shouldSayWhichAddressIsTaken() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkAddress taken = pair.bind(ANY).addresses().get(0);

            LinkException said = assertThrows(LinkException.class, () -> pair.bind(taken));

            assertTrue(said.getMessage().startsWith("cannot listen at " + taken), said.getMessage());
        }
    }

    @Test
    void shouldHearNothingMoreOfARequestThatWasTakenBack() throws Exception {
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            LinkServer server = pair.bind(ANY);
            LinkClient client =
                    pair.call(LinkPair.node("ny2"), server.addresses().get(0));
            Answer answer = new Answer();
            long id = client.request(
                    "pages",
                    new UnsafeBuffer("100000".getBytes(StandardCharsets.US_ASCII)),
                    0,
                    6,
                    20_000_000_000L,
                    answer);
            awaiting("a page", () -> answer.octets() > 0);

            client.cancel(id);

            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(client, "echo", "1").whole());
            assertFalse(answer.isOver());
        }
    }

    /** May ask "echo" and nothing else. */
    private static final class OnlyEcho implements LinkPermissions {
        @Override
        public boolean mayPull(String stream) {
            return false;
        }

        @Override
        public boolean mayAsk(String service) {
            return service.equals("echo");
        }

        @Override
        public boolean mayServe(String service) {
            return true;
        }
    }
}
