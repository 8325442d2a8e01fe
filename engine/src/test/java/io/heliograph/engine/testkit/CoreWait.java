// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * For how long a thread wanted to run and got no core, by the kernel's count (field 2 of {@code /proc/PID/task/TID/schedstat}):
 * so a test that measures for how long one thread holds up another can leave out what the machine held up.
 *
 * <p>Where the machine is a guest, its host may run something else instead of a core: that is in {@link #stolenNs}, of all cores
 * together, for the kernel does not know whom it hit.
 *
 * <p><b>Thread:</b> one owner, which need not be the thread that it speaks of.
 */
public final class CoreWait implements AutoCloseable {
    private static final int STOLEN = 8;
    private static final long TICK_NS = 10_000_000;

    private final RandomAccessFile file;
    private final byte[] text = new byte[128];

    private CoreWait(Path task) {
        try {
            file = new RandomAccessFile(task.resolve("schedstat").toFile(), "r");
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    /**
     * Of the thread that calls this.
     *
     * @return to be closed; must not outlive the thread.
     */
    public static CoreWait ofThisThread() {
        try {
            return new CoreWait(Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self"))));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    /**
     * Of a thread of another process.
     *
     * @param pid of the process.
     * @param name of the thread, as the kernel knows it: its first 15 letters.
     * @return to be closed; must not outlive the thread.
     */
    public static CoreWait ofThread(long pid, String name) {
        Path tasks = Path.of("/proc/" + pid + "/task");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path task : all) {
                if (Files.readString(task.resolve("comm")).trim().equals(name)) {
                    return new CoreWait(task);
                }
            }
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
        throw new AssertionError("no thread " + name + " in process " + pid);
    }

    /**
     * For how long the machine's host ran something else instead of one of its cores (field 8 of {@code /proc/stat}'s first line).
     *
     * @return ns since the machine began, in steps of 10 ms a core.
     */
    public static long stolenNs() {
        try (BufferedReader file = Files.newBufferedReader(Path.of("/proc/stat"))) {
            String[] fields = String.valueOf(file.readLine()).trim().split(" +", -1);
            return fields.length > STOLEN ? Long.parseLong(fields[STOLEN]) * TICK_NS : 0;
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    /**
     * Waited so far; a wait that is not over counts when it is.
     *
     * @return ns since the thread began.
     */
    public long ns() {
        try {
            file.seek(0);
            int length = file.read(text);
            return Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).split(" ", -1)[1]);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
