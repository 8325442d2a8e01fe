// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.subscribers.book.Book;
import io.heliograph.subscribers.book.BookListener;
import io.heliograph.subscribers.book.BookOutcome;
import io.heliograph.subscribers.book.Books;
import io.heliograph.subscribers.record.BookFiles;
import io.heliograph.subscribers.record.Instruments;
import io.heliograph.subscribers.record.LineFile;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the role {@code subscribe} does with each message of a stream: counts it, feeds the books, writes changes of best
 * prices, prints. Of a feed in partitions each has its own: an instrument is in one of them only.
 *
 * <p><b>Thread:</b> the one that polls.
 *
 * <p><b>Allocation:</b> none per message without printing, but for definitions of instruments.
 */
final class Tap implements MessageHandler, BookListener {
    /** Prints one normalised message. */
    interface Printer {
        void print(long sequence, String message);
    }

    private final SchemaWalker walker = new SchemaWalker();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final Instruments instruments = new Instruments();
    private final Templates templates = new Templates();
    private final Latencies latencies = new Latencies();
    private final MessageLimit limit;
    private final Notices notices;
    private final @Nullable Books books;
    private final @Nullable LineFile best;
    private final @Nullable Printer printer;
    private long messages;
    private long sequence;

    Tap(
            SubscribeOptions options,
            MessageLimit limit,
            Notices notices,
            @Nullable LineFile best,
            @Nullable Printer printer) {
        this.limit = limit;
        this.notices = notices;
        this.best = best;
        this.printer = printer;
        this.books =
                options.needsBooks() ? new Books(options.expectedInstruments(), options.expectedOrders(), this) : null;
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        if (notices.isOver() || !limit.take()) {
            return;
        }
        messages++;
        sequence = header.sequence();
        latencies.onMessage(header);
        walker.wrap(buffer, offset, length);
        while (walker.next()) {
            templates.count(walker.templateId());
            if (walker.templateId() == InstrumentDefinitionDecoder.TEMPLATE_ID) {
                definition.wrap(buffer, walker.blockOffset(), walker.blockLength(), walker.version());
                instruments.onDefinition(definition, buffer);
            }
            if (printer != null) {
                printer.print(sequence, templates.text(walker));
            }
        }
        if (books != null) {
            books.collect(buffer, offset, length, sequence);
            if (header.isEndOfPacket() || limit.isReached()) {
                books.apply();
            }
        }
    }

    @Override
    public void onBestChange(Book book) {
        if (best != null && books != null) {
            BookFiles.best(best, books.sequence(), instruments.get(book.instrument()), book);
        }
    }

    @Override
    public void onTrouble(BookOutcome outcome, int instrument, long orderId) {
        notices.trouble(
                books == null ? sequence : books.sequence(),
                outcome,
                instruments.get(instrument).symbol(),
                orderId);
    }

    /** A numbering begins: what the last one built is over. */
    void onEpochStart() {
        if (books != null) {
            books.clear();
        }
    }

    long messages() {
        return messages;
    }

    long malformed() {
        return walker.malformedCount();
    }

    long unknownTemplates() {
        return walker.unknownTemplateCount();
    }

    /** With all that has come: of a packet that a gap has cut, the end does not come. */
    @Nullable
    Books books() {
        if (books != null) {
            books.apply();
        }
        return books;
    }

    Instruments instruments() {
        return instruments;
    }

    Templates templates() {
        return templates;
    }

    Latencies latencies() {
        return latencies;
    }
}
