// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * The node at the other end of a connection, as a service sees it.
 *
 * <p><b>Thread:</b> all but {@link #execute} and the names: the session's owner, on which every callback runs.
 */
public interface Session {
    /**
     * Who it is: with TLS what its certificate says, never merely what it says of itself.
     *
     * @return its name; of a process of this host {@code local}.
     */
    String peer();

    /**
     * Where it says that it is.
     *
     * @return a site's name; may be empty.
     */
    String peerSite();

    /**
     * What the topology lets it do.
     *
     * @return by its name.
     */
    LinkPermissions permissions();

    /**
     * Whether a page can be sent now.
     *
     * @return false: wait for {@link RequestHandler#onWritable}, or until the session is closed.
     */
    boolean isWritable();

    /**
     * Sends a page of the answer to a request of this session. With another status than {@link ReplyStatus#OK} the page is the
     * last, and the body is words in UTF-8.
     *
     * @param requestId of the request.
     * @param status how it fared.
     * @param isLast whether no page follows.
     * @param body of the page; copied.
     * @param offset of its first octet.
     * @param length octets, at most {@link io.heliograph.engine.wire.RequestFlyweight#MAX_REPLY_BODY}.
     * @return false when nothing was sent: not writable, or nobody waits for it any more ({@link #isWanted} tells them apart).
     */
    boolean reply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length);

    /**
     * Sends a page of an answer that fared well from where it was written, without a copy.
     *
     * @param requestId of the request.
     * @param isLast whether no page follows.
     * @param frame direct; the page begins at {@link io.heliograph.engine.wire.RequestFlyweight#BODY_OFFSET}, what is before it is
     *     written here. Not touched by the caller until it is done with.
     * @param length octets of the page, at most {@link io.heliograph.engine.wire.RequestFlyweight#MAX_REPLY_BODY}.
     * @param done run once the frame is free again, sent or not, on the session's thread; only when the answer is true.
     * @return false when nothing was sent: not writable, or nobody waits for it any more.
     */
    boolean reply(long requestId, boolean isLast, ByteBuffer frame, int length, Runnable done);

    /**
     * Ends a request with words: sent in any case, however full the connection is.
     *
     * @param requestId of the request.
     * @param status any but {@link ReplyStatus#OK}.
     * @param words for people; longer than 1,000 octets they are cut.
     */
    void refuse(long requestId, int status, String words);

    /**
     * Whether somebody waits for the answer to a request.
     *
     * @param requestId of a request of this session.
     * @return false once it was answered, taken back or late, or the session is closed.
     */
    boolean isWanted(long requestId);

    /**
     * Ends the session: for a peer that asks what no peer would.
     *
     * @param code why.
     * @param words for people at the other end.
     */
    void reject(RejectCode code, String words);

    /**
     * Runs something on the session's thread, on which alone the other methods may be called.
     *
     * @param task runs soon; not at all once the transport is closed.
     */
    void execute(Runnable task);
}
