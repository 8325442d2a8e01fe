// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection that notes what it is told: {@code 1 page 1}, the request and the page's status, or {@code 1 no 3 words}. */
final class SessionDouble implements Session {
    final List<String> told = new ArrayList<>();
    final Set<Long> wanted = new HashSet<>();
    boolean isWritable = true;
    private final String peer;
    private final LinkPermissions permissions;

    SessionDouble(String peer, LinkPermissions permissions) {
        this.peer = peer;
        this.permissions = permissions;
    }

    String heard() {
        String words = String.join(" | ", told);
        told.clear();
        return words;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String peerSite() {
        return "ny";
    }

    @Override
    public LinkPermissions permissions() {
        return permissions;
    }

    @Override
    public boolean isWritable() {
        return isWritable;
    }

    @Override
    public boolean reply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        if (!isWritable || !wanted.contains(requestId)) {
            return false;
        }
        told.add(requestId + " page " + ReplayPageFlyweight.status(body, offset) + (isLast ? " last" : ""));
        if (isLast) {
            wanted.remove(requestId);
        }
        return true;
    }

    @Override
    public boolean reply(long requestId, boolean isLast, ByteBuffer frame, int length, Runnable done) {
        UnsafeBuffer page = new UnsafeBuffer(frame, RequestFlyweight.BODY_OFFSET, length);
        boolean isSent = reply(requestId, ReplyStatus.OK, isLast, page, 0, length);
        if (isSent) {
            done.run();
        }
        return isSent;
    }

    @Override
    public void refuse(long requestId, int status, String words) {
        if (wanted.remove(requestId)) {
            told.add(requestId + " no " + status + " " + words);
        }
    }

    @Override
    public boolean isWanted(long requestId) {
        return wanted.contains(requestId);
    }

    @Override
    public void reject(RejectCode code, String words) {
        wanted.clear();
        told.add("rejected " + code.code() + " " + words);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
