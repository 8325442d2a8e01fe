// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.perf.naive.NaiveBest;
import io.heliograph.perf.naive.NaiveBook;
import io.heliograph.perf.naive.NaiveFile;
import io.heliograph.perf.naive.NaiveLevel;
import io.heliograph.perf.naive.Truth;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One {@code subscribe} over all four partitions of a feed: its books and best prices are those of the whole feed. */
final class PartitionedSubscribeSystemTest {
    private static final int PARTITIONS = 4;

    @TempDir
    private Path folder;

    private final List<NaiveBest> bests = new ArrayList<>();
    private final NaiveBook naive = new NaiveBook(bests::add);
    private Path book;
    private Path best;

    @Test
    void shouldBuildTheTruthsBooksOverAllPartitionsOfARealFeed() throws IOException {
        String summary = carry(Truth.capture(Truth.AAPL));

        assertEquals(Truth.AAPL_LIVE_ORDERS, number(summary, "orders"), summary);
        assertEquals(Truth.AAPL_LIVE_LEVELS, number(summary, "levels"), summary);
        assertEquals(Truth.AAPL_BEST_CHANGES, number(summary, "bestChanges"), summary);
    }

    @Tag("full")
    @Test
    void shouldBuildTheTruthsBooksWhenEveryPartitionHasManyInstruments() throws IOException {
        Path day = folder.resolve("01302020.day.itch50");
        try (RoleProcess generator = RoleProcess.start(
                "generate", "--messages", "60000", "--symbols", "200", "--seed", "3", day.toString())) {
            assertEquals(0, generator.awaitExit(), generator::toString);
        }

        String summary = carry(day);

        for (long messages : messagesOfPartitions(summary)) {
            assertTrue(messages > 5_000, summary);
        }
    }

    private String carry(Path feed) throws IOException {
        NaiveFile.read(feed, naive::onMessage);
        book = folder.resolve("book.csv");
        best = folder.resolve("bbo.csv");
        Path topology = split(LoopbackTopology.sample(folder));
        String summary;
        try (RoleProcess subscriber = role(
                        topology, "subscribe", "--until-end", "--book", book.toString(), "--bbo", best.toString());
                RoleProcess publisher = role(
                        topology, "publish", "--source", "itch:" + feed, "--date", "2020-01-30", "--wait", "20s")) {
            assertEquals(0, publisher.awaitExit(), publisher::toString);
            assertEquals(0, subscriber.awaitExit(), subscriber::toString);
            summary = subscriber.out().get(subscriber.out().size() - 1);
        }
        assertTrue(
                summary.startsWith("{\"type\":\"summary\",\"stream\":\"itch\",\"messages\":" + naive.messages()),
                summary);
        assertTrue(summary.contains(",\"gaps\":0,\"lost\":0,"), summary);
        assertTrue(
                summary.contains(
                        "\"quality\":\"ENDED\",\"behind\":0,\"partitions\":[{\"stream\":\"itch/0\",\"epoch\":"),
                summary);
        assertTrue(summary.endsWith("\"trouble\":{}}}"), summary);
        long[] messages = messagesOfPartitions(summary);
        assertEquals(PARTITIONS, messages.length, summary);
        assertEquals(naive.messages(), Arrays.stream(messages).sum(), summary);
        assertEquals(naive.orders().size(), number(summary, "orders"), summary);
        assertEquals(naive.levels().size(), number(summary, "levels"), summary);
        assertEquals(expectedLevels(), levels());
        assertEquals(expectedBests(), bests());
        return summary;
    }

    private static Path split(Path sample) throws IOException {
        String split = Files.readString(sample).replace("id=\"1001\"", "id=\"1\" partitions=\"" + PARTITIONS + "\"");
        return Files.writeString(sample, split);
    }

    private static RoleProcess role(Path topology, String name, String... options) {
        List<String> words = new ArrayList<>(List.of(
                name,
                "--topology",
                topology.toString(),
                "--host",
                "host1",
                "--stream",
                "itch",
                "--driver",
                "embedded",
                "--json"));
        words.addAll(List.of(options));
        return RoleProcess.start(words.toArray(String[]::new));
    }

    private List<String> expectedLevels() {
        List<String> expected = new ArrayList<>();
        for (NaiveLevel level : naive.levels()) {
            expected.add(String.join(
                    ",",
                    naive.symbol(level.locate()),
                    String.valueOf(level.side()),
                    price(level.price()),
                    String.valueOf(level.shares()),
                    String.valueOf(level.orders())));
        }
        expected.sort(null);
        return expected;
    }

    private List<String> levels() throws IOException {
        List<String> lines = Files.readAllLines(book);
        assertEquals("symbol,side,price,size,orders", lines.get(0));
        List<String> symbols =
                lines.stream().skip(1).map(line -> line.split(",", -1)[0]).toList();
        assertEquals(symbols.stream().sorted().toList(), symbols, "symbols ascend over all partitions");
        return lines.stream().skip(1).sorted().toList();
    }

    /** Instrument by instrument, each in its order: between partitions there is none. */
    private Map<String, List<String>> expectedBests() {
        Map<String, List<String>> expected = new TreeMap<>();
        for (NaiveBest change : bests) {
            expected.computeIfAbsent(naive.symbol(change.locate()), symbol -> new ArrayList<>())
                    .add(String.join(
                            ",",
                            price(change.bidPrice()),
                            String.valueOf(change.bidShares()),
                            price(change.askPrice()),
                            String.valueOf(change.askShares())));
        }
        return expected;
    }

    private Map<String, List<String>> bests() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(best).stream().skip(1).toList()) {
            String[] field = line.split(",", 3);
            found.computeIfAbsent(field[1], symbol -> new ArrayList<>()).add(field[2]);
        }
        return found;
    }

    private static String price(long tenThousandths) {
        return BigDecimal.valueOf(tenThousandths, 4).toPlainString();
    }

    private static long[] messagesOfPartitions(String summary) {
        return Pattern.compile("\\{\"stream\":\"itch/\\d\",\"epoch\":\\d+,\"messages\":(\\d+)")
                .matcher(summary)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .toArray();
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9]+)").matcher(json);
        assertTrue(matcher.find(), () -> "no " + name + " in " + json);
        return Long.parseLong(matcher.group(1));
    }
}
