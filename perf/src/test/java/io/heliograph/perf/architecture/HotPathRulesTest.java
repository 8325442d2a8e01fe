// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.engine.base.HotPath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Hot packages do nothing that costs a pause, and each rule that says so finds its breach in the fixture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotPathRulesTest {
    private static final List<ArchRule> RULES = List.of(
            HotPathRules.noConstructorCallsOutsideConstructors(),
            HotPathRules.noBoxing(),
            HotPathRules.noIterators(),
            HotPathRules.noClockReads(),
            HotPathRules.nothingSynchronized(),
            HotPathRules.nothingColdImported());

    private final JavaClasses product = Classes.product();
    private final JavaClasses fixture = Classes.of("io.heliograph.perf.architecture.fixture");

    @Test
    void shouldKnowHotPackagesByTheirMark() {
        assertTrue(product.get("io.heliograph.engine.stream.MessageHeader")
                .getPackage()
                .isAnnotatedWith(HotPath.class));
        assertFalse(product.get("io.heliograph.engine.cli.Main").getPackage().isAnnotatedWith(HotPath.class));
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepHotPackagesClean() {
        return RULES.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(product)));
    }

    @TestFactory
    List<DynamicTest> shouldFindEachBreach() {
        return List.of(
                finds(HotPathRules.noConstructorCallsOutsideConstructors(), "Allocates"),
                finds(HotPathRules.noConstructorCallsOutsideConstructors(), "AllocatesByReference"),
                finds(HotPathRules.noBoxing(), "Boxes"),
                finds(HotPathRules.noIterators(), "Iterates"),
                finds(HotPathRules.noClockReads(), "ReadsTheClock"),
                finds(HotPathRules.noClockReads(), "ReadsAgronasClock"),
                finds(HotPathRules.nothingSynchronized(), "Synchronizes"),
                finds(HotPathRules.nothingSynchronized(), "Yields"),
                finds(HotPathRules.nothingColdImported(), "Logs"),
                finds(HotPathRules.nothingColdImported(), "OpensFiles"));
    }

    @TestFactory
    Stream<DynamicTest> shouldFindNothingInCleanCode() {
        return RULES.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(),
                        () -> assertTrue(rule.evaluate(fixture).getFailureReport().getDetails().stream()
                                .noneMatch(detail -> detail.contains("$Clean")))));
    }

    private DynamicTest finds(ArchRule rule, String breach) {
        return DynamicTest.dynamicTest(
                breach + ": " + rule.getDescription(),
                () -> Classes.assertFinds(rule, fixture, "HotBreaches$" + breach));
    }
}
