// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

/**
 * How long a journal is kept: what is older, or too much, is removed by whole hours.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param ageNs a packet is kept for so long at least, ns; {@link Long#MAX_VALUE}: by age nothing is removed.
 * @param octets so much is kept at most; {@link Long#MAX_VALUE}: by size nothing is removed.
 */
public record Retain(long ageNs, long octets) {
    /** Everything. */
    public static final Retain ALL = new Retain(Long.MAX_VALUE, Long.MAX_VALUE);
}
