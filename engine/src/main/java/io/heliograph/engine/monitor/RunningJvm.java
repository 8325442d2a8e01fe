// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.engine.base.Surroundings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Java that runs this process, and the flags that it was meant to get.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param feature 17, 21, 25.
 * @param version in full, with the vendor's suffix.
 * @param machine the virtual machine's name.
 * @param flags that it was started with.
 * @param wanted lines of the launcher's file of flags, without comments; empty where no launcher ran.
 * @param processors that it may use: a container may give fewer than the machine has.
 */
public record RunningJvm(
        int feature,
        String version,
        String machine,
        List<String> flags,
        Optional<List<String>> wanted,
        int processors) {
    /** Copies the list. */
    public RunningJvm {
        flags = List.copyOf(flags);
    }

    /**
     * The one that runs this code.
     *
     * @return as it is now.
     */
    public static RunningJvm current() {
        Runtime.Version version = Runtime.version();
        return new RunningJvm(
                version.feature(),
                version.toString(),
                ManagementFactory.getRuntimeMXBean().getVmName(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Surroundings.home().flatMap(home -> wanted(home.resolve(".mvn").resolve("jvm.flags"))),
                Runtime.getRuntime().availableProcessors());
    }

    private static Optional<List<String>> wanted(Path file) {
        try {
            return Optional.of(Files.readAllLines(file).stream()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IOException absent) {
            // A program that brought no launcher's file: then there is nothing to compare with, which the check says.
            return Optional.empty();
        }
    }
}
