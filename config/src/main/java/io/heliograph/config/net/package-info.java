// SPDX-License-Identifier: Apache-2.0
/**
 * IPv4 arithmetic: addresses as 32-bit numbers, subnets, and the places of a multicast range.
 *
 * <p>Called by the other rooms of {@code config}; calls nothing. Immutable, any thread. Read {@link
 * io.heliograph.config.net.Places} first: it holds the one formula by which every host finds a stream's groups.
 */
@NullMarked
package io.heliograph.config.net;

import org.jspecify.annotations.NullMarked;
