// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Which end of a path connects to the other.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Opens {
    /** The ingress: the host that the path leads to. */
    TO,
    /** The egress: the host that it comes from, where a firewall lets nobody in there. */
    FROM
}
