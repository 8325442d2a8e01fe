// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader is stopped (SIGSTOP) while the stream goes at full rate: for how long does that hold up its publisher, and a
 * neighbour on the same driver? Publisher and neighbour share a thread and the driver has another, so that a machine of two
 * cores has one for each; yet the scheduler holds up everybody now and then, so the median of several tries counts, and what
 * happens without the reader stopped is printed beside it.
 */
@Tag("full")
@Tag("unsteady")
@Timeout(120)
final class StoppedReaderIT {
    private static final int TRIES = 7;
    private static final double LIMIT_MS = 5;
    private static final long AROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_CYCLE_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int BATCH = 35;
    private static final String TOPOLOGY = """
            <topology xmlns="urn:heliograph:topology:1" name="stopped-reader">
              <site name="local" multicast="%s">
                <host name="host1"><nic name="a" address="127.0.0.1/8"/><nic name="b" address="127.0.0.2/8"/></host>
                <bond name="ab" nics="a b"/>
              </site>
              <stream name="itch" id="1001" site="local" publishers="host1" bond="ab" lines="redundant"/>
            </topology>
            """;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);

    @TempDir
    private Path temporary;

    private long cycledNs;
    private long refusalNs;
    private long silenceNs;
    private long longestRefusalNs;
    private long longestSilenceNs;
    private final double[][] held = new double[2][TRIES];
    private final double[][] undisturbed = new double[2][TRIES];

    @ParameterizedTest
    @EnumSource(SubscriptionOptions.Attach.class)
    void shouldHoldUpNeitherPublisherNorNeighbourForLongWhenAReaderIsStopped(SubscriptionOptions.Attach attach)
            throws IOException {
        Path file = Files.writeString(temporary.resolve("topology.xml"), TOPOLOGY.formatted(LoopbackTopology.range()));
        Path directory = temporary.resolve("driver");
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(file))
                .host("host1")
                .driver(DriverChoice.directory(directory))
                .stateDirectory(temporary);
        SubscriptionOptions options = SubscriptionOptions.DEFAULT.attach(attach);
        ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication("itch");
                StreamSubscription neighbour = heliograph.addSubscription("itch", StreamListener.NONE, options);
                WriterProcess reader = reader(file, directory, attach)) {
            Runnable cycle = () -> cycle(heliograph, publication, neighbour);
            awaiting("the reader", cycle, () -> reader.hasSaid("heard"));
            flowFor(TimeUnit.SECONDS.toNanos(2), cycle);
            for (int i = 0; i < TRIES; i++) {
                double[] without = flowFor(2 * AROUND_NS, cycle);
                double[] with = flowWhileStopped(reader, cycle);
                undisturbed[0][i] = without[0];
                undisturbed[1][i] = without[1];
                held[0][i] = with[0];
                held[1][i] = with[1];
                int next = i + 1;
                awaiting("the reader's return " + next + " " + reader, cycle, () -> reader.count("next ") >= next);
            }
            report(attach, neighbour);
            assertFalse(reader.hasSaid("wrong"), reader.toString());
            assertFalse(reader.hasSaid("error"), reader.toString());
            assertEquals(reader.count("gap "), reader.count("next "), reader.toString());
        } finally {
            driver.close();
        }
        assertTrue(median(held[0]) < LIMIT_MS, "publisher held up: " + Arrays.toString(held[0]) + " ms");
        assertTrue(median(held[1]) < LIMIT_MS, "neighbour held up: " + Arrays.toString(held[1]) + " ms");
    }

    /**
     * Figures of the time around the stop. A shell that was started before does it, and says so: to start one costs a core for
     * some milliseconds.
     */
    private double[] flowWhileStopped(WriterProcess reader, Runnable cycle) {
        try (WriterProcess stops =
                WriterProcess.of("sh", "-c", "sleep 0.4; kill -STOP " + reader.pid() + "; echo stopped")) {
            flowFor(TimeUnit.MILLISECONDS.toNanos(250), cycle);
            double[] before = new double[2];
            double[] now = new double[2];
            while (!stops.hasSaid("stopped")) {
                before = now;
                now = flowFor(AROUND_NS, cycle);
            }
            double[] after = flowFor(AROUND_NS, cycle);
            for (int i = 0; i < after.length; i++) {
                after[i] = Math.max(after[i], Math.max(before[i], now[i]));
            }
            assertEquals(0, stops.awaitExit());
            flowFor(10 * AROUND_NS, cycle);
            reader.signal("CONT");
            return after;
        }
    }

    /** The longest time for which the publisher was refused, and in which the neighbour got nothing, ms. */
    private double[] flowFor(long ns, Runnable cycle) {
        long startNs = System.nanoTime();
        longestRefusalNs = 0;
        longestSilenceNs = 0;
        while (System.nanoTime() - startNs < ns) {
            cycle.run();
        }
        return new double[] {longestRefusalNs / 1e6, longestSilenceNs / 1e6};
    }

    /** A cycle that took longer than it should was held up by the scheduler, and by no reader. */
    private void cycle(Heliograph heliograph, StreamPublication publication, StreamSubscription neighbour) {
        heliograph.doWork();
        long nowNs = System.nanoTime();
        long tookNs = Math.min(nowNs - cycledNs, LONGEST_CYCLE_NS);
        cycledNs = nowNs;
        boolean isAccepted = true;
        for (int i = 0; i < BATCH && isAccepted; i++) {
            isAccepted = publication.offer(message, 0, 36) > 0;
        }
        publication.doWork();
        long before = neighbour.statistics().messages();
        neighbour.poll((buffer, offset, length, header) -> {}, 64);
        refusalNs = isAccepted ? 0 : refusalNs + tookNs;
        silenceNs = neighbour.statistics().messages() > before ? 0 : silenceNs + tookNs;
        longestRefusalNs = Math.max(longestRefusalNs, refusalNs);
        longestSilenceNs = Math.max(longestSilenceNs, silenceNs);
    }

    private void report(SubscriptionOptions.Attach attach, StreamSubscription neighbour) {
        System.out.printf(
                Locale.ROOT,
                "stopped reader, %s: publisher held up %.1f ms (tries %s; undisturbed %s), neighbour %.1f ms (tries %s;"
                        + " undisturbed %s); %d messages, neighbour lost %d%n",
                attach,
                median(held[0]),
                Arrays.toString(held[0]),
                Arrays.toString(undisturbed[0]),
                median(held[1]),
                Arrays.toString(held[1]),
                Arrays.toString(undisturbed[1]),
                neighbour.statistics().messages(),
                neighbour.statistics().lostMessages());
    }

    private static double median(double[] tries) {
        double[] sorted = tries.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static WriterProcess reader(Path topology, Path directory, SubscriptionOptions.Attach attach) {
        return WriterProcess.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("heliograph.root", "..")).resolve(".mvn/jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                ReaderProgram.class.getName(),
                topology.toString(),
                directory.toString(),
                attach.name());
    }
}
