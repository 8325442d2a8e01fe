// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import java.nio.file.Path;

/**
 * Which media driver a program uses.
 *
 * <p><b>Thread:</b> immutable.
 */
public sealed interface DriverChoice {
    /**
     * The driver of the topology's host: the one that its engine runs, the external one that the topology names, or one of
     * the program's own where the topology says {@code driver="embedded"}.
     *
     * @return the default.
     */
    static DriverChoice host() {
        return new HostDriver();
    }

    /**
     * A driver of the program's own, invoked by {@link Heliograph#doWork}: no thread, no process, the lowest latency where
     * cores are few. Nothing is shared with other programs of the host.
     *
     * @return the choice.
     */
    static DriverChoice embedded() {
        return new OwnDriver();
    }

    /**
     * A driver that somebody else runs, such as Aeron's C driver.
     *
     * @param path of its directory.
     * @return the choice.
     */
    static DriverChoice directory(Path path) {
        return new DirectoryDriver(path);
    }

    /**
     * See {@link DriverChoice#host}.
     */
    record HostDriver() implements DriverChoice {}

    /**
     * See {@link DriverChoice#embedded}.
     */
    record OwnDriver() implements DriverChoice {}

    /**
     * See {@link DriverChoice#directory}.
     *
     * @param path of its directory.
     */
    record DirectoryDriver(Path path) implements DriverChoice {}
}
