// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The house is built as the architecture says, and each rule that says so finds its breach in the fixture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String FIXTURE = "io.heliograph.perf.architecture.fixture";

    private final JavaClasses product = Classes.product();
    private final JavaClasses fixture = Classes.of(FIXTURE);

    @Test
    void shouldSeeTheClassesOfTheProduct() {
        assertTrue(product.contain("io.heliograph.engine.cli.Main"));
        assertFalse(product.contain(ArchitectureTest.class), "test classes are not the product");
        assertTrue(
                product.stream().noneMatch(type -> type.getPackageName().contains("testkit")),
                "doubles are not the product");
    }

    @TestFactory
    List<DynamicTest> shouldHoldTheHouseToItsGraphs() {
        HouseRules house = new HouseRules("io.heliograph");
        return List.of(
                holds(house.modulesUseOnlyWhatStandsBelow()),
                holds(house.roomsUseOnlyRoomsAboveThem()),
                holds(house.everyRoomIsInTheList()),
                holds(house.decodersDoNotKnowEachOther()),
                holds(house.packagesHaveNoCycles()),
                holds(house.configStandsOnTheJdkAlone()),
                holds(house.aeronStaysInItsRooms()),
                holds(house.picocliStaysInTheCliRooms()),
                holds(house.nettyStaysInItsRooms()),
                holds(house.chronicleStaysInTheJournal()));
    }

    @TestFactory
    List<DynamicTest> shouldHoldAllCodeToTheStyle() {
        return List.of(
                holds(CodeRules.everyPackageHasAPackageInfo()),
                holds(CodeRules.onlyClocksReadTheTime()),
                holds(CodeRules.namesSayWhatThingsAreFor()));
    }

    @Test
    void shouldFindNoStaticMutableStateInTests() {
        CodeRules.testsHaveNoStaticMutableState().check(Classes.tests());
    }

    @TestFactory
    List<DynamicTest> shouldFindEachBreach() {
        HouseRules house = new HouseRules(FIXTURE);
        return List.of(
                finds(house.modulesUseOnlyWhatStandsBelow(), "KnowsTheEngine"),
                finds(house.roomsUseOnlyRoomsAboveThem(), "ReachesDown"),
                finds(house.everyRoomIsInTheList(), "Guest"),
                finds(house.decodersDoNotKnowEachOther(), "KnowsIex"),
                finds(house.packagesHaveNoCycles(), "ReachesDown"),
                finds(house.configStandsOnTheJdkAlone(), "KnowsTheEngine"),
                finds(house.aeronStaysInItsRooms(), "UsesForeignLibraries"),
                finds(house.picocliStaysInTheCliRooms(), "UsesForeignLibraries"),
                finds(house.chronicleStaysInTheJournal(), "UsesForeignLibraries"),
                finds(CodeRules.everyPackageHasAPackageInfo(), "WithoutSign"),
                finds(CodeRules.onlyClocksReadTheTime(), "UsesForeignLibraries"),
                finds(CodeRules.namesSayWhatThingsAreFor(), "ThingManager"),
                finds(CodeRules.testsHaveNoStaticMutableState(), "KeepsState"));
    }

    private DynamicTest holds(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(product));
    }

    private DynamicTest finds(ArchRule rule, String breach) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> Classes.assertFinds(rule, fixture, breach));
    }
}
