// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process finds around it: the one place of the engine that reads system properties.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Surroundings {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private Surroundings() {}

    /**
     * Who runs the process.
     *
     * @return the user's name.
     */
    public static String user() {
        return System.getProperty("user.name", "nobody");
    }

    /**
     * Where files live that are memory in truth: a driver's buffers.
     *
     * @return /dev/shm, or the directory for temporary files where there is none.
     */
    public static Path sharedMemory() {
        return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
                ? SHARED_MEMORY
                : Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    /**
     * The root of the installation, as the launcher says it.
     *
     * @return the directory with {@code .mvn/jvm.flags}; empty where no launcher ran.
     */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("heliograph.home")).map(Path::of);
    }

    /**
     * The Java that runs the process: a child runs the same.
     *
     * @return the path of the {@code java} command.
     */
    public static Path java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java");
    }

    /**
     * What the process loads classes from: a child loads the same.
     *
     * @return paths, with the separator of the system between.
     */
    public static String classPath() {
        return System.getProperty("java.class.path", "");
    }
}
