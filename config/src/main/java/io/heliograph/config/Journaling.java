// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.settings.Retain;
import java.util.List;

/**
 * Who keeps a journal of a stream, and how.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param hosts names of hosts of the stream's site that keep one; none for no journal.
 * @param syncNs how often what was appended is brought onto the disk, ns; 0: when the system does it.
 * @param retain how long it is kept.
 */
public record Journaling(List<String> hosts, long syncNs, Retain retain) {
    /** No journal. */
    public static final Journaling NONE = new Journaling(List.of(), 0, Retain.ALL);

    /** Copies the list. */
    public Journaling {
        hosts = List.copyOf(hosts);
    }
}
