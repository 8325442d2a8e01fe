// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.tls.NodeCertificates;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** Certificates of nodes, right and wrong ones, in directories as {@link NodeCertificates} reads them. */
final class Papers {
    final X509Bundle authority;
    private final Path folder;
    private int count;

    Papers(Path folder) throws Exception {
        this.folder = folder;
        this.authority = authority("test authority");
    }

    static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    static CertificateBuilder valid(String name) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .subject("CN=whatever")
                .addSanDnsName(name)
                .notBefore(now.minus(Duration.ofHours(1)))
                .notAfter(now.plus(Duration.ofDays(1)));
    }

    /** Of this authority. */
    NodeCertificates of(String name, SslProvider provider) throws Exception {
        return write(name, valid(name).buildIssuedBy(authority), authority, provider);
    }

    NodeCertificates write(String name, X509Bundle own, X509Bundle trusted, SslProvider provider) throws IOException {
        Path directory = Files.createDirectory(folder.resolve("papers" + ++count));
        put(directory, name, own, trusted);
        return NodeCertificates.load(directory, name, provider);
    }

    static void put(Path directory, String name, X509Bundle own, X509Bundle trusted) throws IOException {
        Files.writeString(directory.resolve("authority.pem"), trusted.getCertificatePEM());
        Files.writeString(directory.resolve(name + ".pem"), own.getCertificatePEM());
        Path key = directory.resolve(name + ".key");
        Files.writeString(key, own.getPrivateKeyPEM());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
}
