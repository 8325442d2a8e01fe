// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.publishers.binaryfile.BinaryFileException;
import io.heliograph.publishers.binaryfile.BinaryFileReader;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The messages of a demo, one by one, as the publisher reads them: a file by the same reader as in the role
 * {@code publish}. What its books are compared with reads the file by itself.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Failure:</b> {@link CommandException} for a file that cannot be read.
 */
interface ItchSource {
    /** No ITCH message is longer, nor any that a file of them could hold. */
    int MAX_LENGTH = 0xFFFF;

    /** Puts the next message into the buffer; its length, or 0 at the end. */
    int next(MutableDirectBuffer buffer, int offset);

    /** How many messages there are. */
    long total();

    /** Refuses a file that cannot be read to the plan's end, before anything else is done. */
    static void check(DemoPlan plan) {
        Path file = plan.source();
        if (file != null) {
            reading(() -> count(file, plan.limit()));
        }
    }

    /** The plan's source, from its first message on. */
    static ItchSource of(DemoPlan plan) {
        Path file = plan.source();
        return file == null ? generated(plan) : reading(() -> read(file, plan.limit()));
    }

    private static ItchSource generated(DemoPlan plan) {
        ItchGenerator generator = new ItchGenerator(ItchDay.of(plan.seed(), plan.limit(), plan.symbols()));
        return new ItchSource() {
            @Override
            public int next(MutableDirectBuffer buffer, int offset) {
                return generator.next(buffer, offset);
            }

            @Override
            public long total() {
                return plan.limit();
            }
        };
    }

    private static long count(Path file, long limit) {
        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            long count = 0;
            while (count < limit && reader.next()) {
                count++;
            }
            return count;
        }
    }

    private static ItchSource read(Path file, long limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long count = 0;
        try (BinaryFileReader reader = BinaryFileReader.open(file)) {
            byte[] message = new byte[MAX_LENGTH];
            while (count < limit && reader.next()) {
                count++;
                reader.buffer().getBytes(reader.offset(), message, 0, reader.length());
                all.write(reader.length() >>> 8);
                all.write(reader.length());
                all.write(message, 0, reader.length());
            }
        }
        return new InMemory(new UnsafeBuffer(all.toByteArray()), count);
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (BinaryFileException unreadable) {
            throw CommandException.failed("--source: " + unreadable.getMessage());
        }
    }

    /** Messages of a file, read ahead of time, so that the disk does not pace the demo. */
    final class InMemory implements ItchSource {
        private final UnsafeBuffer octets;
        private final long total;
        private int position;

        InMemory(UnsafeBuffer octets, long total) {
            this.octets = octets;
            this.total = total;
        }

        @Override
        public int next(MutableDirectBuffer buffer, int offset) {
            if (position == octets.capacity()) {
                return 0;
            }
            int length = (octets.getByte(position) & 0xFF) << 8 | (octets.getByte(position + 1) & 0xFF);
            buffer.putBytes(offset, octets, position + 2, length);
            position += 2 + length;
            return length;
        }

        @Override
        public long total() {
            return total;
        }
    }
}
