// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.aeron.driver.status.SystemCounterDescriptor;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.control.ControlLine;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/** Heliograph's publication, on all lines of the stream. <b>Thread:</b> one owner. */
final class HeliographSender implements Sender {
    private final HeliographEnd end;
    private final StreamPublication publication;
    private final Idling idling;
    private final @Nullable SideJournal journal;

    HeliographSender(ControlLine settings) {
        end = new HeliographEnd(settings, BenchTopology.SENDING);
        publication = end.heliograph().addPublication(BenchTopology.STREAM, BenchTopology.NUMBERED);
        idling = Idling.of(settings);
        journal = settings.has("journal") ? journal(settings) : null;
    }

    private SideJournal journal(ControlLine settings) {
        HeliographContext context = new HeliographContext()
                .topology(BenchTopology.of(settings).topology())
                .host(BenchTopology.SENDING)
                .driver(DriverChoice.directory(
                        Path.of(end.heliograph().aeron().context().aeronDirectoryName())))
                .stateDirectory(Path.of(settings.text("stateDirectory")));
        return new SideJournal(context, journals(settings), BenchTopology.STREAM, BenchTopology.STREAM_ID);
    }

    /** Beside the driver's directory, new in each round. */
    private static Path journals(ControlLine settings) {
        return Path.of(settings.text("directory") + "-journals-" + SystemNanoClock.INSTANCE.nanoTime());
    }

    @Override
    public boolean isConnected() {
        return publication.isFullyConnected() && (journal == null || journal.isReady());
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        return publication.offer(buffer, offset, length) > 0;
    }

    @Override
    public boolean flush() {
        return publication.flush() > 0;
    }

    @Override
    public int doWork() {
        return end.heliograph().doWork() + publication.doWork();
    }

    @Override
    public Idling idling() {
        return idling;
    }

    @Override
    public long packets() {
        long packets = end.heliograph()
                .aeron()
                .countersReader()
                .getCounterValue(SystemCounterDescriptor.RETRANSMITS_SENT.id());
        for (int line = 0; line < publication.lineCount(); line++) {
            packets += publication.line(line).packets();
        }
        return packets;
    }

    @Override
    public ControlLine figures() {
        ControlLine figures = new ControlLine("figures");
        if (journal != null) {
            journal.check();
            figures.with("journalCpuNs", journal.cpuNs()).with("journaled", journal.appended());
        }
        return figures;
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.end();
            while (journal.isAlive()) {
                idling.idle(end.heliograph().doWork());
            }
            journal.close();
        }
        publication.close();
        end.close();
    }
}
