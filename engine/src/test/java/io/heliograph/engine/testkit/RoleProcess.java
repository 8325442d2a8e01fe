// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A role of the launcher in a process of its own, for tests that kill things.
 *
 * <p><b>Thread:</b> one owner; what the process says is read by threads that end with it.
 */
public final class RoleProcess implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private RoleProcess(Process process, @Nullable Consumer<String> taker) {
        this.process = process;
        this.outReader = reader(process.getInputStream(), taker == null ? out::add : taker);
        this.errReader = reader(process.getErrorStream(), err::add);
    }

    /**
     * Starts a role.
     *
     * @param arguments the role's name and its options.
     * @return the process.
     */
    public static RoleProcess start(String... arguments) {
        return startBy(List.of(), arguments);
    }

    /**
     * Starts a role that says so much that it is not kept.
     *
     * @param taker of each line on standard output, on a thread that ends with the process.
     * @param arguments the role's name and its options.
     * @return the process.
     */
    public static RoleProcess start(Consumer<String> taker, String... arguments) {
        return startBy(List.of(), taker, arguments);
    }

    /**
     * Starts a role by another command: in a network namespace, for example.
     *
     * @param prefix words before those of the role, {@code ip netns exec NAME}; what they start must become the role.
     * @param arguments the role's name and its options.
     * @return the process.
     */
    public static RoleProcess startBy(List<String> prefix, String... arguments) {
        return startBy(prefix, null, arguments);
    }

    private static RoleProcess startBy(List<String> prefix, @Nullable Consumer<String> taker, String... arguments) {
        String root = Path.of(System.getProperty("heliograph.root", ".."))
                .toAbsolutePath()
                .normalize()
                .toString();
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                // What a script starts in the background ignores SIGINT, and all that comes of it does: Ctrl-C is
                // tested anyway.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root + "/.mvn/jvm.flags",
                // It lives for seconds, beside others on few cores: it starts in half the time without the optimising
                // compiler.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dheliograph.home=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "io.heliograph.engine.cli.Main"));
        words.addAll(List.of(arguments));
        try {
            return new RoleProcess(new ProcessBuilder(words).start(), taker);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * The number of the process.
     *
     * @return for kill.
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether the process goes on.
     *
     * @return false when it has ended.
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for a line on standard output.
     *
     * @param part of the line.
     * @return the first line that holds it.
     */
    public String awaitOut(String part) {
        Awaiting.awaiting("'" + part + "' from " + this, () -> find(out, part).isPresent() || !process.isAlive());
        return find(out, part).orElseThrow(() -> new AssertionError("no '" + part + "' from " + this));
    }

    /**
     * Waits for a line on standard error.
     *
     * @param part of the line.
     * @return the first line that holds it.
     */
    public String awaitErr(String part) {
        Awaiting.awaiting("'" + part + "' from " + this, () -> find(err, part).isPresent() || !process.isAlive());
        return find(err, part).orElseThrow(() -> new AssertionError("no '" + part + "' from " + this));
    }

    /**
     * What the process has said on standard output so far.
     *
     * @return its lines.
     */
    public List<String> out() {
        return List.copyOf(out);
    }

    /**
     * What the process has said on standard error so far.
     *
     * @return its lines.
     */
    public List<String> err() {
        return List.copyOf(err);
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    /** SIGINT, as Ctrl-C sends it: Java has none of its own. */
    public void interrupt() {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + pid()).start();
            if (!kill.waitFor(PATIENCE_S, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("no SIGINT for " + this);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /**
     * SIGTERM, and waits for the end.
     *
     * @return the exit code.
     */
    public int terminate() {
        // By its handle: Process.destroy would close the streams and lose the last words.
        process.toHandle().destroy();
        return awaitExit();
    }

    /**
     * Waits for the end, and for what was said until then.
     *
     * @return the exit code.
     */
    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + this);
            }
            outReader.join();
            errReader.join();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            Awaiting.awaiting("the end of " + this, () -> !process.isAlive());
        }
    }

    @Override
    public String toString() {
        return "process " + pid() + ", out " + out + ", err " + err;
    }

    private static Optional<String> find(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst();
    }

    private static Thread reader(InputStream stream, Consumer<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines);
            } catch (IOException | UncheckedIOException ended) {
                lines.accept("(stream ended: " + ended.getMessage() + ")");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
