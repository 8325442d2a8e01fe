// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.engine.testkit.NetworkLab;
import io.heliograph.engine.testkit.NetworkLab.Direction;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/** What can happen to a NIC, its cable or its switch's port; each is put right again. */
enum Fault {
    CABLE_OUT("cable out and in", Limits.CARRIER_NS, 1_000) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.setCable(host, nic, false);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.setCable(host, nic, true);
        }
    },

    LINK_DOWN("link set down and up", Limits.CARRIER_NS, 1_000) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.setLink(host, nic, false);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.setLink(host, nic, true);
        }
    },

    BLOCKED("port blocked, both directions", Limits.SILENCE_NS, 1_800) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.block(host, nic, Direction.BOTH);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.unblock(host, nic);
        }
    },

    MUTE("port blocked, from the host", Limits.SILENCE_NS, 1_800) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.block(host, nic, Direction.FROM_HOST);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.unblock(host, nic);
        }
    },

    DEAF("port blocked, to the host", Limits.SILENCE_NS, 1_800) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.block(host, nic, Direction.TO_HOST);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.unblock(host, nic);
        }
    },

    ADDRESS("address removed and put back", Limits.SILENCE_NS, 1_000) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.removeAddress(host, nic);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.addAddress(host, nic);
        }
    },

    FLAPPING("cable flapping at 5 Hz", Limits.CARRIER_NS, 0) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            long atNs = SystemNanoClock.INSTANCE.nanoTime();
            for (int half = 0; half < Limits.HALVES; half++) {
                lab.setCable(host, nic, half % 2 == 1);
                atNs += Limits.HALF_NS;
                awaitTime(atNs);
            }
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.setCable(host, nic, true);
        }
    },

    UNPLUGGED("adapter gone and back", Limits.CARRIER_NS, 1_000) {
        @Override
        void strike(NetworkLab lab, int host, int nic) {
            lab.unplug(host, nic);
        }

        @Override
        void mend(NetworkLab lab, int host, int nic) {
            lab.plugIn(host, nic);
        }
    };

    private final String words;
    private final long limitNs;
    private final long holdMs;

    Fault(String words, long limitNs, long holdMs) {
        this.words = words;
        this.limitNs = limitNs;
        this.holdMs = holdMs;
    }

    /** Makes the fault; one that takes its time takes it here. */
    abstract void strike(NetworkLab lab, int host, int nic);

    abstract void mend(NetworkLab lab, int host, int nic);

    /** Within what a stream that can go elsewhere has to go on. */
    long limitNs() {
        return limitNs;
    }

    /** How long it takes to strike, whoever is asked to. */
    long strikingNs() {
        return this == FLAPPING ? Limits.FLAPPING_NS : 0;
    }

    /** For how long it stands. */
    long holdNs() {
        return holdMs * 1_000_000L;
    }

    static void awaitTime(long atNs) {
        for (long leftNs = 1; leftNs > 0; leftNs = atNs - SystemNanoClock.INSTANCE.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    @Override
    public String toString() {
        return words;
    }

    /** An enum's constants cannot use its own fields. */
    private static final class Limits {
        static final int HALVES = 9;
        static final long HALF_NS = 100_000_000L;
        static final long FLAPPING_NS = HALVES * HALF_NS;
        static final long CARRIER_NS = 50_000_000L;
        static final long SILENCE_NS = 1_000_000_000L;

        private Limits() {}
    }
}
