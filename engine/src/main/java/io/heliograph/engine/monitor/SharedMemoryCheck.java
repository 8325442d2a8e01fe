// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.DriverContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether the buffers of all lines fit into the memory that drivers and programs share. */
final class SharedMemoryCheck implements Check {
    private static final String PLACE = "/dev/shm";
    private static final int BUFFERS = 3;

    /** Commands and logs of a driver, rounded up; of an external one the counters too. */
    private static final long DRIVER_BYTES = 16L << 20;

    /** Aeron warns below it, whenever it maps a file. */
    private static final long AERON_WARNS_BYTES = 160L << 20;

    private final Optional<HostUse> use;

    SharedMemoryCheck(Optional<HostUse> use) {
        this.use = use;
    }

    @Override
    public String name() {
        return "shared memory";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        OptionalLong room = machine.roomBytes(PLACE);
        if (room.isEmpty()) {
            return List.of(Finding.advice(
                    "no " + PLACE + ": drivers work in the directory for temporary files",
                    "on a disk, writing pages back stops the threads that write into them",
                    "mount -t tmpfs -o size=1g tmpfs " + PLACE));
        }
        return List.of(judge(room.getAsLong()));
    }

    private Finding judge(long room) {
        int lines = use.map(host -> host.publishedLines() + host.heardLines()).orElse(0);
        long need = driverBytes() + (long) lines * BUFFERS * ChannelSettings.TERM_LENGTH;
        String found = Numbers.bytes(room) + " free in " + PLACE
                + (use.isPresent()
                        ? ", " + Numbers.bytes(need) + " wanted when all " + lines + " buffers of lines are open"
                        : "");
        String remedy = "mount -o remount,size=" + megabytes(2 * Math.max(need, AERON_WARNS_BYTES)) + "m " + PLACE
                + " (docker: --shm-size)";
        if (room < need) {
            return Finding.problem(
                    found,
                    "lines that find no room are refused; a page that finds none is a fatal error where it is written",
                    remedy);
        }
        return room < need + AERON_WARNS_BYTES
                ? Finding.advice(
                        found, "what else writes there takes it from the lines; Aeron warns of every buffer", remedy)
                : Finding.ok(found);
    }

    private long driverBytes() {
        boolean isExternal = use.map(HostUse::driver).orElse(DriverMode.PROCESS) == DriverMode.EXTERNAL;
        return DRIVER_BYTES + (isExternal ? 0 : DriverContext.COUNTERS_BYTES);
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }
}
