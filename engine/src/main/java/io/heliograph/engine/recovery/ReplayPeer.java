// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;

/**
 * One who asks the replay server: a connection. All of one name are one node, and share what one may ask.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
public interface ReplayPeer {
    /** The request cannot be read. */
    int MALFORMED = 0;

    /** The topology does not let the peer have the stream. */
    int NOT_ALLOWED = 1;

    /** There is no journal of the stream here. */
    int NO_JOURNAL = 2;

    /** The range is one that the stream has not come near so far. */
    int FUTURE = 3;

    /** Its node asks over too many connections. */
    int TOO_MANY = 4;

    /** The publisher has kept it no longer: said by a page, which says from where on it has more. */
    int TOO_OLD = 5;

    /** Reasons to refuse, from 0 on. */
    int REASONS = 6;

    /**
     * Its name for people, and in counters.
     *
     * @return of its certificate, or of the process.
     */
    String name();

    /**
     * Whether it may have a stream.
     *
     * @param stream id.
     * @return true where the topology says so.
     */
    boolean mayPull(int stream);

    /**
     * Whether a page can be sent now.
     *
     * @return false while it takes none.
     */
    boolean isWritable();

    /**
     * Sends a page.
     *
     * @param request that it answers.
     * @param isLast whether no page follows it.
     * @param page holds it, for the call only.
     * @param offset of its first octet.
     * @param length of it, octets.
     */
    void reply(long request, boolean isLast, DirectBuffer page, int offset, int length);

    /**
     * Says no.
     *
     * @param request that is refused.
     * @param reason {@link #MALFORMED}, {@link #NOT_ALLOWED}, {@link #NO_JOURNAL} or {@link #FUTURE}.
     * @param words for people.
     */
    void refuse(long request, int reason, String words);
}
