// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.engine.Heliograph;
import org.agrona.concurrent.status.CountersReader;

/**
 * What the counters of the host's driver say that they did not say at the last look: for the log.
 *
 * <p><b>Thread:</b> one owner.
 */
final class DriverFigures {
    private static final SystemCounterDescriptor[] ALL = SystemCounterDescriptor.values();

    private final long[] before = new long[ALL.length];

    /** In words; empty when nothing has changed but what was sent and received. */
    String changes(Heliograph heliograph) {
        CountersReader counters = heliograph.aeron().countersReader();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < ALL.length; i++) {
            long now = counters.getCounterValue(ALL[i].id());
            if (now != before[i] && isTelling(ALL[i])) {
                words.append(' ').append(ALL[i].name()).append(" +").append(now - before[i]);
            }
            before[i] = now;
        }
        return words.toString();
    }

    private static boolean isTelling(SystemCounterDescriptor counter) {
        return switch (counter) {
            case BYTES_SENT, BYTES_RECEIVED, HEARTBEATS_SENT, HEARTBEATS_RECEIVED, CLIENT_TIMEOUTS -> false;
            case STATUS_MESSAGES_SENT, STATUS_MESSAGES_RECEIVED, CONDUCTOR_PROXY_FAILS -> false;
            default -> true;
        };
    }
}
