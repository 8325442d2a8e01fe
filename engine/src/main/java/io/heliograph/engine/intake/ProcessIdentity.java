// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A process as the ring knows it: its number and its start time in one word, so that a number used again is another
 * process.
 *
 * <p><b>Thread:</b> any thread.
 *
 * <p><b>Allocation:</b> a look reads a small file of {@code /proc}: 20 us, and some hundred octets.
 *
 * <p><b>Failure:</b> what cannot be read counts as alive: a claim is given up on proof only.
 */
final class ProcessIdentity {
    /** Nobody. */
    static final long NONE = 0;

    private static final int START_BITS = 42;
    private static final long START_MASK = (1L << START_BITS) - 1;
    private static final int STATE_FIELD = 3;
    private static final int THREADS_FIELD = 20;
    private static final int START_FIELD = 22;
    private static final Path PROC = Path.of("/proc");

    private ProcessIdentity() {}

    /**
     * This process.
     *
     * @throws IntakeException where there is no {@code /proc}.
     */
    static long current() {
        long pid = pid();
        try {
            return identity(pid, start(fields(pid)));
        } catch (IOException | RuntimeException unreadable) {
            throw new IntakeException(
                    "cannot read /proc/" + pid + "/stat (" + unreadable + "): writers=\"many\" needs Linux",
                    unreadable);
        }
    }

    /** The namespace that this process's number is of; 0 where the system does not say. */
    static long namespace() {
        try {
            String link = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
            return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
        } catch (IOException | RuntimeException untold) {
            return 0;
        }
    }

    static long identity(long pid, long startTicks) {
        return (pid << START_BITS) | (startTicks & START_MASK);
    }

    static long pid(long identity) {
        return identity >>> START_BITS;
    }

    /**
     * Whether a process has ended and can store nothing any more: its number is free, or another process has it, or all of
     * its threads have ended and only its parent has not asked yet. One that is stopped is not gone.
     */
    static boolean isGone(long identity) {
        try {
            String[] fields = fields(pid(identity));
            if (start(fields) != (identity & START_MASK)) {
                return true;
            }
            // A zombie whose other threads still run: its first thread has ended alone.
            String state = field(fields, STATE_FIELD);
            return "ZXx".contains(state) && Long.parseLong(field(fields, THREADS_FIELD)) <= 1;
        } catch (NoSuchFileException none) {
            return Files.isDirectory(PROC.resolve("self"));
        } catch (IOException | RuntimeException untold) {
            return false;
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** What stands behind the name, which may hold anything, blanks and brackets too: from field 3 on. */
    private static String[] fields(long pid) throws IOException {
        byte[] octets = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat"));
        String line = new String(octets, StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static long start(String[] fields) {
        return Long.parseLong(field(fields, START_FIELD)) & START_MASK;
    }

    private static String field(String[] fields, int number) {
        return fields[number - STATE_FIELD];
    }
}
