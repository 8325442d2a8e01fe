// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.recovery;

import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.perf.bench.site.RunningEngines;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A publisher on one host, whose engine keeps the journal, and a subscriber whose driver loses one packet of each burst: in its
 * middle, where the next packet shows it, or its last, where only a heartbeat does. One line, without NAK. The subscriber is on the
 * journal's host, with a driver of its own, and reads the journal itself; or on another host, and asks for it over links.
 *
 * <p><b>Thread:</b> one owner; engines, drivers and subscriber have threads of their own.
 */
public final class LostPacket implements AutoCloseable {
    private static final String STREAM = "bench";
    private static final String PUBLISHING = "h1";
    private static final String OTHER = "h2";
    private static final int BURST = 10;
    private static final int MIDDLE = 5;
    private static final long BURST_NS = TimeUnit.MILLISECONDS.toNanos(12);
    private static final long CYCLE_NS = 50_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    private final LosingDriver loss = new LosingDriver();
    private final ThreadedDriver sending;
    private final ThreadedDriver hearing;
    private final RunningEngines engines;
    private final Heliograph heliograph;
    private final StreamPublication publication;
    private final Hearer hearer;
    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(Hearer.MESSAGE_LENGTH));

    private LostPacket(Path directory, boolean isOwn) {
        sending = ThreadedDriver.launch(directory.resolve("sending"), new DriverContext());
        hearing = ThreadedDriver.launch(directory.resolve("hearing"), new DriverContext().aeron(loss));
        Topology topology = TopologyReader.read("lost.xml", xml(directory));
        engines = RunningEngines.start(topology, List.of(PUBLISHING, OTHER));
        heliograph = Heliograph.connect(context(topology, directory, PUBLISHING, sending));
        publication = heliograph.addPublication(STREAM, PublicationOptions.DEFAULT.numbering(Numbering.newEpoch()));
        Heliograph hears = Heliograph.connect(context(topology, directory, isOwn ? PUBLISHING : OTHER, hearing));
        hearer = new Hearer(hears, STREAM);
    }

    /**
     * Both hosts, and a subscriber that hears.
     *
     * @param directory exists, and is empty.
     * @param isOwn whether the subscriber is on the journal's host.
     * @return before the first burst.
     */
    public static LostPacket open(Path directory, boolean isOwn) {
        LostPacket site = new LostPacket(directory, isOwn);
        try {
            site.await("the subscriber hears", site.hearer::isLive);
            // What is lost before the hosts' link is there may be given up.
            site.await("something lost comes back", site::isFetched);
            return site;
        } catch (RuntimeException failed) {
            site.close();
            throw failed;
        }
    }

    private boolean isFetched() {
        burst(false);
        return hearer.take().count() > 0;
    }

    private static HeliographContext context(Topology topology, Path directory, String host, ThreadedDriver driver) {
        return new HeliographContext()
                .topology(topology)
                .host(host)
                .driver(DriverChoice.directory(Path.of(driver.directory())))
                .stateDirectory(directory)
                // What could not be fetched shows as a message that does not come.
                .errorHandler(refused -> {});
    }

    private String xml(Path directory) {
        return """
            <topology xmlns="urn:heliograph:topology:1" name="bench-lost" security="none">
              <site name="local" multicast="239.20.128.0/20">
                <host name="h1"><nic name="a" address="127.0.0.1/8"/>
                  <engine driver="%s" link="127.0.0.1:%d" journal="%s"/></host>
                <host name="h2"><nic name="a" address="127.0.0.2/8"/>
                  <engine driver="%s" link="127.0.0.2:%d"/></host>
                <bond name="a" nics="a"/>
              </site>
              <stream name="%s" id="1001" site="local" publishers="h1" bond="a" repair="journal" flow="max" journal="h1"/>
            </topology>
            """.formatted(
                        sending.directory(),
                        RunningEngines.freePort(1),
                        directory.resolve("journals"),
                        hearing.directory(),
                        RunningEngines.freePort(2),
                        STREAM);
    }

    /**
     * Sends bursts, and waits until all that was lost is there.
     *
     * @param bursts of which each loses one packet, its last and one in its middle in turns.
     * @return the times from a lost message's sending to its handler.
     * @throws IllegalStateException when something does not come.
     */
    public LostTimes run(int bursts) {
        await("what was lost before", () -> hearer.next() == publication.nextSequence());
        hearer.begin();
        for (int burst = 0; burst < bursts; burst++) {
            burst(burst % 2 == 0);
        }
        long next = publication.nextSequence();
        await("all messages", () -> hearer.next() == next);
        LostTimes times = hearer.take();
        // A sender that was late has put more than one packet into a datagram, which were lost together.
        if (times.count() < bursts) {
            throw new IllegalStateException(
                    bursts + " datagrams were lost, and " + times.count() + " messages came back");
        }
        return times;
    }

    private void burst(boolean isLast) {
        long endNs = SystemNanoClock.INSTANCE.nanoTime() + BURST_NS;
        for (int i = 0; i < BURST; i++) {
            if (i == (isLast ? BURST - 1 : MIDDLE)) {
                loss.lose(publication.nextSequence());
            }
            offer(isLast);
            cycle();
        }
        await("a datagram is lost", loss::isDone);
        while (SystemNanoClock.INSTANCE.nanoTime() - endNs < 0) {
            cycle();
        }
    }

    private void offer(boolean isLast) {
        message.putByte(0, (byte) (isLast ? 1 : 0));
        await("the stream takes a message", () -> publication.offer(message, 0, Hearer.MESSAGE_LENGTH) > 0);
        publication.flush();
    }

    private void cycle() {
        heliograph.doWork();
        publication.doWork();
        LockSupport.parkNanos(CYCLE_NS);
    }

    private void await(String what, BooleanSupplier condition) {
        long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            cycle();
            if (SystemNanoClock.INSTANCE.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("waited 20 s in vain: " + what);
            }
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(hearer, publication, heliograph, engines, hearing, sending);
    }
}
