// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.SocketBuffers;
import java.util.List;
import java.util.OptionalLong;

/** Whether the system gives the socket buffers that a driver asks for: it cuts them down without a word. */
final class SocketBufferCheck implements Check {
    private static final long ASKED = SocketBuffers.ASKED;

    @Override
    public String name() {
        return "socket buffers";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        return List.of(receive(machine), send(machine));
    }

    private static Finding receive(Machine machine) {
        OptionalLong limit = limit(machine, "rmem_max");
        if (limit.isEmpty()) {
            return unreadable("rmem_max");
        }
        if (limit.getAsLong() < ChannelSettings.WINDOW_LENGTH) {
            return Finding.advice(
                    found("rmem_max", limit.getAsLong()),
                    "less than a line's window (" + Numbers.bytes(ChannelSettings.WINDOW_LENGTH)
                            + "), which is cut to it: a burst soon overflows it, and packets are lost",
                    remedy("rmem_max"));
        }
        return limit.getAsLong() < ASKED
                ? Finding.advice(
                        found("rmem_max", limit.getAsLong()),
                        "a burst that comes while the receiver is off its core overflows it: packets are lost",
                        remedy("rmem_max"))
                : Finding.ok(found("rmem_max", limit.getAsLong()));
    }

    private static Finding send(Machine machine) {
        OptionalLong limit = limit(machine, "wmem_max");
        if (limit.isEmpty()) {
            return unreadable("wmem_max");
        }
        return limit.getAsLong() < ASKED
                ? Finding.advice(
                        found("wmem_max", limit.getAsLong()),
                        "while the NIC is busy the buffer is soon full: sends fail and are tried again",
                        remedy("wmem_max"))
                : Finding.ok(found("wmem_max", limit.getAsLong()));
    }

    private static OptionalLong limit(Machine machine, String name) {
        return machine.number("/proc/sys/net/core/" + name);
    }

    private static String found(String name, long bytes) {
        return "net.core." + name + " " + bytes + " (" + Numbers.bytes(bytes) + "); a driver asks for "
                + Numbers.bytes(ASKED);
    }

    private static String remedy(String name) {
        return "sysctl -w net.core." + name + "=" + ASKED;
    }

    private static Finding unreadable(String name) {
        return Finding.unknown(
                "/proc/sys/net/core/" + name + " cannot be read: a network namespace of its own hides it");
    }
}
