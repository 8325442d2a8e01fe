// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import static io.heliograph.engine.monitor.MachineTree.jvm;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.engine.monitor.Finding.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK and its flags. */
final class JvmChecksTest {
    private static final String UNCHECKED = "-Dagrona.disable.bounds.checks=true";
    private static final String EXPORT = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
    private static final List<String> FILE =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", EXPORT, "--sun-misc-unsafe-memory-access=allow", UNCHECKED);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"11, PROBLEM", "17, OK", "21, ADVICE", "25, OK"})
    void shouldWantAJdkThatTheTestsRunOn(int feature, State state) {
        assertEquals(
                state,
                new MachineTree(folder).only(new JdkCheck(jvm(feature, 2))).state());
    }

    @Test
    void shouldNotWantAnEarlyAccessBuild() {
        RunningJvm early = new RunningJvm(25, "25-ea+10", "VM", List.of(), Optional.empty(), 2);

        assertEquals(
                State.ADVICE, new MachineTree(folder).only(new JdkCheck(early)).state());
    }

    @Test
    void shouldBeContentWithTheLaunchersFlags() {
        Finding finding = new MachineTree(folder).only(flags(EXPORT, UNCHECKED));

        assertEquals("all of .mvn/jvm.flags in effect", finding.what());
        assertEquals(State.OK, finding.state());
    }

    @Test
    void shouldNameTheFlagsThatAreMissing() {
        Finding finding = new MachineTree(folder).only(flags(UNCHECKED));

        assertEquals(State.PROBLEM, finding.state());
        assertEquals("not in effect: " + EXPORT, finding.what());
    }

    @Test
    void shouldCountTheLastOfTheFlagsThatSetBoundsChecks() {
        List<Finding> findings =
                new MachineTree(folder).examine(flags(EXPORT, UNCHECKED, "-Dagrona.disable.bounds.checks=false"));

        assertEquals(
                List.of(State.OK, State.ADVICE),
                findings.stream().map(Finding::state).toList());
        assertEquals(UNCHECKED, findings.get(1).remedy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-XX:+UseBiasedLocking", "-Xint", "-XX:TieredStopAtLevel=1", "-agentlib:jdwp=transport=dt_socket"
            })
    void shouldNameAFlagThatSlows(String flag) {
        List<Finding> findings = new MachineTree(folder).examine(flags(EXPORT, UNCHECKED, flag));

        assertEquals(2, findings.size());
        assertEquals(State.ADVICE, findings.get(1).state());
        assertEquals(flag, findings.get(1).what());
    }

    @Test
    void shouldNotKnowWhatFlagsAreWantedWhenNoLauncherRan() {
        assertEquals(
                State.UNKNOWN,
                new MachineTree(folder)
                        .only(new JvmFlagsCheck(jvm(17, 2, UNCHECKED)))
                        .state());
    }

    private static Check flags(String... flags) {
        return new JvmFlagsCheck(new RunningJvm(17, "17", "VM", List.of(flags), Optional.of(FILE), 2));
    }
}
