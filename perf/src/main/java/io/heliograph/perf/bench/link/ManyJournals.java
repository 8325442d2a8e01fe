// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.link;

import io.heliograph.engine.bridge.EgressCursor;
import io.heliograph.engine.bridge.EgressLibrary;
import io.heliograph.engine.bridge.EgressTerms;
import io.heliograph.engine.bridge.JournalPackets;
import io.heliograph.engine.bridge.PacketLog;
import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalHold;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journals of some streams, appended to in turn while an egress reads them.
 *
 * <p><b>Thread:</b> {@link #append} one; the rest as {@link EgressLibrary} says.
 */
final class ManyJournals implements EgressLibrary, AutoCloseable {
    private static final int FIRST_STREAM = 1;

    private final Path directory;
    private final JournalAppender[] appenders;
    private final AtomicLongArray appended;
    private final UnsafeBuffer packet = BenchJournal.packet();
    private final Runnable[] bells;
    private int turn;

    /** Empty journals of so many streams. */
    ManyJournals(Path directory, int streams) {
        this.directory = directory;
        this.appended = new AtomicLongArray(streams);
        this.bells = new Runnable[streams];
        this.appenders = new JournalAppender[streams];
        for (int i = 0; i < streams; i++) {
            Path of = StreamJournal.of(directory, name(FIRST_STREAM + i)).directory();
            appenders[i] = BenchJournal.appender(of, name(FIRST_STREAM + i), FIRST_STREAM + i);
        }
    }

    private static String name(int stream) {
        return "bench-" + stream;
    }

    /** The streams' ids. */
    int[] streams() {
        return IntStream.range(FIRST_STREAM, FIRST_STREAM + appenders.length).toArray();
    }

    /** What is run, for each stream, after each packet, as an engine's journals do. */
    void ringing(IntFunction<Runnable> of) {
        Arrays.setAll(bells, i -> of.apply(FIRST_STREAM + i));
    }

    /** The sequence that a stream's next message will have. */
    long next(int stream) {
        return 1 + appended.get(stream - FIRST_STREAM) * BenchJournal.MESSAGES_PER_PACKET;
    }

    /** Appends a packet to the journal whose turn it is. */
    void append() {
        int stream = FIRST_STREAM + turn;
        PacketFlyweight.init(packet, 0, stream, BenchJournal.EPOCH, 0);
        PacketFlyweight.count(packet, 0, BenchJournal.MESSAGES_PER_PACKET);
        PacketFlyweight.sequence(packet, 0, next(stream));
        appenders[turn].append(packet, 0, BenchJournal.PACKET_LENGTH);
        appended.lazySet(turn, appended.get(turn) + 1);
        bells[turn].run();
        turn = (turn + 1) % appenders.length;
    }

    @Override
    public EgressTerms terms(Session peer, int stream) {
        return new EgressTerms("", 0, EgressTerms.Compression.OFF, EgressCursor.KEEP);
    }

    @Override
    public PacketLog open(int stream) {
        return new JournalPackets(StreamJournal.of(directory, name(stream)).reader());
    }

    @Override
    public long appended(int stream) {
        return appended.get(stream - FIRST_STREAM);
    }

    @Override
    public boolean isLive(int stream) {
        return true;
    }

    @Override
    public void hold(int stream, JournalHold hold) {}

    @Override
    public void close() {
        CloseHelper.closeAll(appenders);
    }
}
