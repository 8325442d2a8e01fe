// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.engine.journal.JournalAppender;
import io.heliograph.engine.journal.JournalContext;
import io.heliograph.engine.journal.JournalKeeper;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.perf.bench.control.ControlLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal alone: appends full packets to a new one in each round, or finds sequences at random in one that was made once.
 *
 * <p><b>Thread:</b> the process's main thread; a keeper beside it, as in the engine.
 */
final class JournalWork implements NodeWork {
    private static final int STREAM = 1001;
    private static final int EPOCH = 7;
    private static final int MESSAGES_PER_PACKET = 35;
    private static final int KEEPER_IDLE_MS = 2;

    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final Path directory;
    private final UnsafeBuffer packet;
    private final Random random = new Random(1);
    private @Nullable JournalReader reader;
    private long messages;
    private long appendNs;

    JournalWork(ControlLine settings) {
        directory = Path.of(settings.text("directory"));
        packet = packet((int) settings.number("length"));
        messages = settings.number("messages");
        if (settings.number("finds") == 1) {
            messages = append(messages / MESSAGES_PER_PACKET) * MESSAGES_PER_PACKET;
            reader = StreamJournal.of(directory, "bench").reader();
        }
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        JournalReader finds = reader;
        if (finds != null) {
            return find(finds, settings.number("repeats"));
        }
        remove();
        long packets = append(messages / MESSAGES_PER_PACKET);
        remove();
        return new ControlLine("done")
                .with("messages", packets * MESSAGES_PER_PACKET)
                .with("ns", appendNs);
    }

    @Override
    public void close() {
        CloseHelper.close(reader);
        remove();
    }

    /** Appends to a new journal; opening and closing it is not timed. */
    private long append(long packets) {
        JournalContext context = JournalContext.of(
                        StreamJournal.of(directory, "bench").directory(), "bench", STREAM)
                .minFree(0);
        try (JournalAppender appender = StreamJournal.appender(context, JournalWork::refuse)) {
            JournalKeeper keeper = appender.keeper();
            try (AgentRunner runner = new AgentRunner(
                    new SleepingMillisIdleStrategy(KEEPER_IDLE_MS), Throwable::printStackTrace, null, keeper)) {
                AgentRunner.startOnThread(runner);
                long startNs = clock.nanoTime();
                long next = 1;
                for (long i = 0; i < packets; i++) {
                    PacketFlyweight.sequence(packet, 0, next);
                    appender.append(packet, 0, packet.capacity());
                    next += MESSAGES_PER_PACKET;
                }
                appendNs = clock.nanoTime() - startNs;
            }
        }
        return packets;
    }

    private ControlLine find(JournalReader finds, long repeats) {
        Histogram histogram = new Histogram(3);
        long missing = 0;
        for (long i = 0; i < repeats; i++) {
            long sequence = 1 + (long) (random.nextDouble() * messages);
            long startNs = clock.nanoTime();
            boolean isThere = finds.seek(EPOCH, sequence);
            histogram.recordValue(clock.nanoTime() - startNs);
            boolean isRight = isThere
                    && finds.nextSequence() <= sequence
                    && sequence < finds.nextSequence() + MESSAGES_PER_PACKET;
            missing += isRight ? 0 : 1;
        }
        return new ControlLine("done")
                .with("p50", histogram.getValueAtPercentile(50))
                .with("p99", histogram.getValueAtPercentile(99))
                .with("missing", missing);
    }

    private static UnsafeBuffer packet(int length) {
        int octets = PacketFlyweight.HEADER_LENGTH + MESSAGES_PER_PACKET * (PacketFlyweight.LENGTH_PREFIX + length);
        UnsafeBuffer made = new UnsafeBuffer(ByteBuffer.allocateDirect(octets));
        PacketFlyweight.init(made, 0, STREAM, EPOCH, 0);
        PacketFlyweight.count(made, 0, MESSAGES_PER_PACKET);
        for (int i = 0; i < MESSAGES_PER_PACKET; i++) {
            int at = PacketFlyweight.HEADER_LENGTH + i * (PacketFlyweight.LENGTH_PREFIX + length);
            PacketFlyweight.messageLength(made, at, length);
        }
        return made;
    }

    /** Nothing is wrong with a journal that has just been made. */
    private static void refuse(String warning) {
        throw new IllegalStateException(warning);
    }

    private void remove() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepest = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepest) {
                Files.delete(each);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
