// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

/**
 * What a bridge carries into a host, and over which paths.
 *
 * <p><b>Thread:</b> immutable; the arrays are not changed.
 *
 * @param from the site that it leads out of.
 * @param streamIds what it carries.
 * @param peers the hosts at the other ends of its paths.
 * @param levels of the paths, 1 to 16.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record BridgeCard(String from, int[] streamIds, String[] peers, int[] levels) {}
