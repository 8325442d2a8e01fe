// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Says of connections whether the way that they take is gone, a NIC for example.
 *
 * <p><b>Thread:</b> the links'.
 */
@FunctionalInterface
public interface LostWay {
    /**
     * Whether a connection takes it.
     *
     * @param local address of this end; null while it is not known.
     * @param remote address of the other one.
     * @return true when nothing more will be heard of the connection.
     */
    boolean includes(@Nullable InetAddress local, InetAddress remote);
}
