// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.heliograph.engine.base.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/**
 * A writer in a process of its own: does what {@code intake_writer.c} does, and with {@code engine} for an id tries to be the
 * ring's engine instead.
 */
public final class WriterProgram {
    private WriterProgram() {}

    /**
     * The program.
     *
     * @param args ring, id, count, and perhaps {@code hold}.
     * @throws IOException when standard input ends.
     */
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        if ("engine".equals(args[1])) {
            try (IntakeRing ring = IntakeRing.open(path, RingLayout.MIN_CAPACITY)) {
                System.out.println("reads " + ring.path());
            } catch (IntakeException refused) {
                System.out.println(refused.getMessage());
            }
            return;
        }
        int id = Integer.parseInt(args[1]);
        long messages = Long.parseLong(args[2]);
        boolean isHolding = args.length > 3;
        try (IntakeWriter writer = IntakeWriter.open(path)) {
            for (long n = 1; n <= messages + (isHolding ? 1 : 0); n++) {
                claim(writer, n);
                if (n > messages) {
                    System.out.println("claimed");
                    if (System.in.read() < 0) {
                        throw new IOException("standard input has ended");
                    }
                }
                fill(writer.buffer(), id, n);
                writer.commit();
            }
        }
        System.out.println("done");
    }

    /** How long message n is. */
    static int length(long n) {
        return 12 + (int) (n * 97 % 300);
    }

    static void fill(MutableDirectBuffer body, int id, long n) {
        body.putInt(0, id);
        body.putLong(4, n);
        for (int i = 12; i < length(n); i++) {
            body.putByte(i, (byte) (n + i));
        }
    }

    private static void claim(IntakeWriter writer, long n) {
        long outcome = writer.claim(length(n));
        while (outcome == Outcome.BACK_PRESSURED) {
            Thread.onSpinWait();
            outcome = writer.claim(length(n));
        }
        if (outcome < 0) {
            throw new IllegalStateException(Outcome.name(outcome));
        }
    }
}
