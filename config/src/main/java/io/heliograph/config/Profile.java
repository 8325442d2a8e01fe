// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * What the idle strategies and driver threads of a host are tuned for.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Profile {
    /** A machine that has other work too: few cores, threads shared, idling gives the core away. */
    DEFAULT,
    /** A server with cores to spare: a driver thread per task, spinning. */
    LOW_LATENCY
}
