// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers that are processes: stopped, woken and killed in mid-claim, in Java and in C. */
@Timeout(60)
@Tag("full")
final class IntakeProcessIT {
    private static final String C = "C";
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int OWN = 1_000_000;

    @TempDir
    private Path folder;

    private final FeedLedger ledger = new FeedLedger();
    private Path path;
    private IntakeRing ring;
    private long nowNs;
    private long own;

    @BeforeEach
    void open() {
        path = folder.resolve("ring");
        ring = IntakeRing.open(path, RingLayout.MIN_CAPACITY);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", C})
    void shouldGiveUpTheClaimOfAWriterThatWasKilledAndKeepAllElse(String language) {
        try (WriterProcess writer = start(language, "7", "100", "hold");
                IntakeWriter other = IntakeWriter.open(path)) {
            writer.awaitSaid("claimed");
            put(other, 50);
            drainFor(24);
            assertEquals(100, ledger.total(), "the claim is waited for while its process is there");

            writer.signal("KILL");
            awaiting("what is behind the claim", () -> drain() > 0);
            drainFor(1);

            assertEquals(100, ledger.last(7));
            assertEquals(50, ledger.last(OWN));
            assertEquals(1, ring.abandoned());
            assertTrue(ring.isEmpty());
            for (int i = 0; i < 2 * RingLayout.SLOTS; i++) {
                nowNs += HOUR_NS;
                ring.sweep(nowNs);
            }
            assertEquals(1, ring.writers(), "the slot of the dead is free");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", C})
    void shouldWaitForAWriterThatIsStoppedInMidClaimHoweverLongItTakes(String language) {
        try (WriterProcess writer = start(language, "7", "100", "hold");
                IntakeWriter other = IntakeWriter.open(path)) {
            writer.awaitSaid("claimed");
            writer.signal("STOP");
            put(other, 50);

            drainFor(10_000);
            assertEquals(100, ledger.total());
            assertEquals(0, ring.abandoned());
            writer.signal("CONT");
            writer.goOn();
            assertEquals(0, writer.awaitExit());
            drainFor(2);

            assertEquals(101, ledger.last(7));
            assertEquals(50, ledger.last(OWN));
            assertEquals(0, ring.abandoned());
            assertNull(ring.corruption());
        }
    }

    @Test
    void shouldGiveUpTheClaimOfAWriterThatWasKilledAndNotYetAskedFor() {
        Path program = program();
        // The parent never waits for its child, which stays a zombie: there, and yet gone.
        String script = "\"$0\" \"$1\" 7 10 hold <>\"$2\" & echo pid $!; exec sleep 60";
        try (WriterProcess parent =
                WriterProcess.of("sh", "-c", script, program.toString(), path.toString(), fifo().toString())) {
            long pid = Long.parseLong(parent.awaitSaid("pid ").substring("pid ".length()));
            parent.awaitSaid("claimed");
            drainFor(3);
            assertEquals(10, ledger.total());

            WriterProcess.signal("KILL", pid);
            awaiting("the claim to be given up", () -> drain() >= 0 && ring.abandoned() == 1);

            assertTrue(ProcessHandle.of(pid).isPresent(), "it is a zombie");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldCorruptNothingWhenWritersAreStoppedWokenAndKilledAtAnyMoment(long seed) {
        Path program = program();
        Random random = new Random(seed);
        long endNs = System.nanoTime() + 4_000_000_000L;
        List<WriterProcess> writers = new ArrayList<>();
        int id = 1;
        try {
            while (System.nanoTime() - endNs < 0) {
                if (writers.size() < 4) {
                    writers.add(WriterProcess.of(
                            program.toString(), path.toString(), Integer.toString(id++), "1000000000"));
                }
                WriterProcess one = writers.get(random.nextInt(writers.size()));
                switch (random.nextInt(3)) {
                    case 0 -> one.signal("STOP");
                    case 1 -> writers.forEach(writer -> writer.signal("CONT"));
                    default -> {
                        one.signal("KILL");
                        one.awaitExit();
                        writers.remove(one);
                    }
                }
                drainFor(random.nextInt(200));
            }
            for (WriterProcess writer : writers) {
                writer.signal("KILL");
                writer.awaitExit();
            }
            awaiting("an empty ring", () -> {
                drainFor(1);
                return ring.isEmpty();
            });
            assertNull(ring.corruption());
            assertTrue(ledger.total() > 10_000, "messages " + ledger.total());
            try (IntakeWriter other = IntakeWriter.open(path)) {
                put(other, 10);
                drainFor(1);
                assertEquals(10, ledger.last(OWN));
            }
        } finally {
            writers.forEach(WriterProcess::close);
        }
    }

    @Test
    void shouldRefuseAnotherEngineOnTheRing() {
        try (WriterProcess engine = WriterProcess.java(path.toString(), "engine")) {
            String refusal = engine.awaitSaid("another engine");

            assertTrue(refusal.contains("process " + ProcessHandle.current().pid()), refusal);
            assertTrue(refusal.contains(path.toString()), refusal);
        }
    }

    private WriterProcess start(String language, String... arguments) {
        List<String> words = new ArrayList<>(List.of(path.toString()));
        words.addAll(List.of(arguments));
        if (!C.equals(language)) {
            return WriterProcess.java(words.toArray(new String[0]));
        }
        words.add(0, program().toString());
        return WriterProcess.of(words.toArray(new String[0]));
    }

    private Path program() {
        Optional<Path> program = WriterProcess.compile(folder);
        assumeTrue(program.isPresent(), "no C compiler");
        return program.orElseThrow();
    }

    private Path fifo() {
        Path fifo = folder.resolve("fifo");
        try (WriterProcess made = WriterProcess.of("mkfifo", fifo.toString())) {
            assertEquals(0, made.awaitExit());
        }
        return fifo;
    }

    private void put(IntakeWriter writer, long messages) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[400]);
        for (long n = 1; n <= messages; n++) {
            own++;
            WriterProgram.fill(body, OWN, own);
            assertEquals(IntakeWriter.ACCEPTED, writer.offer(body, 0, WriterProgram.length(own)));
        }
    }

    private void drainFor(int hours) {
        for (int i = 0; i < hours; i++) {
            nowNs += HOUR_NS;
            drain();
        }
    }

    private int drain() {
        nowNs += HOUR_NS;
        int done = ring.drain(ledger::take, 10_000, nowNs);
        ring.release();
        ring.sweep(nowNs);
        return done;
    }
}
