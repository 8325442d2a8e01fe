// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.recovery.GapSource;
import io.heliograph.engine.recovery.ReplayAsk;

/**
 * What the publisher on another host has kept, asked for by that host's replay service: it answers that the lines bring it, or from
 * where on it has something.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 *
 * @param host whose replay service is asked.
 */
public record WindowSource(LinkSource host) implements GapSource {
    @Override
    public String name() {
        return "publisher on " + host.name();
    }

    @Override
    public boolean ask(long id, ReplayAsk ask) {
        return host.ask(id, ask);
    }

    @Override
    public void cancel(long id) {
        host.cancel(id);
    }

    @Override
    public boolean isLog() {
        return false;
    }

    @Override
    public int poll() {
        return host.poll();
    }
}
