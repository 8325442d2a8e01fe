// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where a session puts its frames: the transport's side of a connection.
 *
 * <p><b>Thread:</b> the session's owner.
 */
public interface LinkOutput {
    /**
     * Whether there is room for more than what keeps a session alive. Below a bound of octets that wait to be sent it is true.
     *
     * @return false: bulk has to wait for {@link LinkSession#onWritable}.
     */
    boolean isWritable();

    /**
     * Room for one frame, which is written at offset 0 and then committed. There always is some: a session sends bulk only
     * while {@link #isWritable}, and few and short frames otherwise.
     *
     * @param length of the whole frame in octets.
     * @return valid until {@link #commit}.
     */
    MutableDirectBuffer claim(int length);

    /** The frame is written whole. It may wait for {@link #flush}. */
    void commit();

    /**
     * Sends a frame from where it was written, without a copy, behind what was committed. It may wait for {@link #flush}.
     *
     * @param frame direct; not touched by the caller until it is done with.
     * @param length of the frame in octets, from the buffer's first on.
     * @param done run once the buffer is free again, sent or not: on the session's thread.
     */
    void send(ByteBuffer frame, int length, Runnable done);

    /** Sends what was committed. */
    void flush();

    /**
     * How much was committed and is not taken by the kernel.
     *
     * @return octets.
     */
    long waitingOctets();

    /**
     * How much the transport has got rid of.
     *
     * @return octets, ever; grows while the peer takes something.
     */
    long sentOctets();

    /** Ends the connection, after what was committed has gone out, or some bounded time. Idempotent. */
    void close();
}
