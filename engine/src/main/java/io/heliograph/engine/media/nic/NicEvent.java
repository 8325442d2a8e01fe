// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import java.util.Locale;

/**
 * A NIC's state has changed, or is said for the first time.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param nic its name in the topology.
 * @param address its address there.
 * @param interfaceName what the system calls it now; empty when nothing has the address.
 * @param state now.
 * @param cause what speaks against it.
 * @param downs how often it went down so far.
 * @param detail what is known beyond, in words; may be empty.
 */
public record NicEvent(
        String nic, String address, String interfaceName, NicState state, NicFault cause, long downs, String detail) {
    /** Told of what happens to NICs, on the thread that watches them. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Something happened.
         *
         * @param event what.
         */
        void onNic(NicEvent event);
    }

    /** One line for people. */
    @Override
    public String toString() {
        String where = interfaceName.isEmpty() ? address : address + " on " + interfaceName;
        String why = cause == NicFault.NONE ? "" : ": " + cause;
        return "NIC " + nic + " (" + where + ") is " + state.name().toLowerCase(Locale.ROOT) + why
                + (detail.isEmpty() ? "" : "; " + detail);
    }
}
