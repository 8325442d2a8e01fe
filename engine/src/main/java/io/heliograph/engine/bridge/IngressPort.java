// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

import org.agrona.MutableDirectBuffer;

/**
 * What an ingress has done: pulls over its paths, packets on its lines, words for people.
 *
 * <p><b>Thread:</b> the ingress's owner.
 */
public interface IngressPort {
    /**
     * Pulls a stream over a path; what was pulled over it before is pulled no longer.
     *
     * @param path which one.
     * @param stream id.
     * @param generation that comes back with each packet of this pull.
     * @param epoch of the first message; 0 with nothing so far: the egress begins with its latest epoch.
     * @param sequence of the first message.
     */
    void pull(int path, int stream, int generation, long epoch, long sequence);

    /**
     * Pulls a stream over a path no longer.
     *
     * @param path which one.
     * @param stream id.
     */
    void stop(int path, int stream);

    /**
     * Publishes a packet.
     *
     * @param stream id.
     * @param packet holds it.
     * @param offset of its first octet.
     * @param length of it in octets.
     * @return false: the same is to be offered again later.
     */
    boolean publish(int stream, MutableDirectBuffer packet, int offset, int length);

    /**
     * Something that an operator has to know.
     *
     * @param path over which it came.
     * @param stream id.
     * @param words what, and what follows from it.
     */
    void warn(int path, int stream, String words);
}
