// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * How the peers of a level share the work.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Balance {
    /** Each in its turn. */
    ROUND_ROBIN,
    /** The one with the least backlog; those that have equally little in turn. */
    LEAST_BACKLOG,
    /** One does it all, as long as it is available and no better level is; the others wait. */
    STICKY
}
