// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions over sockets: Netty's loop, TCP and Unix domain sockets, TLS in front of them.
 *
 * <p>Called by {@code link}; calls {@code link.session} with what comes, and Netty with what goes. Everything of a connection
 * happens on the thread of its loop. Read {@link io.heliograph.engine.link.netty.SessionChannel} first.
 */
@NullMarked
package io.heliograph.engine.link.netty;

import org.jspecify.annotations.NullMarked;
