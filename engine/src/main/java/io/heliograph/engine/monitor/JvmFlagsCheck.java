// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the JVM runs with the launcher's flags, and with none that slows it. */
final class JvmFlagsCheck implements Check {
    private static final String BOUNDS_CHECKS = "-Dagrona.disable.bounds.checks=";

    /** What a JVM without it does not even start with, or does not need. */
    private static final List<String> ONLY_FOR_SOME = List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe");

    private static final String OPTIONS = "take it out of HELIOGRAPH_JAVA_OPTS, JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS";

    private final RunningJvm jvm;

    JvmFlagsCheck(RunningJvm jvm) {
        this.jvm = jvm;
    }

    @Override
    public String name() {
        return "JVM flags";
    }

    @Override
    public List<Finding> examine(Machine machine) {
        List<Finding> findings = new ArrayList<>();
        findings.add(completeness());
        if (!"true".equals(last(BOUNDS_CHECKS))) {
            findings.add(Finding.advice(
                    "Agrona checks the bounds of every access to a buffer",
                    "some ns at every message, for lengths that are checked already",
                    BOUNDS_CHECKS + "true"));
        }
        slowing("-XX:+UseBiasedLocking", "taking back a bias stops all threads").ifPresent(findings::add);
        slowing("-Xint", "nothing is compiled: tens of times slower").ifPresent(findings::add);
        slowing("-XX:TieredStopAtLevel=", "the optimising compiler is off").ifPresent(findings::add);
        slowing("-agentlib:jdwp", "a debugger can stop every thread").ifPresent(findings::add);
        slowing("-Xrunjdwp", "a debugger can stop every thread").ifPresent(findings::add);
        return findings;
    }

    private Finding completeness() {
        if (jvm.wanted().isEmpty()) {
            return Finding.unknown("no launcher ran this process, so there is no .mvn/jvm.flags to compare with");
        }
        Set<String> given = new HashSet<>(jvm.flags());
        List<String> missing = jvm.wanted().get().stream()
                .filter(flag -> !given.contains(flag))
                .filter(flag -> !flag.startsWith(BOUNDS_CHECKS))
                .filter(flag -> ONLY_FOR_SOME.stream().noneMatch(flag::startsWith))
                .toList();
        return missing.isEmpty()
                ? Finding.ok("all of .mvn/jvm.flags in effect")
                : Finding.problem(
                        "not in effect: " + String.join(" ", missing),
                        "buffers, journal or multicast may be refused by the JVM when they are first used",
                        "start through ./heliograph, or with java @.mvn/jvm.flags");
    }

    private Optional<Finding> slowing(String flag, String cost) {
        return jvm.flags().stream()
                .filter(given -> given.startsWith(flag))
                .findFirst()
                .map(given -> Finding.advice(given, cost, OPTIONS));
    }

    /** The value of the flag that counts: the last of its kind. */
    private String last(String flag) {
        String value = "";
        for (String given : jvm.flags()) {
            value = given.startsWith(flag) ? given.substring(flag.length()) : value;
        }
        return value;
    }
}
