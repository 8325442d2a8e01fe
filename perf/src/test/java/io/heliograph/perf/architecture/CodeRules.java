// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The rules about code anywhere in the house: signs on rooms, clocks, names, state of tests. */
final class CodeRules {
    private CodeRules() {}

    /** Every room has its sign, and the sign turns null checking on. */
    static ArchRule everyPackageHasAPackageInfo() {
        return classes()
                .should(new ArchCondition<>("reside in a package with a @NullMarked package-info") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean isSigned = type.getPackage()
                                .tryGetPackageInfo()
                                .map(sign -> sign.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                                .orElse(false);
                        events.add(new SimpleConditionEvent(
                                type, isSigned, type.getPackageName() + " (of " + type.getSimpleName() + ") has none"));
                    }
                })
                .as("every package has a package-info with @NullMarked");
    }

    /** Time is read by clocks; everybody else is given a clock or the time. */
    static ArchRule onlyClocksReadTheTime() {
        return noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Clock")
                .should()
                .callMethod(System.class, "nanoTime")
                .as("System.nanoTime is called by clocks only");
    }

    /** A name says what a thing is for; these say nothing. */
    static ArchRule namesSayWhatThingsAreFor() {
        return noClasses()
                .should()
                .haveNameMatching(".*[.$]([A-Za-z0-9]*(Manager|Helper|Util|Utils|Impl|Data|Info)"
                        + "|(Base|Common)[A-Z][A-Za-z0-9]*)")
                .as("no class is called Manager, Helper, Util, Impl, Base..., Common..., Data or Info");
    }

    /** Tests share nothing, so that they run in any order. */
    static ArchRule testsHaveNoStaticMutableState() {
        DescribedPredicate<JavaClass> written = DescribedPredicate.describe(
                "hand-written classes", type -> !type.getName().contains("jmh_generated"));
        return fields().that()
                .areDeclaredInClassesThat(written)
                .and()
                .areStatic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .as("tests have no static field that is not final");
    }
}
