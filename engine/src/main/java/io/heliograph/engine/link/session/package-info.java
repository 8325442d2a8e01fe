// SPDX-License-Identifier: Apache-2.0
/**
 * What two nodes say to each other over a link, as state machines: no socket, no clock, no thread of their own.
 *
 * <p>The transport ({@code link.netty}, or a test's pipe) calls {@link io.heliograph.engine.link.session.LinkSession} with the
 * octets that came and with the time, and gives it a {@link io.heliograph.engine.link.session.LinkOutput} for its frames. The
 * session calls services ({@link io.heliograph.engine.link.session.RequestHandler}) and those who asked ({@link
 * io.heliograph.engine.link.session.ReplyHandler}). It calls {@code wire} for every octet. A session has one owner, the
 * thread of its transport; {@link io.heliograph.engine.link.session.LinkCounters} any. Read {@code LinkSession} first.
 */
@NullMarked
package io.heliograph.engine.link.session;

import org.jspecify.annotations.NullMarked;
