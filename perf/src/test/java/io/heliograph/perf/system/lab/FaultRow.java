// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

/**
 * A row of the table: a fault, and at which end.
 *
 * @param fault what happens.
 * @param isSender to the sender's NIC; else to a receiver's.
 */
record FaultRow(Fault fault, boolean isSender) {
    static FaultRow sender(Fault fault) {
        return new FaultRow(fault, true);
    }

    static FaultRow receiver(Fault fault) {
        return new FaultRow(fault, false);
    }

    /** Alternates between NICs, and between receivers, so that no NIC has two faults close together. */
    int host(int turn) {
        return isSender ? LabPlan.SENDER : LabPlan.SENDER + 1 + turn / LabPlan.NICS % (LabPlan.HOSTS - 1);
    }

    int nic(int turn) {
        return 1 + turn % LabPlan.NICS;
    }

    @Override
    public String toString() {
        return fault + (isSender ? ", sender" : ", receiver");
    }
}
