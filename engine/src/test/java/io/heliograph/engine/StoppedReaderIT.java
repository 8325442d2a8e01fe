// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.DutyCycleTracker;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.intake.WriterProcess;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.CoreWait;
import io.heliograph.engine.testkit.Hold;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader is stopped (SIGSTOP) while the stream goes at full rate: for how long does that hold up its publisher, and a
 * neighbour on the same driver? Publisher and neighbour share a thread and the driver has another, so that a machine of two
 * cores has one for each. The time in which the scheduler ran the one or the other not is left out, and so is the time in which the
 * host of a virtual machine did not run a core; the median of several tries counts, and what happens without the reader stopped is
 * printed beside it.
 */
@Tag("full")
@Timeout(120)
final class StoppedReaderIT {
    private static final int TRIES = 7;
    private static final int TRIES_AGAIN = 14;
    private static final int LOOKS = 100;
    private static final double LIMIT_MS = 5;
    private static final long AROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);
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
    private final DriversWait driversWait = new DriversWait();
    private final Hold refusal = new Hold(this::waitNs);
    private final Hold silence = new Hold(this::waitNs);
    private final double[][] held = new double[2][TRIES];
    private final double[][] undisturbed = new double[2][TRIES];
    private final double[] backMs = new double[TRIES];
    private final Stall stall = new Stall();
    private long cycledNs = System.nanoTime();

    @TempDir
    private Path temporary;

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
        ThreadedDriver driver = ThreadedDriver.launch(
                directory, new DriverContext().aeron(aeron -> aeron.conductorDutyCycleTracker(driversWait)));
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamPublication publication = heliograph.addPublication("itch");
                StreamSubscription neighbour = heliograph.addSubscription("itch", StreamListener.NONE, options);
                WriterProcess reader = reader(file, directory, attach)) {
            Runnable cycle = () -> cycle(heliograph, publication, neighbour);
            awaiting("the reader", cycle, () -> reader.hasSaid("heard"));
            flowFor(TimeUnit.SECONDS.toNanos(2), cycle);
            for (int i = 0, again = 0; i < TRIES; ) {
                awaiting("everybody's own way", cycle, () -> isOnItsWay(attach, neighbour, reader));
                set(undisturbed, i, flowFor(2 * AROUND_NS, cycle));
                set(held, i, flowWhileStopped(reader, cycle));
                backMs[i] = awaitReturn(reader, publication, cycle);
                if (!stall.isLong() || ++again > TRIES_AGAIN) {
                    i++;
                }
            }
            report(attach, neighbour);
            awaiting("the end", cycle, () -> publication.endEpoch() >= 0);
            awaiting("the reader's end", cycle, () -> reader.hasSaid("ended"));
            assertFalse(reader.hasSaid("wrong"), reader.toString());
            assertFalse(reader.hasSaid("error"), reader.toString());
            assertEachOnceOrNamed(reader, publication.nextSequence() - 1);
        } finally {
            driver.close();
        }
        assertShort("publisher", 0);
        assertShort("neighbour", 1);
    }

    private void assertShort(String who, int place) {
        assertTrue(
                median(held[place]) < LIMIT_MS,
                () -> who + " held up for " + Arrays.toString(held[place]) + " ms; with nobody stopped "
                        + Arrays.toString(undisturbed[place]) + " ms; the reader back after " + Arrays.toString(backMs)
                        + " ms");
    }

    /**
     * Figures of the time around the stop. A shell that was started before does it, and says so: to start one costs a core for
     * some milliseconds. Beside a reader that runs there are three threads for two cores, and the neighbour too is left behind now
     * and then, for some 0.1 s: the reader is stopped when the neighbour has just been well.
     */
    private double[] flowWhileStopped(WriterProcess reader, Runnable cycle) {
        try (WriterProcess stops =
                WriterProcess.of("sh", "-c", "echo ready; read go; kill -STOP " + reader.pid() + "; echo stopped")) {
            awaiting("the shell", cycle, () -> stops.hasSaid("ready"));
            double[] before = flowFor(AROUND_NS, cycle);
            for (int look = 0; look < LOOKS && Math.max(before[0], before[1]) > LIMIT_MS; look++) {
                before = flowFor(AROUND_NS, cycle);
            }
            stall.clear();
            stops.tell("go");
            double[] most = flowFor(AROUND_NS, cycle);
            while (!stops.hasSaid("stopped")) {
                most = longer(most, flowFor(AROUND_NS, cycle));
            }
            most = longer(most, flowFor(AROUND_NS, cycle));
            stall.end();
            assertEquals(0, stops.awaitExit());
            flowFor(10 * AROUND_NS, cycle);
            return most;
        }
    }

    private static double[] longer(double[] one, double[] other) {
        return new double[] {Math.max(one[0], other[0]), Math.max(one[1], other[1])};
    }

    /** How long it takes until the reader reads what was sent after it was woken, ms. */
    private static double awaitReturn(WriterProcess reader, StreamPublication publication, Runnable cycle) {
        reader.signal("CONT");
        long wokenNs = System.nanoTime();
        long sent = publication.nextSequence();
        awaiting("the reader's return " + reader.last("at "), cycle, () -> progress(reader) >= sent);
        return (System.nanoTime() - wokenNs) / 1e6;
    }

    private static boolean isOnItsWay(
            SubscriptionOptions.Attach attach, StreamSubscription neighbour, WriterProcess reader) {
        boolean isLocal = attach == SubscriptionOptions.Attach.NEAREST;
        return neighbour.isLocal() == isLocal && reader.last("at ").endsWith(isLocal ? "local" : "network");
    }

    private static long progress(WriterProcess reader) {
        return Long.parseLong(reader.last("at ").split(" ", -1)[1]);
    }

    private static void assertEachOnceOrNamed(WriterProcess reader, long last) {
        String[] figures = reader.last("ended ").split(" ", -1);
        long messages = Long.parseLong(figures[1]);
        long lost = Long.parseLong(figures[2]);
        assertEquals(last, Long.parseLong(figures[4]), reader.toString());
        assertEquals(last - Long.parseLong(figures[3]) + 1, messages + lost, reader.toString());
        assertTrue(lost > 0, "it was stopped in earnest: " + reader);
    }

    /** The longest time for which the publisher was refused, and in which the neighbour got nothing, ms. */
    private double[] flowFor(long ns, Runnable cycle) {
        long startNs = System.nanoTime();
        refusal.takeLongestMs();
        silence.takeLongestMs();
        while (System.nanoTime() - startNs < ns) {
            cycle.run();
        }
        return new double[] {refusal.takeLongestMs(), silence.takeLongestMs()};
    }

    private void cycle(Heliograph heliograph, StreamPublication publication, StreamSubscription neighbour) {
        heliograph.doWork();
        long nowNs = System.nanoTime();
        long tookNs = nowNs - cycledNs;
        cycledNs = nowNs;
        stall.onCycle(tookNs);
        boolean isAccepted = true;
        for (int i = 0; i < BATCH && isAccepted; i++) {
            message.putLong(ReaderProgram.NUMBER, publication.nextSequence());
            isAccepted = publication.offer(message, 0, 36) > 0;
        }
        publication.doWork();
        long before = neighbour.statistics().messages();
        neighbour.poll((buffer, offset, length, header) -> {}, 64);
        refusal.onCycle(!isAccepted, tookNs);
        silence.onCycle(neighbour.statistics().messages() == before, tookNs);
    }

    private long waitNs() {
        return driversWait.ns() + CoreWait.stolenNs();
    }

    private void report(SubscriptionOptions.Attach attach, StreamSubscription neighbour) {
        System.out.printf(
                Locale.ROOT,
                "stopped reader, %s: publisher held up %.1f ms (tries %s; undisturbed %s), neighbour %.1f ms (tries %s;"
                        + " undisturbed %s), reader back after %.0f ms (tries %s); %d messages, neighbour lost %d%n",
                attach,
                median(held[0]),
                Arrays.toString(held[0]),
                Arrays.toString(undisturbed[0]),
                median(held[1]),
                Arrays.toString(held[1]),
                Arrays.toString(undisturbed[1]),
                median(backMs),
                Arrays.toString(backMs),
                neighbour.statistics().messages(),
                neighbour.statistics().lostMessages());
    }

    private static void set(double[][] figures, int place, double[] pair) {
        figures[0][place] = pair[0];
        figures[1][place] = pair[1];
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

    /**
     * Whether this thread, on which publisher and neighbour run, was itself not run around the stop, for so long that the driver
     * leaves the neighbour behind: that is not the stopped reader's doing, and such a try is made once more.
     */
    private static final class Stall {
        private static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(1);

        private final CoreWait wait = CoreWait.ofThisThread();
        private long waitedNs;
        private long longestNs;
        private boolean isOn;

        void clear() {
            waitedNs = ns();
            longestNs = 0;
            isOn = true;
        }

        void onCycle(long tookNs) {
            if (isOn && tookNs > LONG_NS) {
                long now = ns();
                longestNs = Math.max(longestNs, Math.min(tookNs, now - waitedNs));
                waitedNs = now;
            }
        }

        void end() {
            isOn = false;
        }

        boolean isLong() {
            return longestNs > LONG_NS;
        }

        private long ns() {
            return wait.ns() + CoreWait.stolenNs();
        }
    }

    /** How long the driver's thread has waited for a core: it looks itself up in its first cycle. */
    private static final class DriversWait extends DutyCycleTracker {
        private volatile @Nullable CoreWait wait;

        @Override
        public void reportMeasurement(long durationNs) {
            if (wait == null) {
                wait = CoreWait.ofThisThread();
            }
        }

        long ns() {
            CoreWait found = wait;
            return found == null ? 0 : found.ns();
        }
    }
}
