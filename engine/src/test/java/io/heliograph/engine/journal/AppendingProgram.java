// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.testkit.Packets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends to a journal until it is killed, and says after each packet how far it has come. */
public final class AppendingProgram {
    private AppendingProgram() {}

    /**
     * Runs.
     *
     * @param args the journal's directory.
     */
    public static void main(String[] args) {
        JournalContext context = JournalContext.of(Path.of(args[0]), "itch", JournalFixture.STREAM)
                .minFree(0);
        StringBuilder line = new StringBuilder();
        try (JournalAppender appender = StreamJournal.appender(context, AppendingProgram::refuse)) {
            long next = Math.max(1, appender.nextSequence());
            while (true) {
                byte[] octets = Packets.data(JournalFixture.STREAM, 7, next, next + next % 9);
                appender.append(new UnsafeBuffer(octets), 0, octets.length);
                next += next % 9 + 1;
                line.setLength(0);
                System.out.println(line.append("appended ").append(next - 1));
            }
        }
    }

    /** A journal whose appender was killed is sound. */
    private static void refuse(String warning) {
        throw new AssertionError(warning);
    }
}
