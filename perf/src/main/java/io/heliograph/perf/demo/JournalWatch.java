// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.base.JournalDescriptor;
import io.heliograph.engine.base.SubscriptionDescriptor;
import io.heliograph.engine.stream.Quality;
import org.agrona.concurrent.status.CountersReader;

/**
 * A host's journal of the demo's stream, as the host's engine shows it in the counters of its driver.
 *
 * <p><b>Thread:</b> one owner: the main thread.
 */
final class JournalWatch implements AutoCloseable {
    private final String host;
    private final Heliograph heliograph;
    private boolean isLive;
    private long appended;
    private long octets;
    private long gaps;

    /** Of a host whose engine runs. */
    JournalWatch(DemoPlace place, String host) {
        this.host = host;
        this.heliograph = Heliograph.connect(
                new HeliographContext().topology(place.topology()).host(host));
    }

    /** Looks; once in a while. */
    void look() {
        heliograph.doWork();
        if (heliograph.isAlive()) {
            CountersReader counters = heliograph.aeron().countersReader();
            counters.forEach((id, typeId, key, label) -> take(typeId, counters.getCounterValue(id)));
        }
    }

    private void take(int typeId, long value) {
        if (typeId == SubscriptionDescriptor.SUBSCRIPTION_QUALITY.typeId()) {
            isLive = value == Quality.LIVE.code();
        } else if (typeId == JournalDescriptor.JOURNAL_APPENDED.typeId()) {
            appended = Math.max(appended, value);
        } else if (typeId == JournalDescriptor.JOURNAL_OCTETS.typeId()) {
            octets = value;
        } else if (typeId == JournalDescriptor.JOURNAL_GAPS.typeId()) {
            gaps = value;
        }
    }

    String host() {
        return host;
    }

    /** Whether it hears the stream: what comes from now on is in it. */
    boolean isLive() {
        return isLive;
    }

    /** The last message that is in it. */
    long appended() {
        return appended;
    }

    /** Of packets in it. */
    long octets() {
        return octets;
    }

    /** Ranges that it does not have. */
    long gaps() {
        return gaps;
    }

    @Override
    public void close() {
        heliograph.close();
    }
}
