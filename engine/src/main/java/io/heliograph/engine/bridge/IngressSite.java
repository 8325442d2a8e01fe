// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What an ingress stands on in its own site.
 *
 * <p><b>Thread:</b> the ingress's.
 *
 * <p><b>Failure:</b> what cannot be had now is null and is told to people by who implements this; it is asked for again.
 */
public interface IngressSite {
    /** Where a stream's journal ends on this host. */
    record Place(long epoch, long next, boolean isEnded) {}

    /**
     * Where this host's journal of a stream ends.
     *
     * @param stream id.
     * @return epoch 0 for a journal without packets; null when that cannot be known now.
     */
    @Nullable
    Place end(int stream);

    /**
     * Opens a stream's lines.
     *
     * @param stream id.
     * @param from where it goes on.
     * @return null while they cannot be opened.
     */
    @Nullable
    BridgeOutput open(int stream, Place from);

    /**
     * The duty cycle of what is beneath.
     *
     * @return work done.
     */
    int doWork();

    /**
     * Tells an operator what goes on as it should.
     *
     * @param words what has changed.
     */
    void say(String words);

    /**
     * Tells an operator what is wrong.
     *
     * @param words what happened.
     */
    void warn(String words);
}
