// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.media.Driver;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.DriverException;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a connection does when its driver is lost and the next one is not what it should be. */
@Timeout(60)
final class ConnectionIT {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Deque<DriverDouble> drivers = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    @Test
    void shouldWaitForNothingAndCloseTheNextDriverWhenItIsNotThere() {
        Path directory = folder.resolve("driver");
        DriverDouble first = offer(directory);
        DriverDouble absent = offer(folder.resolve("none"));
        DriverDouble third = offer(directory);
        try (ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
                Connection connection = connect()) {
            lose(connection, first);

            long startNs = System.nanoTime();
            clock.advanceNs(SECOND_NS);
            assertEquals(0, connection.doWork());

            assertTrue(System.nanoTime() - startNs < SECOND_NS, "nothing is waited for");
            assertEquals(1, absent.closed);
            assertFalse(connection.isAlive());
            clock.advanceNs(SECOND_NS);
            assertEquals(1, connection.doWork());
            assertTrue(connection.isAlive());
            assertEquals(0, third.closed);
            assertTrue(driver.isAlive());
            assertEquals(1, said.size(), said.toString());
        }
        assertEquals(1, third.closed);
    }

    @Test
    void shouldSayOnceALossWhyTheNextDriverCannotBeHadWhenMoreThanItsAbsenceIsWrong() {
        Path directory = folder.resolve("driver");
        DriverDouble first = offer(directory);
        try (ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
                Connection connection = connect()) {
            lose(connection, first);

            for (int i = 0; i < 3; i++) {
                clock.advanceNs(SECOND_NS);
                assertEquals(0, connection.doWork());
            }

            assertEquals(2, said.size(), said.toString());
            assertEquals("there are no more", said.get(1));
            assertTrue(driver.isAlive());
        }
    }

    @Test
    void shouldLetTheDriverRunThatLivesNowWhenSomebodyWaitsForRoom() {
        Path directory = folder.resolve("driver");
        DriverDouble first = offer(directory);
        DriverDouble second = offer(directory);
        try (ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
                Connection connection = connect()) {
            Runnable pause = connection::pause;
            pause.run();
            assertEquals(1, first.invoked);
            lose(connection, first);
            long invoked = first.invoked;
            pause.run();
            clock.advanceNs(SECOND_NS);
            connection.doWork();
            long before = second.invoked;

            pause.run();

            assertEquals(invoked, first.invoked);
            assertEquals(before + 1, second.invoked);
            assertTrue(driver.isAlive());
        }
    }

    private static void lose(Connection connection, DriverDouble driver) {
        driver.isAlive = false;
        connection.doWork();
        assertFalse(connection.isAlive());
    }

    private Connection connect() {
        return new Connection(this::next, error -> said.add(String.valueOf(error.getMessage())), clock);
    }

    private DriverDouble offer(Path directory) {
        DriverDouble driver = new DriverDouble(directory);
        drivers.add(driver);
        return driver;
    }

    private Driver next() {
        DriverDouble next = drivers.poll();
        if (next == null) {
            throw new DriverException("there are no more");
        }
        return next;
    }

    private static final class DriverDouble implements Driver {
        private final Path directory;
        private final AgentInvoker invoker = new AgentInvoker(error -> {}, null, new CountingAgent());
        private boolean isAlive = true;
        private int closed;
        private long invoked;

        DriverDouble(Path directory) {
            this.directory = directory;
            invoker.start();
        }

        @Override
        public String directory() {
            return directory.toString();
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public @Nullable AgentInvoker invoker() {
            return invoker;
        }

        @Override
        public void close() {
            closed++;
        }

        private final class CountingAgent implements Agent {
            @Override
            public int doWork() {
                invoked++;
                return 0;
            }

            @Override
            public String roleName() {
                return "a driver's double";
            }
        }
    }
}
