// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.Engine;
import io.heliograph.engine.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The engines of both sites: two hosts of the first, each with a journal that a path of the bridge reads from, and the host of the
 * second where both paths lead, with a journal of its own. Each has its driver inside this process.
 *
 * <p><b>Thread:</b> one owner: the main thread, ten times a second at least; engines have threads of their own.
 */
final class DemoSites implements AutoCloseable {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();
    private final List<JournalWatch> journals = new ArrayList<>();
    private final BridgeWatch bridge;

    /** Starts the engines. */
    DemoSites(DemoPlace place, DemoSignals signals) {
        int port = place.path().port();
        bridge = new BridgeWatch(signals, port);
        try {
            start(place, DemoPlace.FIRST, new BridgeWatch(signals, port));
            start(place, DemoPlace.SECOND, new BridgeWatch(signals, port));
            start(place, DemoPlace.INGRESS, bridge);
            for (String host : List.of(DemoPlace.FIRST, DemoPlace.SECOND)) {
                JournalWatch journal = new JournalWatch(place, host);
                journals.add(journal);
                opened.add(journal);
            }
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private void start(DemoPlace place, String host, BridgeWatch listener) {
        Engine engine = Engine.start(place.topology(host), host, EngineOptions.DEFAULT, listener);
        engines.add(engine);
        opened.add(engine);
    }

    void doWork() {
        engines.forEach(Engine::doWork);
        journals.forEach(JournalWatch::look);
    }

    /** Whether the first site's journals hear the stream, and the first path carries it. */
    boolean isReady() {
        return journals.stream().allMatch(JournalWatch::isLive)
                && bridge.carrying().host().equals(DemoPlace.FIRST);
    }

    /** Of the first site, in the order of the paths. */
    List<JournalWatch> journals() {
        return journals;
    }

    /** The last message that both of them have. */
    long journaled() {
        return journals.stream().mapToLong(JournalWatch::appended).min().orElse(0);
    }

    BridgeWatch bridge() {
        return bridge;
    }

    /** Stops the engines, the second site's first. Idempotent. */
    @Override
    public void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            CloseHelper.quietClose(opened.get(i));
        }
        opened.clear();
        engines.clear();
    }
}
