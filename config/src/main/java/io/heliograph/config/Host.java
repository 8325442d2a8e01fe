// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.util.List;
import java.util.Optional;

/**
 * One machine of a site; it has NICs and runs one engine.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name unique in the topology.
 * @param nics at least one.
 * @param engine how the appliance runs here.
 */
public record Host(String name, List<Nic> nics, Engine engine) {
    /** Copies the list. */
    public Host {
        nics = List.copyOf(nics);
    }

    /**
     * A NIC of this host.
     *
     * @param nicName as bonds call it.
     * @return the NIC; empty when this host has none of that name, and so doesn't see that line.
     */
    public Optional<Nic> nic(String nicName) {
        return nics.stream().filter(nic -> nic.name().equals(nicName)).findFirst();
    }
}
