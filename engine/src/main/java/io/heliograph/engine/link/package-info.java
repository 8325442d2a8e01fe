// SPDX-License-Identifier: Apache-2.0
/**
 * Links between nodes: one TCP connection (TLS 1.3) or Unix domain socket each, over which either side asks the other's
 * services and pulls its streams.
 *
 * <p>The engine's root opens a {@link io.heliograph.engine.link.LinkServer} and registers services ({@link
 * io.heliograph.engine.link.session.ServiceRegistry}); whoever asks opens a {@link io.heliograph.engine.link.LinkClient}. They stand on
 * {@code link.session}, the state machines, and {@code link.netty}, the sockets. Methods of this package may be called by any thread;
 * callbacks run on the loop of the {@link io.heliograph.engine.link.LinkTransport}. Read {@code LinkNode} first.
 */
@NullMarked
package io.heliograph.engine.link;

import org.jspecify.annotations.NullMarked;
