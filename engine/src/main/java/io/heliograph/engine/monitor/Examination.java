// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.engine.media.DirectoryOccupancy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All checks of a machine, and what they found.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Examination {
    private final List<Check> checks;

    private Examination(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * A finding and the check that it is of.
     *
     * @param check its name.
     * @param finding what it found.
     */
    public record Result(String check, Finding finding) {}

    /**
     * The checks for a machine.
     *
     * @param use what it is wanted for; empty where nobody said: what concerns NICs and the driver is left out then.
     * @param directory of its media driver; empty where nobody said or where it shares none.
     * @param jvm that programs run on.
     * @return ready to run.
     */
    public static Examination of(Optional<HostUse> use, Optional<Path> directory, RunningJvm jvm) {
        List<Check> checks = new ArrayList<>();
        use.ifPresent(host -> {
            checks.add(new NicCheck(host));
            checks.add(new MtuCheck(host));
        });
        checks.add(new SocketBufferCheck());
        use.ifPresent(host -> checks.add(new LinkBufferCheck(host.paths())));
        checks.add(new DroppedDatagramsCheck());
        checks.add(new IgmpCheck(use));
        checks.add(new BridgeCheck(use));
        checks.add(new BusyPollCheck(use));
        checks.add(new CoreCountCheck(use, jvm));
        checks.add(new IsolatedCoresCheck(use));
        checks.add(new GovernorCheck());
        checks.add(new ClockSourceCheck());
        checks.add(new HugePagesCheck());
        checks.add(new SwapCheck());
        checks.add(new SharedMemoryCheck(use));
        use.ifPresent(host -> directory.ifPresent(
                path -> checks.add(new DirectoryCheck(host.driver(), path, DirectoryOccupancy::look))));
        checks.add(new JdkCheck(jvm));
        checks.add(new JvmFlagsCheck(jvm));
        return new Examination(checks);
    }

    /**
     * Runs all checks.
     *
     * @param machine to look at.
     * @return the worst first, and of the same state in the order of the checks.
     */
    public List<Result> run(Machine machine) {
        return checks.stream()
                .flatMap(check -> check.examine(machine).stream().map(finding -> new Result(check.name(), finding)))
                .sorted(Comparator.comparing(result -> result.finding().state()))
                .toList();
    }
}
