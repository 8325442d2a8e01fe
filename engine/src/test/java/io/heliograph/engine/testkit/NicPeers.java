// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.testkit;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.aeron.Aeron;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.media.AttachedDriver;
import io.heliograph.engine.media.DriverDirectories;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.status.CountersReader;

/**
 * Waits until engines of a lab have found each other: before that a fault between them is seen by nobody.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class NicPeers {
    private NicPeers() {}

    /**
     * Waits until a host's engine is connected with others on each of its NICs.
     *
     * @param topology the name of it.
     * @param host of the topology, on this machine.
     * @param nics of the host.
     * @param peers how many there are on each.
     */
    public static void await(String topology, String host, List<String> nics, int peers) {
        Path directory = DriverDirectories.of(topology, host);
        awaiting("the driver of " + host, () -> AttachedDriver.isAlive(directory));
        try (Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory.toString()))) {
            CountersReader counters = client.countersReader();
            for (String nic : nics) {
                String label = NicDescriptor.NIC_PEERS.labelOfNic(host, nic);
                awaiting(peers + " peers of " + host + " on " + nic, () -> value(counters, label) == peers);
            }
        }
    }

    private static long value(CountersReader counters, String label) {
        long[] value = {0};
        counters.forEach((id, text) -> value[0] = text.equals(label) ? counters.getCounterValue(id) : value[0]);
        return value[0];
    }
}
