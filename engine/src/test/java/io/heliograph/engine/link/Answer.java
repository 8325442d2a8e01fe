// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.heliograph.engine.link.session.ReplyHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/** Records the answer to one request. */
final class Answer implements ReplyHandler {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicLong octets = new AtomicLong();
    private volatile boolean isOver;

    @Override
    public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        octets.addAndGet(length);
        String text = length > 200 ? length + " octets" : text(body, offset, length);
        said.add(status + (isLast ? " last: " : ": ") + text);
        isOver |= isLast;
    }

    @Override
    public void onLost(long requestId, String why) {
        said.add("lost: " + why);
        isOver = true;
    }

    /** All that was said, once it is over. */
    List<String> whole() {
        awaiting("an answer", () -> isOver);
        return List.copyOf(said);
    }

    long octets() {
        return octets.get();
    }

    boolean isOver() {
        return isOver;
    }

    static String text(DirectBuffer body, int offset, int length) {
        byte[] text = new byte[length];
        body.getBytes(offset, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
