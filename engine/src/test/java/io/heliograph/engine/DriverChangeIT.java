// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.media.SendChannelEndpoint;
import io.heliograph.engine.base.Outcome;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriverChangeIT {
    private final List<Long> delivered = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void chooseDirectory() {
        directory = temporary.resolve("driver");
    }

    @Test
    void shouldGoOnUnderTheSameNumbersWhenTheDriverWasStartedAnew() throws Exception {
        HeliographContext context = new HeliographContext()
                .topology(LoopbackTopology.with("flow=\"min\""))
                .host("host1")
                .driver(DriverChoice.directory(directory))
                .stateDirectory(temporary)
                .errorHandler(error -> said.add(error.getMessage()));
        ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            Runnable cycle = () -> cycle(heliograph, subscription, publication);
            // Then nothing is on its way that the driver would take with it: that would be an error of its own.
            awaiting("both lines", cycle, () -> publication.isFullyConnected() && subscription.isLocal());
            assertEquals(1, publication.offer(message, 0, 36));
            awaiting("the first message", cycle, () -> delivered.size() == 1);

            driver.close();
            awaiting("the loss", cycle, () -> !heliograph.isAlive());
            assertFalse(Files.exists(directory.resolve("cnc.dat")));
            assertEquals(Outcome.BACK_PRESSURED, offerAndFlush(publication));

            driver = ThreadedDriver.launch(directory, new DriverContext());
            awaiting("room", cycle, () -> isAccepted(publication, 2));
            awaiting("the second message", cycle, () -> delivered.size() == 2);
            awaiting("room behind it", cycle, () -> isAccepted(publication, 3));
            awaiting("the third message", cycle, () -> delivered.size() == 3);

            assertEquals(List.of(1L, 2L, 3L), delivered);
            assertEquals(1, heliograph.driverLosses());
            assertTrue(said.get(0).contains("is gone"), said.toString());
        } finally {
            driver.close();
        }
    }

    @Test
    void shouldGoOnOverTheOtherLineAndTryAgainWhenTheNextDriverRefusesOne() throws Exception {
        HeliographContext context = new HeliographContext()
                .topology(LoopbackTopology.with("flow=\"min\""))
                .host("host1")
                .driver(DriverChoice.directory(directory))
                .stateDirectory(temporary)
                .errorHandler(error -> said.add(error.getMessage()));
        AtomicInteger refusals = new AtomicInteger();
        DriverContext refusing = new DriverContext()
                .errorHandler(error -> {})
                .aeron(next -> next.sendChannelEndpointSupplier((udpChannel, status, driverContext) -> {
                    if (udpChannel.originalUriString().contains("127.0.0.2") && refusals.getAndIncrement() == 0) {
                        throw new IllegalArgumentException("NIC b is down");
                    }
                    return new SendChannelEndpoint(udpChannel, status, driverContext);
                }));
        ThreadedDriver driver = ThreadedDriver.launch(directory, new DriverContext());
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE);
                StreamPublication publication = heliograph.addPublication("itch")) {
            Runnable cycle = () -> cycle(heliograph, subscription, publication);
            // Then nothing is on its way that the driver would take with it: that would be an error of its own.
            awaiting("both lines", cycle, () -> publication.isFullyConnected() && subscription.isLocal());
            driver.close();
            awaiting("the loss", cycle, () -> !heliograph.isAlive());

            driver = ThreadedDriver.launch(directory, refusing);
            awaiting("room", cycle, () -> isAccepted(publication, 1));
            awaiting("the message", cycle, () -> delivered.size() == 1);
            assertFalse(publication.line(1).isConnected());
            awaiting("line B again", cycle, () -> publication.line(1).isConnected());

            assertEquals(2, refusals.get());
            assertEquals(2, said.size(), said.toString());
            assertTrue(
                    said.get(1)
                            .startsWith("line B of stream itch on NIC b (127.0.0.2/8) cannot be opened: "
                                    + "NIC b is down"),
                    said.toString());
        } finally {
            driver.close();
        }
    }

    /** A packet may still wait for the line that is opened last. */
    private boolean isAccepted(StreamPublication publication, long sequence) {
        return publication.nextSequence() > sequence || publication.offer(message, 0, 36) == sequence;
    }

    /** The message may be accepted, or wait behind a seal of the first one; it cannot leave. */
    private long offerAndFlush(StreamPublication publication) {
        long outcome = publication.offer(message, 0, 36);
        return outcome < 0 ? outcome : publication.flush();
    }

    private void cycle(Heliograph heliograph, StreamSubscription subscription, StreamPublication publication) {
        heliograph.doWork();
        publication.doWork();
        subscription.poll((buffer, offset, length, header) -> delivered.add(header.sequence()), 64);
    }
}
