// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * One way of a bridge: the link between an egress, which reads its journal, and an ingress, which sends on its site's lines.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param from the egress, a host of the site that the bridge comes from.
 * @param to the ingress, a host of the site that it leads to.
 * @param priority 1 to 16, lower first; {@link #BY_DISTANCE}: what the distance gives, which is {@link #REMOTE} between sites.
 * @param opens which end connects.
 * @param bufferOctets of the socket buffers at both ends, bandwidth times round trip; {@link #SYSTEM_BUFFER}: as the system has it.
 */
public record BridgePath(String from, String to, int priority, Opens opens, int bufferOctets) {
    /** The file names no buffer: the system tunes it. */
    public static final int SYSTEM_BUFFER = 0;

    /** The file names no priority. */
    public static final int BY_DISTANCE = 0;

    /** The priority of another site where none is named: 1 is the same host, 2 the same site. */
    public static final int REMOTE = 3;

    /**
     * The priority that counts.
     *
     * @return 1 to 16.
     */
    public int level() {
        return priority == BY_DISTANCE ? REMOTE : priority;
    }

    /**
     * The end that connects.
     *
     * @return name of a host.
     */
    public String opener() {
        return opens == Opens.TO ? to : from;
    }

    /**
     * The end that is connected to.
     *
     * @return name of a host.
     */
    public String listener() {
        return opens == Opens.TO ? from : to;
    }
}
