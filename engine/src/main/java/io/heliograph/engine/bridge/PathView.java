// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import io.heliograph.engine.link.session.LinkTiming;
import io.heliograph.engine.priority.PeerView;

/**
 * A path of an ingress as an operator sees it.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param peer the other end: whether it can be pulled from, and what waits there.
 * @param timing of the link to it.
 * @param pulled streams that are pulled over it.
 * @param streams of the bridge.
 */
public record PathView(PeerView peer, LinkTiming timing, int pulled, int streams) {}
