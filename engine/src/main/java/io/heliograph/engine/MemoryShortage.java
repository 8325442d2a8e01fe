// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.stream.ArbiterContext;

/**
 * What is said when a stream cannot have the memory that it works in, which lies outside of the heap.
 *
 * <p><b>Thread:</b> static functions; any thread.
 */
final class MemoryShortage {
    private static final int MEBIBYTE = 1 << 20;

    private MemoryShortage() {}

    /**
     * Of a subscription.
     *
     * @param stream its name.
     * @param refusal what the JVM says.
     * @return to be thrown.
     */
    static HeliographException ofSubscription(String stream, OutOfMemoryError refusal) {
        int window = ArbiterContext.DEFAULT_WINDOW_BYTES / MEBIBYTE;
        return of(
                "stream " + stream + " cannot be subscribed to: no direct memory for its reorder window of " + window
                        + " MiB",
                "every subscription and partition takes " + window + " MiB",
                refusal);
    }

    /**
     * Of a publication.
     *
     * @param stream its name.
     * @param refusal what the JVM says.
     * @return to be thrown.
     */
    static HeliographException ofPublication(String stream, OutOfMemoryError refusal) {
        return of(
                "stream " + stream + " cannot be published: no memory outside of the heap for its packets",
                "rate= at the stream makes its resend window smaller",
                refusal);
    }

    private static HeliographException of(String what, String why, OutOfMemoryError refusal) {
        return new HeliographException(what + " (the JVM: " + refusal.getMessage() + "); " + why
                + ": open fewer in this process, or start it with more, as HELIOGRAPH_JAVA_OPTS=-XX:MaxDirectMemorySize=1g"
                + " (without it the limit is the heap's, -Xmx)");
    }
}
