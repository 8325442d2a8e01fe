// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.perf.naive.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example, engine, publisher and subscriber as three processes, on a real exchange's messages. */
final class ThreeProcessesSystemTest {
    /** The capture holds one instrument, under this stock locate. */
    private static final String LOCATE = "13";

    @TempDir
    private Path folder;

    private Path topology;

    @BeforeEach
    void copySampleUnderAnotherNameAndRange() {
        topology = LoopbackTopology.sample(folder);
    }

    @Test
    void shouldCarryARealFeedWithoutLossToBooksThatEqualTheTruth() throws IOException {
        Path capture = Truth.capture(Truth.AAPL);
        Path book = folder.resolve("book.csv");
        Path best = folder.resolve("bbo.csv");

        RoleProcess engine = role("engine");
        try (engine) {
            engine.awaitOut("driver: process");
            List<String> subscribed;
            List<String> published;
            try (RoleProcess subscriber = role(
                            "subscribe",
                            "--stream",
                            "itch",
                            "--until-end",
                            "--json",
                            "--book",
                            book.toString(),
                            "--bbo",
                            best.toString());
                    RoleProcess publisher = role(
                            "publish", "--stream", "itch", "--source", "itch:" + capture, "--wait", "20s", "--json")) {
                assertEquals(0, publisher.awaitExit(), publisher::toString);
                assertEquals(0, subscriber.awaitExit(), subscriber::toString);
                published = publisher.out();
                subscribed = subscriber.out();
            }

            String sent = published.get(published.size() - 1);
            assertTrue(sent.contains("\"type\":\"summary\""), sent);
            assertEquals(6_000, number(sent, "messages"), sent);
            Truth.AAPL_TYPES.forEach((type, count) -> assertEquals(count, number(sent, type.toString()), sent));
            String received = subscribed.get(subscribed.size() - 1);
            assertTrue(received.contains("\"type\":\"summary\""), received);
            assertEquals(6_000, number(received, "messages"), received);
            assertEquals(0, number(received, "gaps"), received);
            assertEquals(0, number(received, "lost"), received);
            assertEquals(0, number(received, "early"), received);
            String latency = received.substring(received.indexOf("\"latencyNs\""));
            assertTrue(number(latency, "p50") > 0, received);
            assertEquals(Truth.AAPL_LEVELS, Truth.sha256(levels(book)));
            List<String> changes = changes(best);
            assertEquals(Truth.AAPL_BEST_CHANGES, changes.size());
            assertEquals(Truth.AAPL_BEST, Truth.sha256(changes));
            assertEquals(130, engine.terminate());
        }
    }

    private RoleProcess role(String name, String... options) {
        List<String> words = new ArrayList<>(List.of(name, "--topology", topology.toString(), "--host", "host1"));
        words.addAll(List.of(options));
        return RoleProcess.start(words.toArray(String[]::new));
    }

    /** From {@code symbol,side,price,size,orders} to the truth's {@code locate,side,price,shares,orders}. */
    private static List<String> levels(Path book) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : body(book, "symbol,side,price,size,orders")) {
            String[] field = line.split(",", -1);
            assertEquals("AAPL", field[0]);
            lines.add(String.join(",", LOCATE, field[1], tenThousandths(field[2]), field[3], field[4]));
        }
        return lines;
    }

    /** From {@code sequence,symbol,bidPrice,bidSize,askPrice,askSize} to the truth's integers. */
    private static List<String> changes(Path best) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : body(best, "sequence,symbol,bidPrice,bidSize,askPrice,askSize")) {
            String[] field = line.split(",", -1);
            assertEquals("AAPL", field[1]);
            lines.add(String.join(
                    ",", field[0], LOCATE, tenThousandths(field[2]), field[3], tenThousandths(field[4]), field[5]));
        }
        return lines;
    }

    private static List<String> body(Path csv, String header) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        assertEquals(header, lines.get(0));
        return lines.subList(1, lines.size());
    }

    private static String tenThousandths(String price) {
        assertTrue(price.matches("[0-9]+\\.[0-9]{4}"), price);
        return Long.toString(Long.parseLong(price.replace(".", "")));
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9]+)").matcher(json);
        assertTrue(matcher.find(), () -> "no " + name + " in " + json);
        return Long.parseLong(matcher.group(1));
    }
}
