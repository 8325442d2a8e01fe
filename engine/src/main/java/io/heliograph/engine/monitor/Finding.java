// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

/**
 * What a check found: how bad, what, what that costs, and how to mend it.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param state how bad it is.
 * @param what was found, in the words of the system.
 * @param cost what it costs; empty where it costs nothing or nobody knows.
 * @param remedy how to mend it, a command where one does it; empty where there is nothing to mend.
 */
public record Finding(State state, String what, String cost, String remedy) {
    /** How bad a finding is, the worst first. */
    public enum State {
        /** Messages will be lost, or something will not start or not be reached. */
        PROBLEM,
        /** It works, and costs latency or throughput. */
        ADVICE,
        /** The system doesn't say: in a container, on another system, for want of rights. */
        UNKNOWN,
        /** As it should be. */
        OK
    }

    static Finding ok(String what) {
        return new Finding(State.OK, what, "", "");
    }

    static Finding unknown(String what) {
        return new Finding(State.UNKNOWN, what, "", "");
    }

    static Finding advice(String what, String cost, String remedy) {
        return new Finding(State.ADVICE, what, cost, remedy);
    }

    static Finding problem(String what, String cost, String remedy) {
        return new Finding(State.PROBLEM, what, cost, remedy);
    }
}
