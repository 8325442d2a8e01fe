// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.LinkFraming;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a session's frames, and hands them to whom they are for. What has no place in the session's state is rejected with words.
 *
 * <p><b>Thread:</b> the session's owner.
 */
final class FrameDispatch implements FrameAssembler.FrameHandler {
    private final LinkSession session;
    private final SessionContext context;
    private final Heart heart;
    private final Questions questions;
    private final Answers answers;
    private final StreamPulls pulls;

    FrameDispatch(
            LinkSession session,
            SessionContext context,
            Heart heart,
            Questions questions,
            Answers answers,
            StreamPulls pulls) {
        this.session = session;
        this.context = context;
        this.heart = heart;
        this.questions = questions;
        this.answers = answers;
        this.pulls = pulls;
    }

    @Override
    public boolean onHeader(DirectBuffer buffer, int offset) {
        int reason = LinkFraming.checkHeader(buffer, offset);
        if (reason != LinkFraming.OK) {
            refuse(reason, buffer, offset);
            return false;
        }
        int type = LinkFrame.type(buffer, offset);
        boolean mayBeFirst = type == LinkFrame.HELLO || type == LinkFrame.REJECT || type == LinkFrame.BYE;
        if (session.state() == SessionState.OPENING && !mayBeFirst) {
            session.reject(RejectCode.OUT_OF_STATE, "frame of type " + type + " before HELLO");
        }
        return session.state() != SessionState.CLOSED;
    }

    @Override
    public boolean onFrame(DirectBuffer buffer, int offset, int length) {
        int reason = LinkFraming.check(buffer, offset, length);
        if (reason != LinkFraming.OK) {
            refuse(reason, buffer, offset);
            return false;
        }
        context.counters().count(Count.FRAMES);
        int type = LinkFrame.type(buffer, offset);
        String wrong = null;
        if (type == LinkFrame.REJECT || type == LinkFrame.BYE) {
            session.onFarewell(buffer, offset);
        } else if (session.state() == SessionState.OPENING) {
            session.onHello(buffer, offset);
        } else if (session.state() == SessionState.OPEN) {
            wrong = dispatch(type, buffer, offset, length);
        }
        if (wrong != null) {
            session.reject(RejectCode.OUT_OF_STATE, wrong);
        }
        return session.state() != SessionState.CLOSED;
    }

    /** What is wrong with the frame here; null when nothing is. */
    private @Nullable String dispatch(int type, DirectBuffer buffer, int offset, int length) {
        return switch (type) {
            case LinkFrame.HEARTBEAT -> {
                heart.onHeartbeat(buffer, offset, session.nowNs(), session.epochNs());
                yield null;
            }
            case LinkFrame.REQUEST -> answers.onRequest(buffer, offset, length, session.nowNs());
            case LinkFrame.REPLY -> questions.onReply(buffer, offset, length);
            case LinkFrame.PULL -> pulls.onPull(buffer, offset);
            case LinkFrame.CREDIT -> pulls.onCredit(buffer, offset);
            case LinkFrame.PACKETS -> pulls.onPackets(buffer, offset, length);
            default -> "a second HELLO";
        };
    }

    private void refuse(int reason, DirectBuffer buffer, int offset) {
        boolean isFirst = session.state() == SessionState.OPENING;
        session.reject(isFirst ? RejectCode.GARBAGE : RejectCode.BAD_FRAME, FrameFaults.words(reason, buffer, offset));
    }
}
