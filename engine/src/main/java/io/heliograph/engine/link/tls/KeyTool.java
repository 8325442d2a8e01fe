// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's {@code keytool} as a child process, on a key store of its own: the JDK signs certificates, and has no API for it.
 *
 * <p>The store lies in a directory of mode 0700, under a password that only this process and its children know, which reaches
 * them by their environment and not by their arguments, and is gone at the end.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> {@link CertificateException} with what keytool says.
 */
final class KeyTool implements AutoCloseable {
    private static final String PASSWORD_VARIABLE = "HELIOGRAPH_STORE";
    private static final long PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Path store;
    private final String password;

    KeyTool() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        password = HexFormat.of().formatHex(random);
        try {
            directory = Files.createTempDirectory(
                    "heliograph-certs",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw new CertificateException("cannot make a temporary directory: " + failed.getMessage(), failed);
        }
        store = directory.resolve("store.p12");
    }

    /** Makes a key pair and its certificate in the store. */
    void generate(String alias, String subject, int days, List<String> more) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                subject,
                // An hour back: the clocks of a site's hosts need not agree to the second.
                "-startdate",
                "-1H",
                "-validity",
                Integer.toString(days),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                PASSWORD_VARIABLE));
        words.addAll(more);
        run(words);
    }

    /** Puts an authority that was made before into the store. */
    void put(String alias, Key key, Certificate certificate) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, password.toCharArray());
            keys.setKeyEntry(alias, key, password.toCharArray(), new Certificate[] {certificate});
            try (OutputStream out = Files.newOutputStream(store)) {
                keys.store(out, password.toCharArray());
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new CertificateException("cannot use the authority: " + failed.getMessage(), failed);
        }
    }

    /** What the store has under a name. */
    KeyStore.PrivateKeyEntry entry(String alias) {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection(password.toCharArray());
            return (KeyStore.PrivateKeyEntry) keys.getEntry(alias, protection);
        } catch (IOException | GeneralSecurityException failed) {
            throw new CertificateException("cannot read what keytool made: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(store);
            Files.deleteIfExists(directory);
        } catch (IOException stays) {
            throw new CertificateException("remove " + directory + " by hand: " + stays.getMessage(), stays);
        }
    }

    private void run(List<String> words) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put(PASSWORD_VARIABLE, password);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new CertificateException("keytool failed: " + said.replaceAll("\\R", " "), null);
            }
        } catch (IOException absent) {
            throw new CertificateException(
                    "cannot run " + words.get(0) + " (" + absent.getMessage()
                            + "); a JDK has it, and most Java runtimes",
                    absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CertificateException("interrupted", interrupted);
        }
    }
}
