// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.stream.PublicationLine;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes a generated feed on all streams of the topology together, each every 2 ms what is due by then, half of them in
 * each ms.
 *
 * <p><b>Thread:</b> one owner.
 */
final class SendingWork implements LabNode.Work {
    private static final long TURN_NS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_AT_ONCE = 256;
    private static final String[] STATES = {"not sent on", "sent on", "catching up"};

    private final Heliograph heliograph;
    private final Tether tether;
    private final Standstill standstill = new Standstill();
    private final DriverFigures figures = new DriverFigures();
    private final List<Feed> feeds = new ArrayList<>();
    private long ratePerStream;
    private long beganNs;
    private long turnAtNs;
    private int turn;

    SendingWork(Heliograph heliograph, Topology topology, Tether tether) {
        this.heliograph = heliograph;
        this.tether = tether;
        for (Stream stream : topology.streams()) {
            feeds.add(new Feed(
                    stream,
                    heliograph.addPublication(
                            stream.name(), PublicationOptions.DEFAULT.numbering(Numbering.newEpoch()))));
        }
    }

    @Override
    public int doWork(long nowNs) {
        standstill.onTurn(nowNs);
        int done = 0;
        if (ratePerStream > 0 && nowNs - turnAtNs >= 0) {
            turnAtNs = nowNs + TURN_NS;
            long due = (nowNs - beganNs) * ratePerStream / SECOND_NS;
            for (int i = turn++ & 1; i < feeds.size(); i += 2) {
                done += feeds.get(i).send(due);
            }
        }
        for (Feed feed : feeds) {
            done += feed.publication.doWork();
            feed.log();
        }
        return done;
    }

    @Override
    public void obey(ControlLine command, long nowNs) {
        switch (command.verb()) {
            case "heard" ->
                tether.answer(new ControlLine("isHeard")
                        .with("all", feeds.stream().allMatch(feed -> heliograph.isHeard(feed.publication)) ? 1 : 0));
            case "begin" -> {
                ratePerStream = command.number("rate") / feeds.size();
                beganNs = nowNs;
                turnAtNs = nowNs;
                tether.answer(new ControlLine("began"));
            }
            case "sent" -> {
                LineLog.say("the driver:" + figures.changes(heliograph));
                feeds.forEach(feed -> feed.logLines());
                ControlLine answer = new ControlLine("wasSent")
                        .with("standstill", standstill.take())
                        .with("driverTurn", ReceivingWork.longestTurnNs(heliograph));
                feeds.forEach(feed -> feed.tell(answer));
                tether.answer(answer);
            }
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
    }

    /** One stream's messages. */
    private static final class Feed {
        private final int id;
        private final StreamPublication publication;
        private final LineLog log;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[FeedMessage.LENGTH]);
        private long number;
        private long chain;
        private long refused;
        private long misnumbered;

        Feed(Stream stream, StreamPublication publication) {
            this.id = stream.id();
            this.publication = publication;
            this.log = new LineLog(stream.name(), publication.lineCount());
        }

        void log() {
            for (int line = 0; line < publication.lineCount(); line++) {
                String state = STATES[publication.sending().stateOf(line)];
                log.onState(line, publication.line(line).isConnected() ? state : state + ", without a listener");
            }
        }

        void logLines() {
            for (int i = 0; i < publication.lineCount(); i++) {
                PublicationLine line = publication.line(i);
                LineLog.say("stream " + id + " number " + number + " line " + line.name() + ": packets "
                        + line.packets() + ", pushed back " + line.pushedBack() + ", skipped " + line.skipped());
            }
        }

        int send(long due) {
            int sent = 0;
            while (number < due && sent < MOST_AT_ONCE) {
                long nextChain = FeedMessage.chain(chain, id, number + 1);
                FeedMessage.put(message, id, number + 1, nextChain);
                long result = publication.offer(message, 0, FeedMessage.LENGTH);
                if (result < 0) {
                    refused++;
                    break;
                }
                number++;
                chain = nextChain;
                misnumbered += result == number ? 0 : 1;
                sent++;
            }
            publication.flush();
            return sent;
        }

        void tell(ControlLine answer) {
            answer.with(id + ".number", number)
                    .with(id + ".chain", chain)
                    .with(id + ".refused", refused)
                    .with(id + ".misnumbered", misnumbered)
                    .with(id + ".unheard", publication.unheard());
        }
    }
}
