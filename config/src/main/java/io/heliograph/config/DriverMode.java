// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Where the media driver of a host runs.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum DriverMode {
    /** A process of its own, launched and watched by the engine. */
    PROCESS,
    /** Inside the engine process, on threads of its own. */
    ENGINE,
    /** Inside every program, invoked on its own thread: the host shares no driver. */
    EMBEDDED,
    /** Launched by somebody else, found by its directory. */
    EXTERNAL
}
