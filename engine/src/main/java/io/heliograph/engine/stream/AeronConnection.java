// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.aeron.Aeron;
import org.jspecify.annotations.Nullable;

/**
 * The way to the media driver as it is now: when a driver is started anew, another client takes the lost one's place, and
 * whoever holds lines opens them again on it.
 *
 * <p><b>Thread:</b> any thread.
 */
@FunctionalInterface
public interface AeronConnection {
    /**
     * The client to open lines with.
     *
     * @return null while no driver is alive.
     */
    @Nullable
    Aeron client();
}
