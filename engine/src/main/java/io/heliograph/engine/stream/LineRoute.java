// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import io.heliograph.engine.media.LineChoice;
import io.heliograph.engine.media.LineHealth;

/**
 * Which of its lines a publication sends on, and what it keeps for a move.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param choice the policy.
 * @param health of the lines, asked every few milliseconds.
 * @param resendNs how far back can be sent again on another line, ns.
 * @param rateBps what the stream is declared to need, bits per second; 0 when nobody has said it.
 * @param isAskedFor whether those who have lost packets may ask for them, so that they are kept on any lines.
 */
public record LineRoute(LineChoice choice, LineHealth health, long resendNs, long rateBps, boolean isAskedFor) {
    /**
     * A route of which packets are kept for moves alone.
     *
     * @param choice as above.
     * @param health as above.
     * @param resendNs as above.
     * @param rateBps as above.
     */
    public LineRoute(LineChoice choice, LineHealth health, long resendNs, long rateBps) {
        this(choice, health, resendNs, rateBps, false);
    }

    /** Whether what a line did not bring may have to be sent on another, so that packets have to be kept. */
    boolean isKeeping(int lines) {
        return lines > 1 && (choice.isJoinedInPart() || !isOnEvery(lines));
    }

    /** Whether the stream is meant to be on every line. */
    boolean isOnEvery(int lines) {
        return choice.sends(LineChoice.all(lines)) == LineChoice.all(lines);
    }
}
