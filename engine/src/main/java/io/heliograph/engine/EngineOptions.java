// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.nic.NicTimes;
import java.nio.file.Path;

/**
 * What whoever starts an engine may choose beyond the topology.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param nicTimes how fast the state of a NIC follows what is seen of it.
 * @param certificates directory with the host's certificates, for links that are TLS.
 */
public record EngineOptions(NicTimes nicTimes, Path certificates) {
    /** What suits most. */
    public static final EngineOptions DEFAULT = new EngineOptions(NicTimes.DEFAULT);

    /**
     * Certificates, if any, are in {@code certs} of the working directory.
     *
     * @param nicTimes how fast the state of a NIC follows what is seen of it.
     */
    public EngineOptions(NicTimes nicTimes) {
        this(nicTimes, Path.of("certs"));
    }
}
