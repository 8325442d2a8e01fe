// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.priority;

/**
 * A peer as an operator sees it.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name of the peer.
 * @param level 1 and up; the lower is used first.
 * @param state whether it can be given work.
 * @param why in words.
 * @param isChosen whether it was chosen last.
 * @param backlog what waits for it, in the unit of who uses the group.
 * @param space how much more may wait before it is busy; {@link #UNBOUNDED}: however much.
 * @param oldestNs how long the oldest of it has waited, ns.
 * @param sinceNs when it came into its state, ns of the clock that the group is told.
 */
public record PeerView(
        String name,
        int level,
        PeerState state,
        String why,
        boolean isChosen,
        long backlog,
        long space,
        long oldestNs,
        long sinceNs) {
    /** It is never busy. */
    public static final long UNBOUNDED = Long.MAX_VALUE;
}
