// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_BACK_PRESSURED;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_EPOCH;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_LINES;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_LINE_PACKETS;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_LINE_PUSHED_BACK;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_LINE_SKIPPED;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_LINE_STATE;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_MESSAGES;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_MOVES;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_NEXT_SEQUENCE;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_PACKETS;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_RESENT;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_SINGLE_LINE_RISK;
import static io.heliograph.engine.base.CounterDescriptor.PUBLICATION_UNHEARD;

import java.util.List;

/**
 * A publication's figures as counters.
 *
 * <p><b>Thread:</b> single writer (the thread that publishes), many readers.
 */
public final class PublicationCounters implements PublicationTick {
    private final CounterSet stream;
    private final CounterSet[] lines;

    /**
     * Asks for the counters.
     *
     * @param connection to the driver.
     * @param name of the stream.
     * @param lineNames A, B and so on.
     */
    public PublicationCounters(AeronConnection connection, String name, List<String> lineNames) {
        stream = CounterSet.ofStream(
                connection,
                name,
                PUBLICATION_NEXT_SEQUENCE,
                PUBLICATION_EPOCH,
                PUBLICATION_MESSAGES,
                PUBLICATION_PACKETS,
                PUBLICATION_BACK_PRESSURED,
                PUBLICATION_UNHEARD,
                PUBLICATION_LINES,
                PUBLICATION_MOVES,
                PUBLICATION_RESENT,
                PUBLICATION_SINGLE_LINE_RISK);
        lines = new CounterSet[lineNames.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = CounterSet.ofLine(
                    connection,
                    name,
                    lineNames.get(i),
                    PUBLICATION_LINE_PACKETS,
                    PUBLICATION_LINE_PUSHED_BACK,
                    PUBLICATION_LINE_SKIPPED,
                    PUBLICATION_LINE_STATE);
        }
    }

    @Override
    public void publish(StreamPublication publication) {
        stream.take();
        stream.set(0, publication.nextSequence());
        stream.set(1, publication.epoch());
        stream.set(2, publication.messages());
        stream.set(3, publication.packets());
        stream.set(4, publication.backPressured());
        stream.set(5, publication.unheard());
        SendingLines sending = publication.sending();
        stream.set(6, Long.bitCount(sending.active()));
        stream.set(7, sending.moves());
        stream.set(8, sending.resent());
        stream.set(9, sending.isSingleLineRisk() ? 1 : 0);
        for (int i = 0; i < lines.length; i++) {
            PublicationLine line = publication.line(i);
            lines[i].take();
            lines[i].set(0, line.packets());
            lines[i].set(1, line.pushedBack());
            lines[i].set(2, line.skipped());
            lines[i].set(3, sending.stateOf(i));
        }
    }

    @Override
    public void close() {
        stream.close();
        for (CounterSet line : lines) {
            line.close();
        }
    }
}
