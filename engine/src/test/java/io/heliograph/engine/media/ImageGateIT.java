// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageGateIT {
    private static final String CHANNEL = "aeron:ipc";

    private final List<String> gone = new ArrayList<>();
    private int fragments;

    @TempDir
    private Path temporary;

    @Test
    void shouldLetGoOfASessionOnTheThreadThatPollsWhileTheClientHasAThreadOfItsOwn() throws Exception {
        ImageGate gate = new ImageGate(
                Set.of(),
                image -> gone.add(
                        image.sessionId() + " on " + Thread.currentThread().getName()));
        Runnable poll = () -> fragments += gate.poll((buffer, offset, length, header) -> {}, 10);
        ThreadedDriver driver = ThreadedDriver.launch(temporary.resolve("driver"), new DriverContext());
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.directory()));
                Subscription subscription = aeron.addSubscription(CHANNEL, 7, gate::onAvailable, gate::onUnavailable)) {
            int first = publishAndLeave(aeron, gate, poll);
            int second = publishAndLeave(aeron, gate, poll);

            String here = " on " + Thread.currentThread().getName();
            assertEquals(List.of(first + here, second + here), gone);
            assertEquals(2, fragments);
            assertFalse(gate.isConnected());
            assertEquals(0, subscription.imageCount());
        } finally {
            driver.close();
        }
    }

    @Test
    void shouldLetGoOfASessionThatWasGoneBeforeAnybodyLooked() throws Exception {
        ImageGate gate = new ImageGate(Set.of(), image -> gone.add(String.valueOf(image.sessionId())));
        ThreadedDriver driver = ThreadedDriver.launch(temporary.resolve("driver"), new DriverContext());
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.directory()));
                Subscription subscription = aeron.addSubscription(CHANNEL, 7, gate::onAvailable, gate::onUnavailable)) {
            int session;
            try (ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, 7)) {
                session = publication.sessionId();
                awaiting("an image", () -> subscription.imageCount() == 1);
            }
            awaiting("its end", () -> subscription.imageCount() == 0);

            awaiting(
                    "both",
                    () -> gate.poll((buffer, offset, length, header) -> fragments++, 10),
                    () -> !gone.isEmpty());

            assertEquals(List.of(String.valueOf(session)), gone);
            assertEquals(0, fragments);
            assertFalse(gate.isConnected());
        } finally {
            driver.close();
        }
    }

    private int publishAndLeave(Aeron aeron, ImageGate gate, Runnable poll) {
        int before = gone.size();
        int session;
        try (ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, 7)) {
            session = publication.sessionId();
            awaiting("an image", poll, gate::isConnected);
            int heard = fragments;
            awaiting("room", poll, () -> publication.offer(new UnsafeBuffer(new byte[8])) > 0);
            awaiting("the fragment", poll, () -> fragments > heard);
        }
        awaiting("the end of the session", poll, () -> gone.size() > before);
        return session;
    }
}
