// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import static io.heliograph.engine.journal.JournalFixture.HOUR_MS;
import static io.heliograph.engine.journal.JournalFixture.append;
import static io.heliograph.engine.journal.JournalFixture.data;

import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A journal of two cycles whose files are changed at random, and which of its data packets are as they were written. */
final class DamagedJournal {
    /** Data packets. */
    static final int RECORDS = 400;

    private static final int MESSAGES = 2;
    private static final int EPOCH = 7;
    /** Behind the last record: what the files are cut to, so that a copy is quick. */
    private static final int MARGIN = 64 << 10;

    /** Where a data packet's record is. */
    private record Extent(int cycle, long begin, long end) {}

    private final Path directory;
    private final List<Extent> records;
    private final int[] cycles;
    private final BitSet intact = new BitSet();
    private final StringBuilder done = new StringBuilder();

    private DamagedJournal(Path directory, List<Extent> records) {
        this.directory = directory;
        this.records = records;
        this.cycles = Cycles.in(directory);
        intact.set(0, RECORDS);
    }

    static long first(int record) {
        return (long) MESSAGES * record + 1;
    }

    static int recordOf(long sequence) {
        return (int) ((sequence - 1) / MESSAGES);
    }

    static boolean isOne(long first, long last) {
        return (first - 1) % MESSAGES == 0 && last == first + MESSAGES - 1;
    }

    static DamagedJournal write(Path directory) throws IOException {
        JournalFixture fixture = new JournalFixture(directory);
        try (JournalAppender appender = fixture.appender()) {
            for (int i = 0; i < RECORDS; i++) {
                fixture.nowMs += i == RECORDS / 2 ? HOUR_MS : 0;
                append(appender, data(EPOCH, first(i), first(i + 1) - 1));
                if (i % 50 == 49) {
                    append(appender, Packets.seal(JournalFixture.STREAM, EPOCH, 1, first(i + 1) - 1));
                }
            }
        }
        List<Extent> records = new ArrayList<>();
        try (RecordCursor cursor = new RecordCursor(directory, new CycleList(directory))) {
            for (int kind = cursor.next(); kind != RecordCursor.NONE; kind = cursor.next()) {
                if (PacketFlyweight.kind(cursor.packet(), 0) == PacketKind.DATA) {
                    long end = cursor.position() + RecordFlyweight.HEADER_LENGTH + cursor.length();
                    records.add(new Extent(cursor.cycle(), cursor.position(), end));
                }
            }
        }
        DamagedJournal made = new DamagedJournal(directory, records);
        for (int cycle : made.cycles) {
            made.setLength(Cycles.live(directory, cycle), made.end(cycle) + MARGIN);
        }
        return made;
    }

    DamagedJournal copy(Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
        return new DamagedJournal(to, records);
    }

    Path directory() {
        return directory;
    }

    /** Data packets whose record is as it was written. */
    BitSet intact() {
        return (BitSet) intact.clone();
    }

    @Override
    public String toString() {
        return directory + " (" + done + ")";
    }

    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Does one thing to one of the files. */
    void damage(Random random) throws IOException {
        int cycle = cycles[random.nextInt(cycles.length)];
        Extent record = records.get(random.nextInt(records.size()));
        long end = end(cycle);
        switch (random.nextInt(9)) {
            case 0, 1 -> change(record.cycle(), record.begin() - 1 - random.nextInt(4), 1, random);
            case 2 -> change(record.cycle(), record.begin() + random.nextInt(12), 1, random);
            case 3 -> change(cycle, random.nextLong(end), 1, random);
            case 4 -> change(record.cycle(), record.begin() - 4, 4, random);
            case 5 -> change(cycle, random.nextLong(end), 1 + random.nextInt(1_000), random);
            case 6 -> {
                long to = random.nextBoolean() ? random.nextLong(end) : record.begin() - random.nextInt(8);
                cut(random.nextBoolean() ? cycle : record.cycle(), to);
            }
            case 7 -> changePlaces(cycle, random);
            default -> changeMetadata(random);
        }
    }

    private void change(int cycle, long at, int octets, Random random) throws IOException {
        done.append("; ")
                .append(octets)
                .append(" octets at ")
                .append(at)
                .append(" of ")
                .append(Cycles.name(cycle));
        try (RandomAccessFile file =
                new RandomAccessFile(Cycles.live(directory, cycle).toFile(), "rw")) {
            int pattern = random.nextInt(3);
            for (long position = at; position < Math.min(at + octets, file.length()); position++) {
                file.seek(position);
                int was = file.read();
                int is = switch (pattern) {
                    case 0 -> was ^ 1 << random.nextInt(8);
                    case 1 -> 0;
                    default -> random.nextInt(256);
                };
                file.seek(position);
                file.write(is);
                if ((is & 0xFF) != was) {
                    touch(cycle, position, position + 1);
                }
            }
        }
    }

    private void cut(int cycle, long to) throws IOException {
        done.append("; cut to ").append(to).append(" of ").append(Cycles.name(cycle));
        long end = end(cycle);
        Path file = Cycles.live(directory, cycle);
        if (to < Files.size(file)) {
            setLength(file, to);
            touch(cycle, to, Math.max(to, end));
        }
    }

    private void changePlaces(int cycle, Random random) throws IOException {
        done.append("; places of ").append(Cycles.name(cycle));
        Path file = Cycles.places(directory, cycle);
        if (random.nextInt(4) == 0) {
            Files.deleteIfExists(file);
        } else if (Files.exists(file) && Files.size(file) > 0) {
            byte[] octets = Files.readAllBytes(file);
            octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, octets);
        }
    }

    private void changeMetadata(Random random) throws IOException {
        done.append("; metadata");
        Path file = directory.resolve("metadata.cq4t");
        byte[] octets = Files.readAllBytes(file);
        for (int i = 0; i < 20; i++) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        Files.write(file, octets);
    }

    private void touch(int cycle, long from, long to) {
        for (int i = 0; i < records.size(); i++) {
            Extent each = records.get(i);
            if (each.cycle() == cycle && each.begin() < to && each.end() > from) {
                intact.clear(i);
            }
        }
    }

    private long end(int cycle) {
        return records.stream()
                .filter(each -> each.cycle() == cycle)
                .mapToLong(Extent::end)
                .max()
                .orElse(0);
    }

    private void setLength(Path path, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(length);
        }
    }
}
