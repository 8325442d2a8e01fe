// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.STREAM;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;
import static io.heliograph.engine.journal.JournalFixture.fill;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, in whatever order, over restarts, hours and clock jumps: readers see what a list would hold. */
final class JournalPropertyTest {
    private static final int STEPS = 250;
    private static final int SEEKS = 40;

    @TempDir
    private Path directory;

    static LongStream seeds() {
        int count = Boolean.getBoolean("heliograph.full") ? 15 : 6;
        return LongStream.range(1, 1 + count);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldHoldWhatAListWould(long seed) {
        Random random = new Random(seed);
        JournalFixture journal = new JournalFixture(directory);
        JournalModel model = new JournalModel();
        JournalAppender appender = journal.appender();
        JournalReader follower = journal.reader();
        List<String> followed = new ArrayList<>();
        int seen = 0;
        try {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(40) == 0) {
                    appender.close();
                    appender = journal.appender();
                    assertEquals(model.epoch(), appender.epoch());
                    assertEquals(model.next(), appender.nextSequence());
                }
                turn(random, journal, model, appender);
                if (random.nextInt(10) == 0) {
                    follower.poll((buffer, offset, length) -> flatten(followed, buffer, offset, length), 5);
                }
            }
            read(follower, followed);
            seen = followed.size();
            List<String> all = model.from(0, 1);
            assertEquals(withoutState(all), withoutState(followed), "followed, " + seen + " words");
            lateAndSeeks(random, journal, model, appender);
        } finally {
            follower.close();
            appender.close();
        }
        assertEquals(List.of(), journal.warnings);
    }

    private static void turn(Random random, JournalFixture journal, JournalModel model, JournalAppender appender) {
        long epoch = Math.max(1, model.epoch());
        long next = model.next();
        int what = random.nextInt(100);
        if (what < 8) {
            journal.nowMs += (random.nextInt(7) - 2) * HOUR_MS;
        } else if (what < 70) {
            long first = Math.max(1, next + random.nextInt(12) - (random.nextInt(4) == 0 ? 8 : 0));
            first = random.nextInt(3) == 0 ? first : next;
            long last = first + random.nextInt(20);
            append(appender, data(epoch, first, last));
            model.data(epoch, first, last);
        } else if (what < 78) {
            long first = Math.max(1, next - random.nextInt(5));
            long last = first + random.nextInt(12);
            append(appender, Packets.gap(STREAM, epoch, first, last));
            model.gap(epoch, last);
        } else if (what < 92) {
            long last = Math.max(1, next - 1 + (random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 0));
            append(appender, Packets.seal(STREAM, epoch, 1, last));
            model.seal(epoch, 1, last);
        } else if (what < 95) {
            long last = Math.max(0, next - 1 + random.nextInt(3));
            append(appender, Packets.end(STREAM, epoch, last));
            model.end(epoch, last);
        } else {
            long later = epoch + 1 + random.nextInt(3);
            append(appender, data(later, 1, 3));
            model.data(later, 1, 3);
        }
    }

    private void lateAndSeeks(Random random, JournalFixture journal, JournalModel model, JournalAppender appender) {
        for (int i = 0; i < 20; i++) {
            long epoch = 1L + random.nextInt((int) Math.max(1, model.epoch()));
            long first = 1L + random.nextInt(200);
            long last = first + random.nextInt(15);
            assertEquals(model.fill(epoch, first, last), fill(appender, data(epoch, first, last)));
        }
        try (JournalReader reader = journal.reader()) {
            List<String> words = new ArrayList<>();
            read(reader, words);
            assertEquals(withoutState(model.from(0, 1)), withoutState(words), "from the start");
            for (int i = 0; i < SEEKS; i++) {
                JournalModel.Entry entry =
                        model.entries().get(random.nextInt(model.entries().size()));
                long sequence = entry.first() + random.nextInt((int) (entry.last() - entry.first() + 1));
                if (entry.kind() == 'm' || entry.kind() == 'g') {
                    assertEquals(true, reader.seek(entry.epoch(), sequence), entry.word());
                    words.clear();
                    read(reader, words);
                    String from = entry.epoch() + ":" + sequence + "-" + sequence;
                    while (!words.get(0).endsWith(" " + from)) {
                        words.remove(0);
                    }
                    assertEquals(
                            withoutState(model.from(entry.epoch(), sequence)), withoutState(words), "from " + from);
                }
            }
        }
    }

    /** Seals and ends at the place where reading begins are no promise: only what is between messages is compared. */
    private static List<String> withoutState(List<String> words) {
        int first = 0;
        while (first < words.size()
                && (words.get(first).startsWith("s") || words.get(first).startsWith("e"))) {
            first++;
        }
        return words.subList(first, words.size());
    }

    private static void read(JournalReader reader, List<String> words) {
        while (reader.poll((buffer, offset, length) -> flatten(words, buffer, offset, length), 7) > 0) {}
    }

    private static void flatten(List<String> words, DirectBuffer buffer, int offset, int length) {
        String word = JournalFixture.word(buffer, offset, length);
        long epoch = PacketFlyweight.epoch(buffer, offset);
        if (word.startsWith("seal")) {
            words.add("s" + word.substring(4));
        } else if (word.startsWith("end")) {
            long last = PacketFlyweight.sequence(buffer, offset) - 1;
            words.add("e " + epoch + ":" + last + "-" + last);
        } else {
            boolean isGap = word.startsWith("gap");
            String range = word.substring(word.indexOf(':') + 1);
            long first = Long.parseLong(range.substring(0, range.indexOf('-')));
            long last = Long.parseLong(range.substring(range.indexOf('-') + 1));
            for (long sequence = first; sequence <= last; sequence++) {
                words.add((isGap ? "g " : "m ") + epoch + ":" + sequence + "-" + sequence);
            }
        }
    }
}
