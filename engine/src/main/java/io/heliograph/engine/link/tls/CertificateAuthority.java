// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An authority for a start, in a directory: {@code authority.pem} and {@code authority.key}; and certificates of nodes that it
 * signs, as {@link NodeCertificates} reads them. Elliptic curve P-256, each node named by a URI and, where it can be one, as a
 * DNS name. Files have mode 0600, and none is ever written over.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> {@link CertificateException}; what was written before stays.
 */
public final class CertificateAuthority {
    private static final String AUTHORITY = "authority";
    private static final Pattern DNS_NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private final Path directory;

    /**
     * The authority of a directory, which need not exist so far.
     *
     * @param directory for all files.
     */
    public CertificateAuthority(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes certificates of nodes, and the authority before them if the directory has none.
     *
     * @param name of the authority, for people.
     * @param nodes their names.
     * @param days that the nodes' certificates are valid.
     * @param authorityDays that a new authority's is.
     * @return the files that were written.
     * @throws CertificateException when one of the files exists, or something fails.
     */
    public List<Path> issue(String name, List<String> nodes, int days, int authorityDays) {
        boolean isNew = isNew();
        for (String node : nodes) {
            refuseToOverwrite(file(node, ".pem"), file(node, ".key"));
        }
        List<Path> written = new ArrayList<>();
        try (KeyTool tool = new KeyTool()) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (isNew) {
                tool.generate(
                        AUTHORITY,
                        "CN=" + name + ", O=Heliograph",
                        authorityDays,
                        List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
                write(AUTHORITY, tool.entry(AUTHORITY), 1, written);
            } else {
                tool.put(AUTHORITY, authorityKey(), authority());
            }
            for (String node : nodes) {
                String names = "san=uri:" + CertificateNames.NODE_URN + node
                        + (DNS_NAME.matcher(node).matches() ? ",dns:" + node : "");
                tool.generate(
                        "node-" + node,
                        "CN=" + node + ", O=Heliograph",
                        days,
                        List.of(
                                "-signer",
                                AUTHORITY,
                                "-ext",
                                "bc:c=ca:false",
                                "-ext",
                                "ku:c=digitalSignature",
                                "-ext",
                                "eku=serverAuth,clientAuth",
                                "-ext",
                                names));
                // The authority itself is what others trust, and not part of what a node shows.
                write(node, tool.entry("node-" + node), 1, written);
            }
            return written;
        } catch (IOException failed) {
            throw new CertificateException("cannot write into " + directory + ": " + failed.getMessage(), failed);
        }
    }

    private boolean isNew() {
        boolean hasCertificate = Files.exists(file(AUTHORITY, ".pem"));
        boolean hasKey = Files.exists(file(AUTHORITY, ".key"));
        if (hasCertificate != hasKey) {
            throw new CertificateException(
                    directory + " has " + AUTHORITY + (hasCertificate ? ".pem and not " : ".key and not ") + AUTHORITY
                            + (hasCertificate ? ".key" : ".pem")
                            + "; make certificates where both are, or name an empty directory for another authority",
                    null);
        }
        return !hasKey;
    }

    private static void refuseToOverwrite(Path... files) {
        for (Path file : files) {
            if (Files.exists(file)) {
                throw new CertificateException(
                        file + " exists, and nothing was written; remove it, or name other nodes", null);
            }
        }
    }

    private void write(String name, KeyStore.PrivateKeyEntry entry, int depth, List<Path> written) throws IOException {
        StringBuilder chain = new StringBuilder();
        Certificate[] certificates = entry.getCertificateChain();
        try {
            for (int i = 0; i < depth; i++) {
                chain.append(pem("CERTIFICATE", certificates[i].getEncoded()));
            }
        } catch (GeneralSecurityException unreadable) {
            throw new CertificateException("keytool made no certificate: " + unreadable.getMessage(), unreadable);
        }
        // The key first: a certificate without its key would look as if it could be used.
        written.add(create(
                file(name, ".key"), pem("PRIVATE KEY", entry.getPrivateKey().getEncoded())));
        written.add(create(file(name, ".pem"), chain.toString()));
    }

    private static Path create(Path file, String text) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(file, options, mode)) {
            var octets = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (FileAlreadyExistsException made) {
            throw new CertificateException(file + " was made by somebody else meanwhile", made);
        }
        return file;
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private Certificate authority() throws IOException {
        try (InputStream in = Files.newInputStream(file(AUTHORITY, ".pem"))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException none) {
            throw new CertificateException(file(AUTHORITY, ".pem") + ": no certificate in PEM form", none);
        }
    }

    private PrivateKey authorityKey() throws IOException {
        Path file = file(AUTHORITY, ".key");
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            throw new CertificateException(file + ": no private key of an elliptic curve in PEM form (PKCS#8)", none);
        }
    }

    private Path file(String name, String suffix) {
        return directory.resolve(name + suffix);
    }
}
