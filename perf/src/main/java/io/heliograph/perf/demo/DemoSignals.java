// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the demo's threads tell each other: that receivers are ready, that it is time to go, and words for people.
 *
 * <p><b>Thread:</b> any thread.
 */
final class DemoSignals {
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicBoolean isCancelled = new AtomicBoolean();
    private final Queue<String> words = new ConcurrentLinkedQueue<>();

    void receiverIsReady() {
        ready.incrementAndGet();
    }

    int ready() {
        return ready.get();
    }

    void cancel() {
        isCancelled.set(true);
    }

    boolean isCancelled() {
        return isCancelled.get();
    }

    void say(String line) {
        words.add(line);
    }

    Queue<String> words() {
        return words;
    }
}
