// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Which one line a subscriber of a stream with {@link LinePolicy#SPREAD} joins.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum LineJoin {
    /** Any, drawn anew by each subscription. */
    RANDOM,
    /** The one that the six octets of the MAC address of the host's first NIC of the bond give, so each time the same. */
    MAC_XOR,
    /** The one that the fewest subscribers of the site have chosen, as their engines state it; moves when that is no longer so. */
    LEAST_POPULATED
}
