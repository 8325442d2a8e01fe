// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * How lines cross a NIC.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum NicMode {
    /** By multicast groups of the site. */
    MULTICAST,
    /** By a datagram for each subscriber: a tunnel, or a site where multicast is not to be had. */
    UNICAST
}
