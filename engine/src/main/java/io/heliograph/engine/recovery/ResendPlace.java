// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * How far back a publisher can send once more what it has sent.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param epoch that it publishes, 1 to 2^32 - 1.
 * @param first message that it has; {@code next} while it has none.
 * @param next message that it will send, as it was some milliseconds ago.
 */
public record ResendPlace(long epoch, long first, long next) {}
