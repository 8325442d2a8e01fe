// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * A node's certificates in a directory, as the role {@code certs} makes them: {@code authority.pem} with the authorities that
 * are trusted (several while one takes over from another), {@code NAME.pem} with the node's certificate and whatever stands
 * between it and an authority, {@code NAME.key} with its private key (PKCS#8, readable by its owner alone).
 *
 * <p>TLS 1.3 only, with certificates on both sides. BoringSSL does it where it is there, else the JDK: they speak the same.
 *
 * <p><b>Thread:</b> {@link #reloadIfChanged} one at a time; the contexts any. What was loaded last is what new connections use;
 * those that are open go on.
 */
public final class NodeCertificates {
    private static final String PROTOCOL = "TLSv1.3";

    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.range(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);

    private final Path authority;
    private final Path certificate;
    private final Path key;
    private final String node;
    private final SslProvider provider;
    private volatile Loaded loaded;

    private record Loaded(SslContext server, SslContext client, Instant notAfter, String digest) {}

    private NodeCertificates(Path directory, String node, SslProvider provider) {
        this.authority = directory.resolve("authority.pem");
        this.certificate = directory.resolve(node + ".pem");
        this.key = directory.resolve(node + ".key");
        this.node = node;
        this.provider = provider;
        this.loaded = load();
    }

    /**
     * Loads the certificates of a node with whatever does TLS best here.
     *
     * @param directory that holds the three files.
     * @param node its name.
     * @return the certificates.
     * @throws CertificateException when they cannot be used.
     */
    public static NodeCertificates load(Path directory, String node) {
        boolean isNative = OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL);
        return load(directory, node, isNative ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    /**
     * Loads the certificates of a node.
     *
     * @param directory that holds the three files.
     * @param node its name.
     * @param provider that does TLS.
     * @return the certificates.
     * @throws CertificateException when they cannot be used.
     */
    public static NodeCertificates load(Path directory, String node, SslProvider provider) {
        return new NodeCertificates(directory, node, provider);
    }

    /**
     * Reads the files again, if their content is another. When they cannot be used, what was loaded before stays.
     *
     * @return whether others are in use now.
     * @throws CertificateException when the new ones cannot be used.
     */
    public boolean reloadIfChanged() {
        if (digest().equals(loaded.digest())) {
            return false;
        }
        loaded = load();
        return true;
    }

    /**
     * For connections that come.
     *
     * @return the context to be used for the next one.
     */
    public SslContext server() {
        return loaded.server();
    }

    /**
     * For connections that go.
     *
     * @return the context to be used for the next one.
     */
    public SslContext client() {
        return loaded.client();
    }

    /**
     * Until when the node's certificate is valid.
     *
     * @return its end.
     */
    public Instant notAfter() {
        return loaded.notAfter();
    }

    /**
     * What does TLS.
     *
     * @return a few words.
     */
    public String provider() {
        return provider == SslProvider.JDK ? "JDK" : "BoringSSL";
    }

    private Loaded load() {
        checkKeyIsPrivate();
        X509Certificate own = read();
        if (!CertificateNames.of(own).contains(node)) {
            throw new CertificateException(
                    certificate + ": names " + CertificateNames.of(own) + " and not this node, " + node
                            + "; give the node a certificate of its own (heliograph certs --help)",
                    null);
        }
        String digest = digest();
        try {
            SslContext server = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .trustManager(authority.toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols(PROTOCOL)
                    .sslProvider(provider)
                    .build();
            // The name is checked by the session, for both sides alike and exactly: no host name is looked at.
            SslContext client = SslContextBuilder.forClient()
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(authority.toFile())
                    .endpointIdentificationAlgorithm(null)
                    .protocols(PROTOCOL)
                    .sslProvider(provider)
                    .build();
            return new Loaded(server, client, own.getNotAfter().toInstant(), digest);
        } catch (SSLException | RuntimeException unusable) {
            throw new CertificateException(
                    "cannot use " + certificate + " with " + key + " and " + authority + ": " + deepest(unusable),
                    unusable);
        }
    }

    private X509Certificate read() {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException unreadable) {
            throw unreadable(certificate, unreadable);
        } catch (GeneralSecurityException none) {
            throw new CertificateException(certificate + ": no certificate in PEM form", none);
        }
    }

    private void checkKeyIsPrivate() {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(key);
            if (!OWNERS.containsAll(mode)) {
                throw new CertificateException(
                        key + ": others than its owner may use it (" + PosixFilePermissions.toString(mode)
                                + "); chmod 600 " + key,
                        null);
            }
        } catch (IOException unreadable) {
            throw unreadable(key, unreadable);
        }
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : new Path[] {authority, certificate, key}) {
                byte[] octets = readAll(file);
                digest.update((octets.length + ":").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                digest.update(octets);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static CertificateException unreadable(Path file, IOException why) {
        String what =
                why instanceof java.nio.file.NoSuchFileException ? "no such file" : String.valueOf(why.getMessage());
        return new CertificateException(
                file + ": " + what + "; heliograph certs makes an authority and certificates for a start", why);
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
