// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;
import java.util.Set;

/** Whether the Java is one that the tests run on. */
final class JdkCheck implements Check {
    private static final int OLDEST = 17;
    private static final Set<Integer> TESTED = Set.of(17, 25);

    private final RunningJvm jvm;

    JdkCheck(RunningJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public String name() {
        return "JDK";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        String found = jvm.version() + " (" + jvm.machine() + ")";
        String remedy = "set JAVA_HOME to a JDK 17 or 25";
        if (jvm.feature() < OLDEST) {
            return List.of(Finding.problem(found, "Heliograph needs " + OLDEST + " or later", remedy));
        }
        if (jvm.version().contains("-ea")) {
            return List.of(Finding.advice(found, "an early-access build: not for production", remedy));
        }
        return List.of(
                TESTED.contains(jvm.feature())
                        ? Finding.ok(found)
                        : Finding.advice(found, "the tests run on 17 and 25 only", remedy));
    }
}
