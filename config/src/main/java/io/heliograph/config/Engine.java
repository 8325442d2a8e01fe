// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the appliance runs on a host.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param driver where the media driver runs.
 * @param directory of an {@link DriverMode#EXTERNAL} driver; null for every other mode.
 * @param profile what threads and idling are tuned for.
 * @param journal directory of the journals that the host keeps; null: it keeps none.
 * @param links where it accepts links, in order of preference; none: nowhere but on its host.
 */
public record Engine(
        DriverMode driver,
        @Nullable String directory,
        Profile profile,
        @Nullable String journal,
        List<LinkPlace> links) {
    /** What a host without an {@code engine} element has: a driver process, the default profile. */
    public static final Engine DEFAULT = new Engine(DriverMode.PROCESS, null, Profile.DEFAULT);

    /**
     * One that keeps no journals and has no links.
     *
     * @param driver as above.
     * @param directory as above.
     * @param profile as above.
     */
    public Engine(DriverMode driver, @Nullable String directory, Profile profile) {
        this(driver, directory, profile, null, List.of());
    }

    /** Checks that a directory comes with an external driver and with no other. */
    public Engine {
        if ((driver == DriverMode.EXTERNAL) != (directory != null)) {
            throw new IllegalArgumentException("driver " + driver + " with directory " + directory);
        }
        links = List.copyOf(links);
    }
}
