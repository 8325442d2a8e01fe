// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_BACK_PRESSURED;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_EPOCH;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_MESSAGES;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_NEXT_SEQUENCE;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_PACKETS;
import static io.heliograph.engine.base.PublicationDescriptor.PUBLICATION_UNHEARD;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication's figures as counters.
 *
 * <p><b>Thread:</b> single writer (the thread that publishes), many readers.
 */
public final class PublicationCounters implements PublicationTick {
    private final CounterSet stream;
    private final @Nullable SendingCounters lines;

    /**
     * Asks for the counters of a stream with lines of its own.
     *
     * @param connection to the driver.
     * @param name of the stream.
     * @param lineNames A, B and so on.
     */
    public PublicationCounters(AeronConnection connection, String name, List<String> lineNames) {
        this(ofStream(connection, name), SendingCounters.of(connection, "stream " + name, lineNames));
    }

    private PublicationCounters(CounterSet stream, @Nullable SendingCounters lines) {
        this.stream = stream;
        this.lines = lines;
    }

    /**
     * Asks for the counters of a stream whose lines are its carrier's, and counted there.
     *
     * @param connection to the driver.
     * @param name of the stream.
     * @return asked for, not there yet.
     */
    public static PublicationCounters ofCarried(AeronConnection connection, String name) {
        return new PublicationCounters(ofStream(connection, name), null);
    }

    private static CounterSet ofStream(AeronConnection connection, String name) {
        return CounterSet.ofStream(
                connection,
                name,
                PUBLICATION_NEXT_SEQUENCE,
                PUBLICATION_EPOCH,
                PUBLICATION_MESSAGES,
                PUBLICATION_PACKETS,
                PUBLICATION_BACK_PRESSURED,
                PUBLICATION_UNHEARD);
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
        if (lines != null) {
            lines.publish(publication.lines());
        }
    }

    @Override
    public void close() {
        stream.close();
        if (lines != null) {
            lines.close();
        }
    }
}
