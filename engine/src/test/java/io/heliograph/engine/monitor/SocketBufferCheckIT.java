// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.exceptions.RegistrationException;
import io.heliograph.config.Flow;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.Channels;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.EmbeddedDriver;
import io.heliograph.engine.testkit.TestLines;
import org.junit.jupiter.api.Test;

/** That the check is right about what small socket buffers cost. */
final class SocketBufferCheckIT {
    /** What Linux gives where nobody set more. */
    private static final int USUAL_LIMIT = 212_992;

    @Test
    void shouldOpenALineWithASmallerWindowWhenTheSystemGivesLess() {
        ChannelSettings settings = new ChannelSettings(
                1408, Flow.MAX, 0, 1, ChannelSettings.TERM_LENGTH, ChannelSettings.WINDOW_LENGTH, 0);
        String tooWide = Channels.subscription(TestLines.line(0), TestLines.NIC_A, settings, true);
        String cut = Channels.subscription(
                TestLines.line(0), TestLines.NIC_A, settings.withinSocketBuffer(USUAL_LIMIT), true);
        DriverContext context = new DriverContext()
                .aeron(aeron -> aeron.socketRcvbufLength(USUAL_LIMIT).initialWindowLength(USUAL_LIMIT));

        try (EmbeddedDriver driver = EmbeddedDriver.launch(context);
                Aeron aeron = Aeron.connect(new Aeron.Context()
                        .aeronDirectoryName(driver.directory())
                        .useConductorAgentInvoker(true)
                        .driverAgentInvoker(driver.invoker()))) {
            RegistrationException refused =
                    assertThrows(RegistrationException.class, () -> aeron.addSubscription(tooWide, 1001));

            assertTrue(String.valueOf(refused.getMessage()).contains("SO_RCVBUF"), refused::getMessage);
            aeron.addSubscription(cut, 1001).close();
        }
    }
}
