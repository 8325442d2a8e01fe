// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.FarewellFlyweight;
import io.heliograph.engine.wire.HelloFlyweight;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.RequestFlyweight;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * One side of a connection between two nodes: octets and the time come in, frames go out. It knows who the peer is, whether it
 * lives, which requests wait on either side and how much of which stream may be sent.
 *
 * <p>Whoever opened the connection says HELLO first; the other side answers with its own, and the session is open. It ends by
 * BYE from both, by a REJECT with words, or because the connection breaks. A frame that has no place in the state is
 * rejected with words.
 *
 * <p><b>Thread:</b> one owner, its transport's thread, on which all callbacks run.
 *
 * <p><b>Failure:</b> whatever the octets are, nothing is thrown; what services throw is reported and goes no further.
 */
public final class LinkSession implements Session {
    /** {@link #request}: the topology does not let the peer serve that. */
    public static final long NOT_SERVED = -100;

    private static final int ZMTP_GREETING = 0xFF;

    private final SessionContext context;
    private final LinkOutput output;
    private final FrameAssembler assembler;
    private final Heart heart;
    private final Questions questions;
    private final Answers answers;
    private final StreamPulls pulls;
    private final long startNs;
    private SessionState state = SessionState.OPENING;
    private String peer = "";
    private String peerSite = "";
    private LinkPermissions permissions = LinkPermissions.ALL;
    private boolean isFirstOctet = true;
    private long nowNs;
    private long epochNs;
    private long byeNs;
    private long takenNs;
    private long takenOctets;

    /**
     * A session over a connection that was just opened.
     *
     * @param context what it is born with.
     * @param output where its frames go.
     * @param nowNs monotonic.
     * @param epochNs wall clock, ns since the Unix epoch.
     */
    public LinkSession(SessionContext context, LinkOutput output, long nowNs, long epochNs) {
        this.context = context;
        this.output = output;
        this.nowNs = nowNs;
        this.epochNs = epochNs;
        this.startNs = nowNs;
        this.takenNs = nowNs;
        this.heart = new Heart(context.times(), context.counters(), nowNs);
        this.questions = new Questions(output, context.counters(), context.errors());
        this.answers = new Answers(this, context, output);
        this.pulls = new StreamPulls(this, context, output);
        this.assembler = new FrameAssembler(new FrameDispatch(this, context, heart, questions, answers, pulls));
    }

    /** The connection is there: whoever opened it speaks. */
    public void start() {
        if (context.isDialler()) {
            Utterances.hello(output, context.name(), context.site());
        }
    }

    /**
     * Octets have come.
     *
     * @param buffer holds them, for the call.
     * @param offset of the first.
     * @param length how many.
     * @param now monotonic, ns.
     * @param epoch wall clock, ns since the Unix epoch.
     */
    public void onOctets(DirectBuffer buffer, int offset, int length, long now, long epoch) {
        setTime(now, epoch);
        if (state == SessionState.CLOSED || length == 0) {
            return;
        }
        heart.onHeard(now);
        if (isFirstOctet) {
            isFirstOctet = false;
            if ((buffer.getByte(offset) & 0xFF) == ZMTP_GREETING) {
                end(new SessionEnd(
                        SessionEnd.Kind.ZMTP, RejectCode.GARBAGE, "a ZMTP peer; links are no ZeroMQ sockets"));
                return;
            }
        }
        assembler.onOctets(buffer, offset, length);
    }

    /** The connection takes octets again. */
    public void onWritable() {
        if (state == SessionState.OPEN) {
            answers.onWritable();
            pulls.onWritable();
            context.listener().onWritable(this);
        }
    }

    /**
     * Time passes: to be called several times a heartbeat.
     *
     * @param now monotonic, ns.
     * @param epoch wall clock, ns since the Unix epoch.
     */
    public void onTick(long now, long epoch) {
        setTime(now, epoch);
        takenNs += heart.onTick(now);
        switch (state) {
            case OPENING -> {
                if (now - startNs >= context.times().helloNs()) {
                    reject(
                            RejectCode.TOO_LATE,
                            "no HELLO within " + ms(context.times().helloNs()));
                }
            }
            case OPEN -> tickOpen(now, epoch);
            case CLOSING -> {
                if (now - byeNs >= context.times().byeNs()) {
                    end(new SessionEnd(SessionEnd.Kind.BYE, RejectCode.OTHER, "the peer did not answer BYE"));
                }
            }
            case CLOSED -> {}
        }
    }

    /**
     * The connection is gone.
     *
     * @param why for people; may be empty.
     */
    public void onDisconnected(String why) {
        if (state == SessionState.CLOSING) {
            end(new SessionEnd(SessionEnd.Kind.BYE, RejectCode.OTHER, why));
        } else {
            end(new SessionEnd(SessionEnd.Kind.BROKEN, RejectCode.OTHER, why));
        }
    }

    /** Ends the session in an orderly way. Idempotent. */
    public void close() {
        if (state == SessionState.OPEN) {
            Utterances.farewell(output, LinkFrame.BYE, 0, "");
            state = SessionState.CLOSING;
            byeNs = nowNs;
            questions.onClosed("this side has said BYE");
            answers.onClosed();
            pulls.onClosed();
        } else if (state == SessionState.OPENING) {
            end(new SessionEnd(SessionEnd.Kind.BYE, RejectCode.OTHER, "closed before HELLO"));
        }
    }

    @Override
    public void reject(RejectCode code, String words) {
        if (state != SessionState.CLOSED) {
            Utterances.farewell(output, LinkFrame.REJECT, code.code(), words);
            end(new SessionEnd(SessionEnd.Kind.REJECTED, code, words));
        }
    }

    /**
     * Asks a service of the peer.
     *
     * @param service its name.
     * @param body of the request; copied.
     * @param offset of its first octet.
     * @param length octets, at most {@link RequestFlyweight#MAX_REQUEST_BODY}.
     * @param now monotonic, ns.
     * @param deadlineNs monotonic; when nobody wants the answer any more.
     * @param handler takes the answer.
     * @return the request's id; {@link Outcome#BACK_PRESSURED}, {@link Outcome#CLOSED}, {@link Outcome#TOO_LONG} or {@link
     *     #NOT_SERVED}, and then the handler hears nothing.
     */
    public long request(
            String service,
            DirectBuffer body,
            int offset,
            int length,
            long now,
            long deadlineNs,
            ReplyHandler handler) {
        if (state != SessionState.OPEN) {
            return Outcome.CLOSED;
        }
        if (length > RequestFlyweight.MAX_REQUEST_BODY || service.length() > RequestFlyweight.MAX_SERVICE_LENGTH) {
            return Outcome.TOO_LONG;
        }
        if (!permissions.mayServe(service)) {
            return NOT_SERVED;
        }
        return questions.ask(service, body, offset, length, now, deadlineNs, handler);
    }

    /**
     * Takes a request back; its handler hears nothing more.
     *
     * @param requestId of the request.
     */
    public void cancel(long requestId) {
        if (state == SessionState.OPEN) {
            questions.cancel(requestId);
        }
    }

    /**
     * The streams that go over the connection, either way.
     *
     * @return of this session.
     */
    public StreamPulls streams() {
        return pulls;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String peerSite() {
        return peerSite;
    }

    @Override
    public LinkPermissions permissions() {
        return permissions;
    }

    @Override
    public boolean isWritable() {
        return state == SessionState.OPEN && output.isWritable();
    }

    @Override
    public boolean reply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
        return state == SessionState.OPEN && answers.reply(requestId, status, isLast, body, offset, length);
    }

    @Override
    public boolean reply(long requestId, boolean isLast, ByteBuffer frame, int length, Runnable done) {
        return state == SessionState.OPEN && answers.reply(requestId, isLast, frame, length, done);
    }

    @Override
    public void refuse(long requestId, int status, String words) {
        if (state == SessionState.OPEN) {
            answers.refuse(requestId, status, words);
        }
    }

    @Override
    public boolean isWanted(long requestId) {
        return state == SessionState.OPEN && answers.isWanted(requestId);
    }

    @Override
    public void execute(Runnable task) {
        context.executor().execute(task);
    }

    /**
     * Where the session is in its life.
     *
     * @return its state.
     */
    public SessionState state() {
        return state;
    }

    /**
     * Requests of this side that wait for an answer.
     *
     * @return 0 and up.
     */
    public int questionCount() {
        return questions.count();
    }

    /**
     * Round trip and clock offset. Any thread.
     *
     * @return by the last heartbeats.
     */
    public LinkTiming timing() {
        return heart.timing();
    }

    /**
     * How long nothing was heard of the peer. Any thread.
     *
     * @param now monotonic, ns.
     * @return ns.
     */
    public long silentNs(long now) {
        return heart.silentNs(now);
    }

    long nowNs() {
        return nowNs;
    }

    long epochNs() {
        return epochNs;
    }

    private void setTime(long now, long epoch) {
        nowNs = now;
        epochNs = epoch;
    }

    private void tickOpen(long now, long epoch) {
        if (heart.isPeerDead(now)) {
            reject(RejectCode.SILENT, "nothing heard for " + ms(heart.silentNs(now)));
            return;
        }
        long octets = output.sentOctets();
        if (output.waitingOctets() == 0 || octets != takenOctets) {
            takenOctets = octets;
            takenNs = now;
        } else if (now - takenNs >= context.times().stallNs()) {
            reject(RejectCode.STALLED, "took nothing for " + ms(now - takenNs));
            return;
        }
        if (heart.isBeatDue(now) && output.isWritable()) {
            heart.beat(output, now, epoch);
            assembler.trim();
        }
        questions.onTick(now);
        answers.onTick(now);
    }

    /** The peer says who it is. */
    void onHello(DirectBuffer buffer, int offset) {
        int lowest = HelloFlyweight.lowest(buffer, offset);
        int highest = HelloFlyweight.highest(buffer, offset);
        if (lowest > LinkFrame.VERSION || highest < LinkFrame.VERSION) {
            reject(
                    RejectCode.NO_COMMON_VERSION,
                    "you know versions " + lowest + " to " + highest + ", this node " + LinkFrame.VERSION);
            return;
        }
        int names = offset + HelloFlyweight.NAMES_OFFSET;
        int nameLength = HelloFlyweight.nameLength(buffer, offset);
        String name = buffer.getStringWithoutLengthAscii(names, nameLength);
        PeerJudge.Verdict verdict = context.judge().judge(name);
        if (!verdict.isAccepted()) {
            reject(verdict.code(), verdict.words());
            return;
        }
        peer = verdict.name();
        permissions = verdict.permissions();
        peerSite = buffer.getStringWithoutLengthAscii(names + nameLength, HelloFlyweight.siteLength(buffer, offset));
        if (!context.isDialler()) {
            Utterances.hello(output, context.name(), context.site());
        }
        state = SessionState.OPEN;
        context.counters().count(Count.OPENED);
        heart.beat(output, nowNs, epochNs);
        context.listener().onOpen(this);
    }

    /** The one way out: whatever happens, it happens once. */
    private void end(SessionEnd end) {
        if (state == SessionState.CLOSED) {
            return;
        }
        if (!peer.isEmpty()) {
            context.counters().count(Count.CLOSED);
        }
        state = SessionState.CLOSED;
        context.counters().count(end);
        output.close();
        questions.onClosed(end.toString());
        answers.onClosed();
        pulls.onClosed();
        context.listener().onClosed(this, end);
    }

    /** The peer says that it is the end. */
    void onFarewell(DirectBuffer buffer, int offset) {
        String words = Utterances.words(buffer, offset);
        if (LinkFrame.type(buffer, offset) == LinkFrame.REJECT) {
            RejectCode code = RejectCode.of(FarewellFlyweight.code(buffer, offset));
            end(new SessionEnd(SessionEnd.Kind.REJECTED_BY_PEER, code, words));
        } else if (state == SessionState.OPENING) {
            reject(RejectCode.OUT_OF_STATE, "BYE before HELLO");
        } else {
            if (state == SessionState.OPEN) {
                Utterances.farewell(output, LinkFrame.BYE, 0, "");
            }
            end(new SessionEnd(SessionEnd.Kind.BYE, RejectCode.OTHER, words));
        }
    }

    private static String ms(long ns) {
        return ns / 1_000_000 + " ms";
    }
}
