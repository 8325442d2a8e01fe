// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The counts and checksums of the ITCH captures, counted by parsers that share no code with this project. */
public final class Truth {
    public static final String AAPL = "nasdaq-itch50/aapl-20200130-first6000.itch50";
    public static final String DIRECTORY = "nasdaq-itch50/directory-first1000.itch50";
    public static final Map<Character, Long> AAPL_TYPES = new TreeMap<>(
            Map.of('A', 2894L, 'D', 2507L, 'E', 419L, 'H', 1L, 'L', 52L, 'P', 123L, 'R', 1L, 'X', 2L, 'Y', 1L));
    public static final Map<Character, Long> DIRECTORY_TYPES =
            new TreeMap<>(Map.of('H', 3L, 'R', 993L, 'S', 1L, 'Y', 3L));
    public static final String AAPL_ORDERS = "98d231717668a2ffbad0306ad097c313213c21c1290669f605863ce172a2053a";
    public static final String AAPL_LEVELS = "60a9a8df3038b9b0612c598b956a7f8566344ed5151b1389ac2ac86d33c50ac2";
    public static final String AAPL_BEST = "55e7d9371b499ad3f8eeeedd3976d413dff70d3e69a3dfda6a9a18eed8a4bc23";
    public static final int AAPL_LIVE_ORDERS = 150;
    public static final int AAPL_LIVE_LEVELS = 97;
    public static final int AAPL_BEST_CHANGES = 1336;

    private Truth() {}

    /** The capture; where it is missing the test is skipped, and says so. */
    public static Path capture(String name) {
        Path path = Path.of(System.getProperty("heliograph.captures", "../../shared/data"), name);
        boolean isThere = Files.isRegularFile(path);
        if (!isThere) {
            System.err.println("skipped: no capture at " + path + "; name the folder with -Dheliograph.captures=DIR");
        }
        Assumptions.assumeTrue(isThere, () -> "no capture at " + path);
        return path;
    }

    /** SHA-256 of the lines, each with a line feed behind it. */
    public static String sha256(Iterable<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String line : lines) {
                digest.update((line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
