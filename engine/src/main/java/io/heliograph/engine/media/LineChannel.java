// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.net.InetAddress;
import java.util.Set;

/**
 * Where a line's packets come from.
 *
 * <p><b>Thread:</b> immutable, but for {@code opening}.
 *
 * @param uri Aeron's channel.
 * @param aeronStreamId Aeron's stream id: the topology's.
 * @param isReliable whether Aeron repairs losses by NAK.
 * @param sources addresses that may publish the stream on this line; empty for any.
 * @param opening told what came of asking the driver for it.
 */
public record LineChannel(
        String uri, int aeronStreamId, boolean isReliable, Set<InetAddress> sources, LineOpening opening) {}
