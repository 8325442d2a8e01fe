// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_LINES;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_LINE_PACKETS;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_LINE_PUSHED_BACK;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_LINE_SKIPPED;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_LINE_STATE;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_MOVES;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_RESENT;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_SINGLE_LINE_RISK;

import java.util.List;

/**
 * The figures of lines that are sent on, as counters: those of a stream, or once for all streams of a carrier.
 *
 * <p><b>Thread:</b> single writer (the thread that publishes), many readers.
 */
public final class SendingCounters implements LinesTick {
    private final CounterSet all;
    private final CounterSet[] lines;

    private SendingCounters(CounterSet all, CounterSet[] lines) {
        this.all = all;
        this.lines = lines;
    }

    /**
     * Asks for the counters.
     *
     * @param connection to the driver.
     * @param owner whose lines they are: {@code stream NAME} or {@code carrier NAME}.
     * @param lineNames A, B and so on.
     * @return asked for, not there yet.
     */
    public static SendingCounters of(AeronConnection connection, String owner, List<String> lineNames) {
        CounterSet all = CounterSet.of(
                connection,
                owner,
                PUBLICATION_LINES,
                PUBLICATION_MOVES,
                PUBLICATION_RESENT,
                PUBLICATION_SINGLE_LINE_RISK);
        CounterSet[] lines = new CounterSet[lineNames.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = CounterSet.ofLine(
                    connection,
                    owner,
                    lineNames.get(i),
                    PUBLICATION_LINE_PACKETS,
                    PUBLICATION_LINE_PUSHED_BACK,
                    PUBLICATION_LINE_SKIPPED,
                    PUBLICATION_LINE_STATE);
        }
        return new SendingCounters(all, lines);
    }

    @Override
    public void publish(PublicationLines publication) {
        SendingLines sending = publication.sending();
        all.take();
        all.set(0, Long.bitCount(sending.active()));
        all.set(1, sending.moves());
        all.set(2, sending.resent());
        all.set(3, sending.isSingleLineRisk() ? 1 : 0);
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
        all.close();
        for (CounterSet line : lines) {
            line.close();
        }
    }
}
