// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.schema.sbe.Flag;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionEncoder;
import io.heliograph.engine.schema.sbe.MessageHeaderDecoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.testkit.OrderBody;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.Books;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookFilesTest {
    private static final long DOLLAR = 1_000_000_000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final OrderBody body = new OrderBody(buffer, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Instruments instruments = new Instruments();
    private long sequence;

    @TempDir
    private Path folder;

    private LineFile best;
    private Path bestPath;

    private final Books books = new Books(2, 2, new BookListener() {
        @Override
        public void onBestChange(Book book) {
            BookFiles.best(best, sequence, instruments.get(book.instrument()), book);
        }
    });

    @BeforeEach
    void open() throws IOException {
        bestPath = folder.resolve("bbo.csv");
        best = LineFile.open(bestPath);
        BookFiles.beginBest(best);
    }

    @AfterEach
    void close() throws IOException {
        best.close();
        books.close();
    }

    @Test
    void shouldWriteLevelsBySymbolSideAndPriceWhenTheBookIsWritten() throws IOException {
        define(7, "ZVZZT", 4);
        define(9, "AAPL", 4);
        define(3, "ODD,\"1\"", 2);
        add(7, 1, Side.BUY, 10 * DOLLAR, 5);
        add(9, 2, Side.SELL, 320 * DOLLAR + 600_000_000L, 58);
        add(9, 3, Side.BUY, 320 * DOLLAR + 420_000_000L, 100);
        add(9, 4, Side.BUY, 320 * DOLLAR + 400_000_000L, 100);
        add(9, 5, Side.BUY, 320 * DOLLAR + 420_000_000L, 1);
        add(3, 6, Side.SELL, 1_250_001L, 2);
        add(8, 7, Side.SELL, DOLLAR, 2);
        Path path = folder.resolve("book.csv");

        try (LineFile file = LineFile.open(path)) {
            BookFiles.book(file, List.of(new BookFiles.Part(books, instruments)));
        }

        assertEquals(
                List.of(
                        "symbol,side,price,size,orders",
                        "#8,S,1.0000,2,1",
                        "AAPL,B,320.4200,101,2",
                        "AAPL,B,320.4000,100,1",
                        "AAPL,S,320.6000,58,1",
                        "\"ODD,\"\"1\"\"\",S,0.001250001,2,1",
                        "ZVZZT,B,10.0000,5,1"),
                Files.readAllLines(path));
    }

    @Test
    void shouldWriteEachChangeOfBestPricesWithItsSequence() throws IOException {
        define(9, "AAPL", 4);
        add(9, 2, Side.SELL, 320 * DOLLAR + 600_000_000L, 58);
        add(9, 3, Side.BUY, 320 * DOLLAR, 100);
        add(9, 4, Side.BUY, 319 * DOLLAR, 100);
        delete(9, 2);

        best.close();

        assertEquals(
                List.of(
                        "sequence,symbol,bidPrice,bidSize,askPrice,askSize",
                        "1,AAPL,0.0000,0,320.6000,58",
                        "2,AAPL,320.0000,100,320.6000,58",
                        "4,AAPL,320.0000,100,0.0000,0"),
                Files.readAllLines(bestPath));
    }

    @Test
    void shouldKeepEveryLineWhenThereAreMoreThanAllBuffersHold() throws IOException {
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            best.put((long) i)
                    .put(',')
                    .put("0123456789".getBytes(StandardCharsets.US_ASCII))
                    .endLine();
        }
        best.close();

        List<String> lines = Files.readAllLines(bestPath);

        assertEquals(count + 1, lines.size());
        assertEquals(count - 1 + ",0123456789", lines.get(count));
    }

    private void define(int instrument, String symbol, int decimals) {
        InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .instrument(instrument)
                .time(1)
                .lotSize(100)
                .tickSize(InstrumentDefinitionEncoder.tickSizeNullValue())
                .priceDecimals((short) decimals)
                .category((byte) 'Q')
                .isTest(Flag.NO)
                .symbol(symbol);
        InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder();
        decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        instruments.onDefinition(decoder, buffer);
    }

    private void add(int instrument, long id, Side side, long price, long size) {
        sequence++;
        books.onMessage(buffer, 0, body.add(instrument, id, side, price, size));
    }

    private void delete(int instrument, long id) {
        sequence++;
        books.onMessage(buffer, 0, body.delete(instrument, id));
    }
}
