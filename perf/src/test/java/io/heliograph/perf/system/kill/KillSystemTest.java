// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.Surroundings;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.media.DirectoryLock;
import io.heliograph.engine.testkit.Awaiting;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.RoleProcess;
import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.replay.TradingDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publisher, subscriber, engine and media driver, each killed with -9 at a random moment of each round and started again, while a
 * feed of 5,000 messages/s goes on in one epoch; a second subscriber lives all the time.
 *
 * <p>2 rounds, or as many as {@code -Dheliograph.kills=N} says.
 */
@Tag("full")
final class KillSystemTest {
    private static final ItchDay DAY = new ItchDay(7, 100_000_000, 100, 1_000);
    private static final String SOURCE = "generate:7,messages=100000000,symbols=100,live=1000";
    private static final int MOMENT = 2_500;

    @TempDir
    private Path folder;

    private final GivenLedger living = new GivenLedger("the one that lives");
    private final GivenLedger killed = new GivenLedger("the one that is killed");
    private final List<RoleProcess> running = new ArrayList<>();
    private final Random random = new Random(0x9111);
    private Path file;
    private String host;
    private StreamJournal journal;
    private @Nullable JournalReader reader;
    private RoleProcess engine;
    private RoleProcess publisher;
    private RoleProcess subscriber;

    @BeforeEach
    void shouldHaveASiteThatRuns() throws IOException {
        Path journals = folder.resolve("journals");
        file = LoopbackTopology.sample("journal.xml", folder);
        String own = Files.readString(file).replace("/tmp/heliograph-journal", journals.toString());
        Files.writeString(file, own.replace("flow=\"min\"", "flow=\"max\""));
        host = "heliograph-" + Surroundings.user() + "-"
                + TopologyReader.read(file).name() + "-host1";
        journal = StreamJournal.of(journals, "itch");
        engine = engine();
        start(living::take, "subscribe", "--stream", "itch", "--print", "--json", "--until-end");
        subscriber = subscriber();
        publisher = publisher();
        awaiting(() -> "all to run", () -> living.last() > MOMENT && killed.last() > MOMENT && journaled() > MOMENT);
    }

    @AfterEach
    void shouldLeaveNothingBehind() throws IOException {
        running.forEach(RoleProcess::kill);
        killDriverProcess();
        CloseHelper.close(reader);
        for (String suffix : List.of(".engine.lock", ".driver.lock", ".log", "-itch.epoch")) {
            Files.deleteIfExists(Surroundings.sharedMemory().resolve(host + suffix));
        }
    }

    @Test
    void shouldGiveEachMessageOnceAndInOrderOrANoticeWhoeverIsKilled() {
        int rounds = Integer.getInteger("heliograph.kills", 2);
        long beganNs = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            killPublisherAndSubscriber();
            killEngine();
            killDriver();
            assertEquals(List.of(), living.problems());
            assertEquals(List.of(), killed.problems());
        }
        publisher.interrupt();
        awaiting(
                () -> "the end: " + living + ", " + killed + ", the journal at " + journaled() + "; " + engine + "; "
                        + publisher + "; " + running.get(1) + "; " + subscriber,
                () -> living.ended() > 0 && killed.ended() > 0);

        assertEquals(living.ended(), killed.ended());
        assertEquals(1, living.epochs().size(), "one epoch: " + living.epochs());
        assertEquals(living.epochs(), killed.epochs());
        assertEquals(Set.of(), differing());
        awaiting(() -> "the journal", () -> journaled() == living.ended());
        JournalTruth truth =
                new JournalTruth(DAY, TradingDay.parse("2020-01-30").midnightEpochNs());
        assertEquals(living.ended(), truth.compare(journal));
        System.err.printf(
                "%d kills of each role in %d s, %,d messages; lost, and named: %,d for who lived, %,d for who was killed,"
                        + " %,d in the journal%n",
                rounds,
                (System.nanoTime() - beganNs) / 1_000_000_000L,
                living.ended(),
                living.lost(),
                killed.lost(),
                truth.lost());
    }

    /** At moments of their own, both at once as it comes: neither may cost who lives a message. */
    private void killPublisherAndSubscriber() {
        awaitMoment();
        long lost = living.lost();
        publisher.kill();
        publisher = publisher();
        long before = living.last();
        awaiting(() -> "the publisher goes on", () -> living.last() > before || random.nextInt(100) == 0);
        subscriber.kill();
        killed.beginLife();
        subscriber = subscriber();
        awaitAll("a killed publisher and subscriber");
        assertEquals(lost, living.lost(), "a source that is read again costs nothing: " + living);
    }

    private void killEngine() {
        awaitMoment();
        engine.kill();
        engine = engine();
        awaitAll("a killed engine");
    }

    private void killDriver() {
        awaitMoment();
        long killedPid = driverPid();
        assertTrue(killDriverProcess(), "a driver");
        awaiting(() -> "another driver; " + engine, () -> driverPid() != 0 && driverPid() != killedPid);
        awaitAll("a killed driver");
    }

    /** It is a process of its own, and survives its engine. */
    private boolean killDriverProcess() {
        return ProcessHandle.of(driverPid()).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** 0 while there is none. */
    private long driverPid() {
        Path lock = Surroundings.sharedMemory().resolve(host + ".driver.lock");
        return DirectoryLock.holder(lock).map(DirectoryLock.Holder::pid).orElse(0L);
    }

    private void awaitMoment() {
        long moment = living.last() + 1 + random.nextInt(MOMENT);
        awaiting(
                () -> "message " + moment + ": " + living + "; " + engine + "; " + publisher + "; " + subscriber,
                () -> living.last() >= moment);
    }

    /** Everybody goes on. */
    private void awaitAll(String behind) {
        long beganNs = System.nanoTime();
        long goal = living.last() + MOMENT;
        awaiting(
                () -> behind + ": not all go on to " + goal + ": " + living + ", " + killed + ", the journal at "
                        + journaled() + "; " + engine + "; " + publisher + "; " + subscriber,
                () -> living.last() > goal && killed.last() > goal && journaled() > goal);
        System.err.printf(
                "%s at %,d: all go on after %d ms: %s; %s; publisher %s%n",
                behind, goal - MOMENT, (System.nanoTime() - beganNs) / 1_000_000L, living, killed, publisher.err());
    }

    private static void awaiting(Supplier<String> what, BooleanSupplier condition) {
        try {
            Awaiting.awaiting("it", condition);
        } catch (AssertionError inVain) {
            throw new AssertionError(what.get(), inVain);
        }
    }

    private Set<Long> differing() {
        Set<Long> differing = new TreeSet<>();
        for (long sequence = 1; sequence <= living.ended(); sequence++) {
            long one = living.content(sequence);
            long other = killed.content(sequence);
            if (one != 0 && other != 0 && one != other) {
                differing.add(sequence);
            }
        }
        return differing;
    }

    private long journaled() {
        if (reader == null) {
            if (!journal.isThere()) {
                return 0;
            }
            reader = journal.reader();
        }
        return reader.lastSequence();
    }

    private RoleProcess engine() {
        RoleProcess started = start(null, "engine");
        started.awaitOut("driver: process");
        return started;
    }

    private RoleProcess publisher() {
        return start(
                null, "publish", "--stream", "itch", "--source", SOURCE, "--pace", "5000/s", "--wait", "20s", "--json");
    }

    private RoleProcess subscriber() {
        String position = folder.resolve("position").toString();
        return start(
                killed::take,
                "subscribe",
                "--stream",
                "itch",
                "--print",
                "--json",
                "--until-end",
                "--position",
                position);
    }

    private RoleProcess start(@Nullable Consumer<String> out, String role, String... options) {
        List<String> words = new ArrayList<>(List.of(role, "--topology", file.toString(), "--host", "host1"));
        words.addAll(List.of(options));
        String[] call = words.toArray(String[]::new);
        RoleProcess started = out == null ? RoleProcess.start(call) : RoleProcess.start(out, call);
        running.add(started);
        return started;
    }
}
