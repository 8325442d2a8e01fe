// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.LineRoute;
import io.heliograph.engine.stream.PacketLine;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The lines that an ingress sends a stream on in its site, open: its own ones, by the policy of the bridges that lead the stream
 * there. Who publishes on them closes them.
 *
 * <p><b>Thread:</b> one owner: the connection's.
 *
 * @param lines which they are, and what the topology says of them.
 * @param open the same, in the same order, as a publication takes them.
 * @param route which of them are sent on, by the health of their NICs.
 */
record IngressLines(StreamLines lines, List<PacketLine> open, LineRoute route) implements AutoCloseable {
    /** Copies the list. */
    IngressLines {
        open = List.copyOf(open);
    }

    /** For a publication that could not be made of them. */
    @Override
    public void close() {
        CloseHelper.closeAll(open);
    }
}
