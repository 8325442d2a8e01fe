// SPDX-License-Identifier: Apache-2.0
/**
 * Carries streams from one site's journals to another site's lines. The ingress pulls and publishes ({@link
 * io.heliograph.engine.bridge.Ingress}), the egress reads its journals and sends ({@link
 * io.heliograph.engine.bridge.EgressCursor}): state machines, which the agents beside them put behind links, journals and lines.
 *
 * <p>Called by the root, which wires it; calls {@code priority}, {@code link}, {@code journal} and {@code stream}. The agents have
 * a thread each, sessions belong to the links'. Read {@link io.heliograph.engine.bridge.Ingress} first.
 */
@NullMarked
package io.heliograph.engine.bridge;

import org.jspecify.annotations.NullMarked;
