// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

/**
 * What a carrier subscription takes of its carrier: one stream.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream its name, for messages to people.
 * @param arbitration how to arbitrate it.
 * @param listener told of its gaps, epochs and quality.
 */
public record CarriedContext(String stream, ArbiterContext arbitration, StreamListener listener) {}
