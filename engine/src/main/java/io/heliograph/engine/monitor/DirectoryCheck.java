// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.engine.media.DirectoryOccupancy;
import io.heliograph.engine.media.DriverException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Who works in the host's driver directory, and whether that fits the topology. */
final class DirectoryCheck implements Check {
    private final DriverMode mode;
    private final Path directory;
    private final Function<Path, DirectoryOccupancy> look;

    DirectoryCheck(DriverMode mode, Path directory, Function<Path, DirectoryOccupancy> look) {
        this.mode = mode;
        this.directory = directory;
        this.look = look;
    }

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        try {
            DirectoryOccupancy occupancy = look.apply(directory);
            return List.of(mode == DriverMode.EXTERNAL ? external(occupancy) : own(occupancy));
        } catch (DriverException unreadable) {
            return List.of(Finding.unknown(String.valueOf(unreadable.getMessage())));
        }
    }

    private Finding external(DirectoryOccupancy occupancy) {
        return occupancy.living().isPresent()
                ? Finding.ok("a media driver (process "
                        + occupancy.living().get().pid() + ") works in " + directory + engine(occupancy))
                : Finding.problem(
                        "no media driver is alive in " + directory + ", which driver= names",
                        "the engine ends at once, and programs find nothing to attach to",
                        "start the driver there; Aeron's: aeronmd -Daeron.dir=" + directory);
    }

    private Finding own(DirectoryOccupancy occupancy) {
        if (occupancy.driver().isPresent()) {
            return occupancy.living().isPresent()
                    ? Finding.ok(
                            "a driver (" + occupancy.driver().get() + ") works in " + directory + engine(occupancy))
                    : Finding.problem(
                            "a driver (" + occupancy.driver().get() + ") holds " + directory + " and does not work",
                            "nothing is sent or received",
                            "see " + directory + ".log; then end that process: the engine starts another driver");
        }
        if (occupancy.living().isPresent()) {
            long pid = occupancy.living().get().pid();
            return Finding.problem(
                    "a media driver that Heliograph did not start (process " + pid + ") works in " + directory,
                    "the engine is refused",
                    "kill " + pid + "; or name its directory: driver=\"" + directory + "\"");
        }
        return occupancy.engine().isPresent()
                ? Finding.problem(
                        "another engine (" + occupancy.engine().get() + ") holds " + directory
                                + ", and no driver works there",
                        "nothing is sent or received; a second engine is refused",
                        "look at what that engine says; see " + directory + ".log")
                : Finding.ok("nobody holds " + directory + ": an engine can start");
    }

    private static String engine(DirectoryOccupancy occupancy) {
        return occupancy
                .engine()
                .map(engine -> "; the engine (" + engine + ") holds it, and a second one is refused")
                .orElse("; no engine watches it");
    }
}
