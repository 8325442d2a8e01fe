// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.settings.Retain;
import java.util.List;

/**
 * Who keeps a journal of a stream, and how.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param hosts names of hosts that keep one, of the stream's site and of those that bridges lead it to; none for no journal.
 * @param syncNs how often what was appended is brought onto the disk, ns; 0: when the system does it.
 * @param retain how long it is kept.
 * @param lagOctets a publisher waits while the journal of its own host is further behind, octets of packets; 0: it waits for
 *     none.
 */
public record Journaling(List<String> hosts, long syncNs, Retain retain, long lagOctets) {
    /** No journal. */
    public static final Journaling NONE = new Journaling(List.of(), 0, Retain.ALL, 0);

    /** Copies the list. */
    public Journaling {
        hosts = List.copyOf(hosts);
    }

    /**
     * Whether a publisher waits for the journal of its own host.
     *
     * @return true for {@code journal-mode="required"}.
     */
    public boolean isRequired() {
        return lagOctets > 0;
    }
}
