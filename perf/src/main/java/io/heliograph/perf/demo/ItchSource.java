// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.cli.CommandException;
import io.heliograph.perf.naive.NaiveFile;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The messages of a demo, one by one, as often from the start as somebody asks for a new one.
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

    /** The plan's source, from its first message on. */
    static ItchSource of(DemoPlan plan) {
        Path file = plan.source();
        return file == null ? generated(plan) : read(file, plan.messages());
    }

    private static ItchSource generated(DemoPlan plan) {
        ItchGenerator generator = new ItchGenerator(ItchDay.of(plan.seed(), plan.messages(), plan.symbols()));
        return new ItchSource() {
            @Override
            public int next(MutableDirectBuffer buffer, int offset) {
                return generator.next(buffer, offset);
            }

            @Override
            public long total() {
                return plan.messages();
            }
        };
    }

    private static ItchSource read(Path file, long limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long[] count = new long[1];
        try {
            NaiveFile.read(file, message -> {
                if (count[0] < limit) {
                    count[0]++;
                    all.write(message.length >>> 8);
                    all.write(message.length);
                    all.writeBytes(message);
                }
            });
        } catch (IOException unreadable) {
            throw CommandException.failed("--source: " + NaiveFile.describe(file, unreadable));
        }
        if (count[0] == 0) {
            throw CommandException.failed("--source " + file + ": no messages in it");
        }
        return new InMemory(new UnsafeBuffer(all.toByteArray()), count[0]);
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
