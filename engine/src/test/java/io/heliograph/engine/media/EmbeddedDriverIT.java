// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.heliograph.config.Flow;
import io.heliograph.config.Line;
import io.heliograph.config.NicAddress;
import io.heliograph.engine.testkit.TestLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddedDriverIT {
    private static final int STREAM = 1001;

    @ParameterizedTest
    @CsvSource({"MAX,true,0", "MAX,false,1", "MIN,true,1", "MIN,false,0"})
    void shouldCarryMessagesOverMulticastWhenInvokedOnOneThread(Flow flow, boolean isReliable, int index) {
        ChannelSettings settings = new ChannelSettings(1408, flow, 0, 1, 1 << 20, 256 << 10, 0);
        Line line = TestLines.line(index);
        NicAddress nic = index == 0 ? TestLines.NIC_A : TestLines.NIC_B;
        UnsafeBuffer message = new UnsafeBuffer(new byte[1376]);
        List<Long> received = new ArrayList<>();

        try (EmbeddedDriver driver = EmbeddedDriver.launch();
                Aeron aeron = connect(driver);
                Subscription subscription =
                        aeron.addSubscription(Channels.subscription(line, nic, settings, isReliable), STREAM);
                ExclusivePublication publication =
                        aeron.addExclusivePublication(Channels.publication(line, nic, settings), STREAM)) {
            Runnable work = () -> {
                driver.doWork();
                aeron.conductorAgentInvoker().invoke();
                subscription.poll((buffer, offset, length, header) -> received.add(buffer.getLong(offset)), 10);
            };
            awaiting("connected", work, () -> publication.isConnected() && subscription.isConnected());
            assertEquals(1376, publication.maxPayloadLength());
            for (long i = 1; i <= 3000; i++) {
                message.putLong(0, i);
                awaiting("offered", work, () -> publication.offer(message) > 0);
            }
            awaiting("received", work, () -> received.size() == 3000);
        }

        assertEquals(1, received.get(0));
        assertEquals(3000, received.get(2999));
    }

    @Test
    void shouldWaitForTheGroupWhenReceiversAreCounted() {
        ChannelSettings settings = new ChannelSettings(1408, Flow.MIN, 0, 1, 1 << 20, 256 << 10, 0).withReceivers(2);
        Line line = TestLines.line(0);
        String channel = Channels.subscription(line, TestLines.NIC_A, settings, true);

        try (EmbeddedDriver first = EmbeddedDriver.launch();
                EmbeddedDriver second = EmbeddedDriver.launch();
                Aeron here = connect(first);
                Aeron there = connect(second);
                ExclusivePublication publication =
                        here.addExclusivePublication(Channels.publication(line, TestLines.NIC_A, settings), STREAM);
                Subscription one = here.addSubscription(channel, STREAM)) {
            Runnable work = () -> {
                first.doWork();
                second.doWork();
                here.conductorAgentInvoker().invoke();
                there.conductorAgentInvoker().invoke();
            };
            awaiting("the first one's image", work, one::isConnected);
            assertFalse(publication.isConnected());

            try (Subscription two = there.addSubscription(channel, STREAM)) {
                awaiting("both", work, () -> two.isConnected() && publication.isConnected());
            }
        }
    }

    @Test
    void shouldStartNoThreadWhenInvoked() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (EmbeddedDriver driver = EmbeddedDriver.launch()) {
            driver.doWork();

            // By name, not by number: threads of tests before this one may end, and the JVM's own begin, at any time.
            List<String> drivers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> name.contains("driver") || name.contains("sender") || name.contains("receiver"))
                    .toList();
            assertEquals(List.of(), drivers);
            assertTrue(driver.isInvoked());
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenClosed() {
        EmbeddedDriver driver = EmbeddedDriver.launch();
        Path directory = Path.of(driver.directory());
        assertTrue(Files.exists(directory));

        driver.close();
        driver.close();

        assertFalse(Files.exists(directory));
        assertFalse(Files.exists(DriverDirectories.driverLock(directory)));
        assertFalse(driver.isAlive());
    }

    private static Aeron connect(EmbeddedDriver driver) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.directory())
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(driver.invoker()));
    }
}
