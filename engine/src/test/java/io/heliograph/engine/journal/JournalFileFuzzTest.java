// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal whose files were cut short, or have other octets anywhere: every record that is as it was written is read, in order; what
 * is not is a gap, told exactly, and named; the next appender goes on behind it. No other exception leaves, and nothing hangs.
 *
 * <p>For 1 s, or as many as {@code -Dheliograph.fuzz.seconds=N} says, from the seed {@code -Dheliograph.fuzz.seed=N} on.
 */
final class JournalFileFuzzTest {
    private static final long SECONDS = Long.getLong("heliograph.fuzz.seconds", 1);
    private static final long FIRST_SEED = Long.getLong("heliograph.fuzz.seed", 1);
    private static final int EPOCH = 7;

    /** What a reader may throw for one journal: each damage is told once. */
    private static final int MOST_PROBLEMS = 200;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReadAllThatIsUndamagedAndNameTheRest() throws IOException {
        DamagedJournal sound = DamagedJournal.write(folder.resolve("sound"));
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long seed = FIRST_SEED;
        do {
            String what = "seed " + seed + ": ";
            try {
                round(sound, seed);
            } catch (RuntimeException | Error unexpected) {
                throw new AssertionError(what + unexpected, unexpected);
            }
            seed++;
        } while (System.nanoTime() - endNs < 0);
        assertTrue(seed - FIRST_SEED >= 3, "at least a few: " + (seed - FIRST_SEED));
        System.out.println("journal files damaged in " + (seed - FIRST_SEED) + " ways, from seed " + FIRST_SEED);
    }

    private void round(DamagedJournal sound, long seed) throws IOException {
        Random random = new Random(seed);
        DamagedJournal damaged = sound.copy(folder.resolve("copy-" + seed));
        int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages; i++) {
            damaged.damage(random);
        }
        BitSet intact = damaged.intact();
        boolean isLoss = intact.cardinality() < DamagedJournal.RECORDS;

        int problems = verify(damaged);
        assertTrue(!isLoss || problems > 0, "verify finds something bad in " + damaged);
        BitSet read = new BitSet();
        int told = read(damaged, read);
        assertTrue(!isLoss || told > 0, "the reader says something of " + damaged);
        // What looks like being written at this moment is looked at again when somebody else appends.
        int last = DamagedJournal.RECORDS - 1;
        boolean isWaiting = intact.get(last) && !read.get(last);
        if (isWaiting) {
            intact.clear(last);
        }
        assertEquals("", differences(intact, read), "read of " + damaged);
        intact.set(last, isWaiting || intact.get(last));
        goOn(damaged, intact);
        damaged.remove();
    }

    private static int verify(DamagedJournal damaged) {
        try (JournalVerifier verifier = new JournalVerifier(new StreamJournal(damaged.directory()))) {
            while (verifier.verify(100)) {}
            assertEquals(
                    verifier.bad() > 0,
                    verifier.firstBad().contains(damaged.directory().toString()));
            return (int) verifier.bad();
        }
    }

    /** Reads all from the first record on that is sound, and notes them; how often something was said to be wrong. */
    private static int read(DamagedJournal damaged, BitSet into) {
        long[] next = {0};
        int told = 0;
        try (JournalReader reader = new StreamJournal(damaged.directory()).reader()) {
            int[] idle = {0};
            while (idle[0] < 2 && told < MOST_PROBLEMS) {
                try {
                    int polled = reader.poll((packet, offset, length) -> note(packet, offset, length, next, into), 8);
                    idle[0] = polled == 0 ? idle[0] + 1 : 0;
                } catch (JournalException problem) {
                    told++;
                    assertTrue(
                            String.valueOf(problem.getMessage())
                                    .contains(damaged.directory().toString()),
                            problem.getMessage());
                }
            }
        }
        assertTrue(told < MOST_PROBLEMS, "it goes on and on about " + damaged);
        return told;
    }

    private static void note(DirectBuffer packet, int offset, int length, long[] next, BitSet into) {
        long sequence = PacketFlyweight.sequence(packet, offset);
        int kind = PacketFlyweight.kind(packet, offset);
        if (kind == PacketKind.DATA) {
            long last = sequence + PacketFlyweight.count(packet, offset) - 1;
            assertEquals(next[0] == 0 ? sequence : next[0], sequence, "in order");
            assertEquals(new UnsafeBuffer(data(EPOCH, sequence, last)), new UnsafeBuffer(packet, offset, length));
            if (DamagedJournal.isOne(sequence, last)) {
                into.set(DamagedJournal.recordOf(sequence));
            }
            next[0] = last + 1;
        } else if (kind == PacketKind.GAP) {
            assertEquals(next[0] == 0 ? sequence : next[0], sequence, "a gap begins where the last packet ended");
            next[0] = ControlFlyweight.gapLast(packet, offset) + 1;
        }
    }

    /** The next appender goes on behind what it can read; what it appends is found, and nothing else is lost by it. */
    private static void goOn(DamagedJournal damaged, BitSet intact) {
        JournalFixture fixture = new JournalFixture(damaged.directory());
        fixture.nowMs += 2 * HOUR_MS;
        long next;
        try (JournalAppender appender = fixture.appender()) {
            next = appender.nextSequence();
            long reached = intact.isEmpty() ? 1 : DamagedJournal.first(intact.length());
            // A seal, too, says how far the stream had come.
            assertTrue(
                    next >= reached && next <= DamagedJournal.first(DamagedJournal.RECORDS), next + " in " + damaged);
            append(appender, data(EPOCH, next, next + 1));
        }
        BitSet read = new BitSet();
        read(damaged, read);
        BitSet before = (BitSet) read.clone();
        before.clear(Math.min(DamagedJournal.recordOf(next), DamagedJournal.RECORDS), read.length() + 1);
        assertEquals("", differences(intact, before), "read again of " + damaged);
        try (JournalReader reader = new StreamJournal(damaged.directory()).reader()) {
            assertTrue(reader.seek(EPOCH, next + 1), "what was appended is found in " + damaged);
        }
    }

    private static String differences(BitSet expected, BitSet found) {
        BitSet other = (BitSet) expected.clone();
        other.xor(found);
        return other.isEmpty() ? "" : "records " + other + " are not as expected";
    }
}
