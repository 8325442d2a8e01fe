// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.SystemEpochClock;

/** The processes behind a {@link DriverWatch}: children of this one, and drivers that a former engine started. */
final class DriverLives {
    private static final long PATIENCE_S = 5;

    private DriverLives() {}

    /** A driver that works in a directory already; empty when there is none. */
    static Optional<DriverLife> find(Path directory) {
        return DirectoryLock.holder(DriverDirectories.driverLock(directory))
                .map(holder -> new Found(directory, holder));
    }

    /** A new process. */
    static DriverLife start(Path directory, DriverContext context) {
        return new Child(directory, DriverLaunch.start(directory, context));
    }

    private static boolean isReady(Path directory, long pid) {
        return DriverMark.read(directory)
                .filter(mark -> mark.pid() == pid && mark.isBeating(SystemEpochClock.INSTANCE.time()))
                .isPresent();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!awaitsEnd(process)) {
            process.destroyForcibly();
            awaitsEnd(process);
        }
    }

    private static boolean awaitsEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    private record Child(Path directory, Process process) implements DriverLife {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean hasEnded() {
            return !process.isAlive();
        }

        @Override
        public boolean isReady() {
            return DriverLives.isReady(directory, pid());
        }

        @Override
        public String lastWords() {
            if (process.isAlive()) {
                return "";
            }
            int code = process.exitValue();
            String how = code > 128 ? "killed by signal " + (code - 128) : "exit code " + code;
            // A process that was killed said nothing of it: the last line of its log is about something else.
            String said = code > 128 ? "" : lastLine(DriverDirectories.log(directory));
            return said.isEmpty() ? how : how + ", \"" + said + "\"";
        }

        @Override
        public void end() {
            DriverLives.end(process.toHandle());
        }
    }

    private record Found(Path directory, DirectoryLock.Holder holder) implements DriverLife {
        @Override
        public long pid() {
            return holder.pid();
        }

        /** Its lock tells, not its number: a dead child that its parent never asked about keeps its number. */
        @Override
        public boolean hasEnded() {
            return DirectoryLock.isAbandoned(DriverDirectories.driverLock(directory), holder.pid());
        }

        @Override
        public boolean isReady() {
            return DriverLives.isReady(directory, pid());
        }

        @Override
        public String lastWords() {
            return "";
        }

        @Override
        public void end() {
            ProcessHandle.of(pid()).ifPresent(DriverLives::end);
        }
    }

    private static String lastLine(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            int length = (int) Math.min(file.length(), 1024);
            byte[] tail = new byte[length];
            file.seek(file.length() - length);
            file.readFully(tail);
            String[] lines = new String(tail, StandardCharsets.UTF_8).trim().split("\\R", -1);
            return lines[lines.length - 1];
        } catch (IOException unreadable) {
            return "its log is unreadable: " + unreadable.getMessage();
        }
    }
}
