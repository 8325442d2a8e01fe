// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Who holds a driver's directory at the moment, for those who only look: nothing is taken, started or removed.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param engine the engine that is responsible for it, as a sentence's part: {@code process 17, since ...}; empty when none
 *     is.
 * @param driver the driver of ours that holds it, said alike; empty when none does.
 * @param living the driver that has worked there lately, ours or another's; empty when none has.
 */
public record DirectoryOccupancy(Optional<String> engine, Optional<String> driver, Optional<DriverMark> living) {
    /**
     * Looks at a directory.
     *
     * @param directory of a driver, or where one may be.
     * @return who is there.
     * @throws DriverException when this user may not look.
     */
    public static DirectoryOccupancy look(Path directory) {
        Optional<String> driver = holder(DriverDirectories.driverLock(directory));
        long nowEpochMs = SystemEpochClock.INSTANCE.time();
        Optional<DriverMark> living = DriverMark.read(directory)
                .filter(mark -> mark.isBeating(nowEpochMs))
                // A free lock of ours means that its driver is dead, however fresh the last beat.
                .filter(mark -> driver.isPresent()
                        || !DirectoryLock.isAbandoned(DriverDirectories.driverLock(directory), mark.pid()));
        return new DirectoryOccupancy(holder(DriverDirectories.engineLock(directory)), driver, living);
    }

    private static Optional<String> holder(Path lock) {
        return DirectoryLock.holder(lock).map(DirectoryLock.Holder::toString);
    }
}
