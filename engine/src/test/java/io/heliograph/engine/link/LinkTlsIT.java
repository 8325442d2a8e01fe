// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.LinkSecurity;
import io.heliograph.engine.link.netty.Sockets;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.session.TlsFault;
import io.heliograph.engine.link.tls.CertificateException;
import io.heliograph.engine.link.tls.NodeCertificates;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutual TLS: who has the right certificate gets in, and nobody else, each with a counter and words at the server. */
@Tag("full")
final class LinkTlsIT {
    private static final LinkAddress ANY = LinkAddress.tcp("127.0.0.1", 0);

    @TempDir
    private Path folder;

    private Papers papers;

    @BeforeEach
    void setUp() throws Exception {
        papers = new Papers(folder);
    }

    @ParameterizedTest
    @CsvSource({"JDK, JDK", "JDK, OPENSSL", "OPENSSL, JDK", "OPENSSL, OPENSSL"})
    void shouldLetInWhoHasTheRightCertificateWhicheverProvidersThereAre(SslProvider here, SslProvider there)
            throws Exception {
        assumeThere(here);
        assumeThere(there);
        try (LinkPair pair = pair(here)) {
            LinkClient client = pair.call(node("ny2", papers.of("ny2", there)), listening(pair));

            assertEquals(
                    List.of("0 last: ny2 says hello"),
                    LinkPair.ask(client, "echo", "hello").whole());
            Answer pages = LinkPair.ask(client, "pages", "100");
            assertEquals(100, pages.whole().size());
            assertEquals(0, pair.server.counters().rejected());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void shouldRefuseWhoHasNoCertificate(SslProvider provider) throws Exception {
        assumeThere(provider);
        try (LinkPair pair = pair(provider)) {
            LinkAddress.Tcp address = (LinkAddress.Tcp) listening(pair);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, papers.authority.toTrustManagerFactory().getTrustManagers(), new SecureRandom());
            try (SSLSocket stranger = (SSLSocket) context.getSocketFactory().createSocket()) {
                stranger.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), address.socket().getPort()));
                // In TLS 1.3 this side is done before the other refuses it: the first read tells.
                stranger.startHandshake();
                assertThrows(java.io.IOException.class, () -> readOrFail(stranger));
            }

            awaitRefusal(pair, TlsFault.NO_CERTIFICATE, "no certificate");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void shouldRefuseWhoComesFromAnUnknownAuthority(SslProvider provider) throws Exception {
        assumeThere(provider);
        try (LinkPair pair = pair(provider)) {
            X509Bundle own = Papers.valid("ny2").buildIssuedBy(Papers.authority("test authority"));
            pair.call(node("ny2", papers.write("ny2", own, papers.authority, provider)), listening(pair));

            awaitRefusal(pair, TlsFault.UNKNOWN_AUTHORITY, "unknown authority");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void shouldRefuseAnExpiredCertificate(SslProvider provider) throws Exception {
        assumeThere(provider);
        try (LinkPair pair = pair(provider)) {
            Instant now = Instant.now();
            X509Bundle own = Papers.valid("ny2")
                    .notBefore(now.minus(Duration.ofDays(9)))
                    .notAfter(now.minus(Duration.ofDays(8)))
                    .buildIssuedBy(papers.authority);
            pair.call(node("ny2", papers.write("ny2", own, papers.authority, provider)), listening(pair));

            awaitRefusal(pair, TlsFault.EXPIRED, "expired certificate");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void shouldSayThatTheCertificateOfAServerHasExpired(SslProvider provider) throws Exception {
        assumeThere(provider);
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            Instant now = Instant.now();
            X509Bundle expired = Papers.valid("ny1")
                    .notBefore(now.minus(Duration.ofDays(9)))
                    .notAfter(now.minus(Duration.ofDays(8)))
                    .buildIssuedBy(papers.authority);
            pair.server
                    .security(LinkSecurity.TLS)
                    .certificates(papers.write("ny1", expired, papers.authority, provider));
            LinkNode node = node("ny2", papers.of("ny2", provider));
            LinkClient client = pair.call(node, listening(pair));

            String said = LinkPair.ask(client, "echo", "hello").whole().get(0);

            assertTrue(said.startsWith("lost: no connection to ny1: expired certificate ("), said);
            awaiting("said", () -> pair.hasEvent(LinkEvent.Kind.UNREACHED, "not reached: expired certificate ("));
            assertTrue(node.counters().tlsFaults(TlsFault.EXPIRED) > 0, "counted");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void shouldRefuseACertificateThatIsNotYetValid(SslProvider provider) throws Exception {
        assumeThere(provider);
        try (LinkPair pair = pair(provider)) {
            Instant now = Instant.now();
            X509Bundle own = Papers.valid("ny2")
                    .notBefore(now.plus(Duration.ofHours(8)))
                    .notAfter(now.plus(Duration.ofDays(9)))
                    .buildIssuedBy(papers.authority);
            pair.call(node("ny2", papers.write("ny2", own, papers.authority, provider)), listening(pair));

            awaitRefusal(pair, TlsFault.NOT_YET_VALID, "certificate not yet valid");
        }
    }

    @Test
    void shouldRejectANameThatIsNotInTheCertificate() throws Exception {
        try (LinkPair pair = pair(SslProvider.JDK)) {
            LinkNode liar = node("ny3", papers.of("ny2", SslProvider.JDK));
            LinkClient client = pair.call(liar, listening(pair));

            String said = LinkPair.ask(client, "echo", "1").whole().get(0);

            assertTrue(said.contains("calls itself ny3, and its certificate names [ny2]"), said);
            assertTrue(pair.server.counters().rejected(RejectCode.WRONG_NAME) > 0);
            awaiting("that it is told", () -> pair.hasEvent(LinkEvent.Kind.REFUSED, "calls itself ny3"));
        }
    }

    @Test
    void shouldTakeANameFromItsUriAndNoneFromOtherUrisOrTheSubject() throws Exception {
        X509Bundle own = Papers.valid("ny2")
                .subject("CN=ny3")
                .addSanUriName("urn:heliograph:node:ny_4")
                .addSanUriName("urn:elsewhere:node:ny3")
                .buildIssuedBy(papers.authority);
        try (LinkPair pair = pair(SslProvider.JDK)) {
            NodeCertificates certificates = papers.write("ny2", own, papers.authority, SslProvider.JDK);
            LinkClient liar = pair.call(node("ny3", certificates), listening(pair));
            LinkClient named = pair.call(
                    node("ny_4", certificates), pair.bind(ANY).addresses().get(0));

            String said = LinkPair.ask(liar, "echo", "1").whole().get(0);
            assertTrue(said.contains("certificate names [ny2, ny_4]"), said);
            assertEquals(
                    List.of("0 last: ny_4 says 2"),
                    LinkPair.ask(named, "echo", "2").whole());
        }
    }

    @Test
    void shouldRejectAServerThatIsAnother() throws Exception {
        try (LinkPair pair = pair(SslProvider.JDK)) {
            LinkNode node = node("ny2", papers.of("ny2", SslProvider.JDK));
            LinkClient client = pair.call(node, "ldn1", listening(pair));

            assertTrue(LinkPair.ask(client, "echo", "1").whole().get(0).contains("called ldn1 and reached ny1"));
        }
    }

    @Test
    void shouldTakeNewCertificatesWithoutARestartAndKeepTheOldOnesWhenTheNewAreBad() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("server"));
        Papers.put(directory, "ny1", Papers.valid("ny1").buildIssuedBy(papers.authority), papers.authority);
        try (LinkPair pair = new LinkPair(Sockets.best())) {
            NodeCertificates certificates = NodeCertificates.load(directory, "ny1", SslProvider.JDK);
            pair.server.security(LinkSecurity.TLS).certificates(certificates);
            LinkAddress address = listening(pair);
            LinkClient before = pair.call(node("ny2", papers.of("ny2", SslProvider.JDK)), address);
            assertEquals(
                    List.of("0 last: ny2 says 1"),
                    LinkPair.ask(before, "echo", "1").whole());
            assertFalse(certificates.reloadIfChanged());

            Papers others = new Papers(Files.createDirectory(folder.resolve("others")));
            Papers.put(directory, "ny1", Papers.valid("ny1").buildIssuedBy(others.authority), others.authority);
            assertTrue(certificates.reloadIfChanged());

            LinkClient after = pair.call(node("ny3", others.of("ny3", SslProvider.JDK)), address);
            assertEquals(
                    List.of("0 last: ny3 says 2"),
                    LinkPair.ask(after, "echo", "2").whole());
            assertEquals(
                    List.of("0 last: ny2 says 3"),
                    LinkPair.ask(before, "echo", "3").whole(),
                    "open ones go on");

            Files.writeString(directory.resolve("ny1.pem"), "nothing");
            CertificateException said = assertThrows(CertificateException.class, certificates::reloadIfChanged);
            assertTrue(said.getMessage().endsWith("ny1.pem: no certificate in PEM form"), said.getMessage());
            LinkClient still = pair.call(node("ny4", others.of("ny4", SslProvider.JDK)), address);
            assertEquals(
                    List.of("0 last: ny4 says 4"),
                    LinkPair.ask(still, "echo", "4").whole());
        }
    }

    @Test
    void shouldRefuseAKeyThatOthersCanRead() throws Exception {
        papers.of("ny2", SslProvider.JDK);
        Path key = folder.resolve("papers1").resolve("ny2.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        CertificateException said =
                assertThrows(CertificateException.class, () -> NodeCertificates.load(folder.resolve("papers1"), "ny2"));

        assertEquals(key + ": others than its owner may use it (rw-r-----); chmod 600 " + key, said.getMessage());
    }

    @Test
    void shouldRefuseACertificateOfAnotherNode() throws Exception {
        X509Bundle other = Papers.valid("ny9").buildIssuedBy(papers.authority);

        CertificateException said = assertThrows(
                CertificateException.class, () -> papers.write("ny2", other, papers.authority, SslProvider.JDK));

        assertTrue(said.getMessage().contains("names [ny9] and not this node, ny2"), said.getMessage());
    }

    @Test
    void shouldSayWhichFileIsNotThere() {
        CertificateException said =
                assertThrows(CertificateException.class, () -> NodeCertificates.load(folder, "ny2"));

        assertEquals(
                folder.resolve("ny2.key")
                        + ": no such file; heliograph certs makes an authority and certificates for a start",
                said.getMessage());
    }

    private LinkPair pair(SslProvider provider) throws Exception {
        LinkPair pair = new LinkPair(Sockets.best());
        pair.server.security(LinkSecurity.TLS).certificates(papers.of("ny1", provider));
        return pair;
    }

    private static LinkAddress listening(LinkPair pair) {
        return pair.bind(ANY).addresses().get(0);
    }

    private static LinkNode node(String name, NodeCertificates certificates) {
        return LinkPair.node(name).security(LinkSecurity.TLS).certificates(certificates);
    }

    private static void awaitRefusal(LinkPair pair, TlsFault fault, String words) {
        awaiting("a refusal", () -> pair.server.counters().tlsFaults(fault) > 0);
        awaiting(words, () -> pair.hasEvent(LinkEvent.Kind.REFUSED, words));
    }

    private static int readOrFail(SSLSocket stranger) throws java.io.IOException {
        int octet = stranger.getInputStream().read();
        if (octet < 0) {
            throw new java.io.EOFException("closed");
        }
        return octet;
    }

    private static void assumeThere(SslProvider provider) {
        Assumptions.assumeTrue(
                provider == SslProvider.JDK || OpenSsl.isAvailable(), "BoringSSL is not to be had on this machine");
    }
}
