// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import java.util.concurrent.Executor;
import org.agrona.ErrorHandler;

/**
 * What a session is born with.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name of this node.
 * @param site of this node; may be empty.
 * @param isDialler whether this side opened the connection: it speaks first.
 * @param judge decides who the peer is.
 * @param services that answer here.
 * @param pulls answers PULLs.
 * @param times how patient it is.
 * @param counters of the node.
 * @param listener told of the session's life.
 * @param errors told of what services throw.
 * @param executor runs tasks on the session's thread.
 */
public record SessionContext(
        String name,
        String site,
        boolean isDialler,
        PeerJudge judge,
        ServiceRegistry services,
        PullHandler pulls,
        LinkTimes times,
        LinkCounters counters,
        SessionListener listener,
        ErrorHandler errors,
        Executor executor) {}
