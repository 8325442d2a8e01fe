// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Who has asked for what in the last milliseconds: many who ask for the same have lost it together.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class AskedLately {
    private static final int MOST = 4096;

    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final long withinNs;

    AskedLately(long withinNs) {
        this.withinNs = withinNs;
    }

    private record Asked(long atNs, String peer, int stream, long epoch, long first, long end) {}

    /** Notes a request for a range, and says how many nodes have asked for some of it lately, this one among them. */
    int note(String peer, int stream, long epoch, long first, long end, long nowNs) {
        while (!asked.isEmpty() && (nowNs - asked.peekFirst().atNs >= withinNs || asked.size() >= MOST)) {
            asked.removeFirst();
        }
        asked.addLast(new Asked(nowNs, peer, stream, epoch, first, end));
        Set<String> peers = new HashSet<>();
        for (Asked each : asked) {
            if (each.stream == stream && each.epoch == epoch && each.first < end && first < each.end) {
                peers.add(each.peer);
            }
        }
        return peers.size();
    }
}
