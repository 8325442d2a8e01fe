// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.PartitionedSubscription;
import io.heliograph.engine.cli.Main;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.book.LevelCursor;
import io.heliograph.subscribers.book.OrderCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed published in four partitions by the role: the books over all of them are those of the feed. */
@Tag("full")
class PartitionedTruthSystemTest {
    private static final long TEN_THOUSANDTH = 100_000L;

    @TempDir
    private Path folder;

    private final NaiveBook naive = new NaiveBook(best -> {});
    private final Books books = new Books(1, 1, new BookListener() {});
    private final long[] received = new long[4];

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void shouldBuildTheTruthsBooksWhenAppleIsPublished() throws IOException {
        carry(Truth.capture(Truth.AAPL), "");

        assertEquals(Truth.AAPL_ORDERS, Truth.sha256(orders()));
        assertEquals(naive.orders(), orders());
    }

    @Test
    void shouldBuildTheSameBooksWhenADayOfManySymbolsIsSplit() throws IOException {
        carry(generated(), "");

        assertEquals(naive.orders(), orders());
        assertEquals(0, books.troubleCount());
        for (long messages : received) {
            assertTrue(messages > 5_000, messages + " messages in a partition of 60000");
        }
    }

    @Test
    void shouldBuildTheSameBooksWhenItComesFromTwoSourcesThroughTheIntake() throws IOException {
        carry(generated(), " --source itch:" + Truth.capture(Truth.DIRECTORY));

        assertEquals(naive.orders(), orders());
    }

    private Path generated() {
        Path day = folder.resolve("01302020.day.itch50");
        assertEquals(0, generate(day, 60_000, 200));
        return day;
    }

    private static int generate(Path file, int messages, int symbols) {
        return Main.commandLine()
                .execute(
                        "generate",
                        "--messages",
                        String.valueOf(messages),
                        "--symbols",
                        String.valueOf(symbols),
                        "--seed",
                        "3",
                        file.toString());
    }

    private void carry(Path file, String more) throws IOException {
        NaiveFile.read(file, naive::onMessage);
        Path topology = topology();
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(topology))
                .host("host1")
                .driver(DriverChoice.embedded());
        try (Heliograph heliograph = Heliograph.connect(context);
                PartitionedSubscription subscription =
                        PartitionedSubscription.open(heliograph, "itch", partition -> StreamListener.NONE)) {
            String call = "publish --topology " + topology + " --host host1 --stream itch --driver embedded --wait 20s"
                    + " --date 2020-01-30 --source itch:" + file + more;
            CompletableFuture<Integer> exitCode =
                    CompletableFuture.supplyAsync(() -> Main.commandLine().execute(call.split(" ", -1)));
            awaiting(
                    "the end of all partitions",
                    () -> {
                        heliograph.doWork();
                        subscription.poll(
                                (buffer, offset, length, header) -> books.onMessage(buffer, offset, length), 64);
                    },
                    subscription::isEnded);
            awaiting("the role", heliograph::doWork, exitCode::isDone);
            assertEquals(0, exitCode.join());
            for (int i = 0; i < received.length; i++) {
                received[i] = subscription.partition(i).statistics().messages();
                assertEquals(0, subscription.partition(i).statistics().gaps());
            }
        }
    }

    private Path topology() throws IOException {
        Path sample = LoopbackTopology.sample(folder);
        String split = Files.readString(sample).replace("id=\"1001\"", "id=\"1\" partitions=\"4\"");
        return Files.writeString(sample, split);
    }

    /** As the truth has them: ascending by reference. */
    private List<String> orders() {
        Map<Long, String> all = new TreeMap<>();
        Book book = new Book();
        LevelCursor levels = new LevelCursor();
        for (int i = 0; i < books.size(); i++) {
            books.at(i, book);
            side(book, 'B', book.bids(levels), all);
            side(book, 'S', book.asks(levels), all);
        }
        return new ArrayList<>(all.values());
    }

    private static void side(Book book, char side, LevelCursor levels, Map<Long, String> all) {
        OrderCursor queue = new OrderCursor();
        while (levels.next()) {
            String price = book.instrument() + "," + side + "," + levels.price() / TEN_THOUSANDTH + ",";
            levels.orders(queue);
            while (queue.next()) {
                all.put(queue.orderId(), queue.orderId() + "," + price + queue.size());
            }
        }
    }
}
