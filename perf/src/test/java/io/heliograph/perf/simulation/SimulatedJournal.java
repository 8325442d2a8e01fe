// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.simulation;

import static io.heliograph.perf.simulation.SimulatedReceiver.STREAM;

import io.heliograph.engine.recovery.ReplayLibrary;
import io.heliograph.engine.recovery.ReplayLog;
import io.heliograph.engine.recovery.ReplayServer;
import io.heliograph.engine.recovery.ReplayServerContext;
import io.heliograph.engine.stream.MessageHandler;
import io.heliograph.engine.stream.MessageHeader;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.testkit.Packets;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal and the server in front of it: appends what its receiver delivers, gaps and ends too; on the publisher's host it can
 * send on the lines.
 *
 * <p><b>Thread:</b> one owner: the test's.
 */
final class SimulatedJournal implements MessageHandler, StreamListener, ReplayLibrary {
    private final MemoryLog log = new MemoryLog();
    private Truth truth;
    private final @Nullable Consumer<byte[]> lines;
    private ReplayServer server = newServer();
    private long epoch;
    private long first;
    private long next = 1;

    SimulatedJournal(Truth truth, @Nullable Consumer<byte[]> lines) {
        this.truth = truth;
        this.lines = lines;
    }

    private ReplayServer newServer() {
        return new ReplayServer(ReplayServerContext.DEFAULT, this, () -> 1_000);
    }

    ReplayServer server() {
        return server;
    }

    Truth truth() {
        return truth;
    }

    MemoryLog log() {
        return log;
    }

    /** It was killed: what it was asked is forgotten, what it has written stays. */
    void onCrash(Truth afterwards) {
        truth = afterwards;
        first = 0;
        server.close();
        server = newServer();
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, MessageHeader header) {
        truth.onMessage(buffer, offset, length, header);
        first = first == 0 ? header.sequence() : first;
        next = header.sequence() + 1;
        if (header.isEndOfPacket()) {
            write();
        }
    }

    private void write() {
        if (first != 0) {
            log.append(Packets.data(STREAM, epoch, first, next - 1));
            first = 0;
        }
    }

    @Override
    public void onGap(long of, long from, long last) {
        truth.onGap(of, from, last);
        write();
        if (last != UNKNOWN_END) {
            log.append(Packets.gap(STREAM, of, from, last));
            next = last + 1;
        }
    }

    @Override
    public void onEpochStart(long started, long sequence) {
        truth.onEpochStart(started, sequence);
        write();
        if (started == log.lastEpoch() && sequence > log.next()) {
            log.append(Packets.gap(STREAM, started, log.next(), sequence - 1));
        }
        epoch = started;
        next = sequence;
    }

    @Override
    public void onEpochEnd(long ended, long last) {
        truth.onEpochEnd(ended, last);
        write();
        log.append(Packets.end(STREAM, ended, last));
    }

    @Override
    public @Nullable ReplayLog open(int stream) {
        return stream == STREAM ? log.reader() : null;
    }

    @Override
    public boolean hasLines(int stream) {
        return lines != null;
    }

    @Override
    public boolean send(int stream, DirectBuffer packet, int offset, int length) {
        byte[] octets = new byte[length];
        packet.getBytes(offset, octets);
        if (lines != null) {
            lines.accept(octets);
        }
        return true;
    }
}
