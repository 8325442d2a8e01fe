// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the demo's threads tell each other: who is ready, how far the feed may go, that it is time to go, and words for people.
 *
 * <p><b>Thread:</b> any thread.
 */
final class DemoSignals {
    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isCancelled = new AtomicBoolean();
    private final AtomicBoolean isReleased = new AtomicBoolean();
    private final AtomicLong journaled = new AtomicLong();
    private final Queue<String> words = new ConcurrentLinkedQueue<>();

    /** Somebody hears all that comes from now on, or is what somebody needs for that. */
    void ready(String who) {
        ready.add(who);
    }

    /** Those of whom that was not said. */
    List<String> missing(List<String> wanted) {
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(ready);
        return missing;
    }

    /** The last message that the journals of the first site have. */
    void journaled(long sequence) {
        journaled.set(sequence);
    }

    long journaled() {
        return journaled.get();
    }

    /** The last messages may be sent: what was to be seen meanwhile was seen. */
    void release() {
        isReleased.set(true);
    }

    boolean isReleased() {
        return isReleased.get();
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
