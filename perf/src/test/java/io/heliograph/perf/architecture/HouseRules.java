// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules about who uses whom, for a house whose packages begin with a given root: the product's own, or a fixture's
 * that breaks them.
 */
final class HouseRules {
    /** The engine's rooms; each uses only those before it. The empty name is the engine's root package. */
    static final List<String> ROOMS = List.of(
            "base",
            "wire",
            "schema",
            "media",
            "stream",
            "intake",
            "priority",
            "link",
            "journal",
            "recovery",
            "discovery",
            "service",
            "bridge",
            "group",
            "monitor",
            "",
            "cli");

    /** The rooms of public protocols, which do not know each other. */
    static final List<String> DECODERS = List.of("itch50", "moldudp64", "soupbintcp", "iex", "mdp3", "pcap");

    private static final String[] PRODUCT = {"config", "engine", "publishers", "subscribers"};

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    ArchRule modulesUseOnlyWhatStandsBelow() {
        return CompositeArchRule.of(List.of(
                module("config", "config"),
                module("engine", "config", "engine"),
                module("publishers", "config", "engine", "publishers"),
                module("subscribers", "config", "engine", "subscribers")));
    }

    ArchRule roomsUseOnlyRoomsAboveThem() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String[] below =
                    ROOMS.subList(i + 1, ROOMS.size()).stream().map(this::room).toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below)
                    .as("engine room '" + ROOMS.get(i) + "' uses only rooms above it")
                    .allowEmptyShould(true));
        }
        return CompositeArchRule.of(rules);
    }

    ArchRule everyRoomIsInTheList() {
        String[] rooms = ROOMS.stream().map(this::room).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + ".engine..")
                .should()
                .resideInAnyPackage(rooms)
                .as("the engine has no room that the architecture does not name")
                .allowEmptyShould(true);
    }

    ArchRule decodersDoNotKnowEachOther() {
        List<ArchRule> rules = new ArrayList<>();
        for (String decoder : DECODERS) {
            String[] others = DECODERS.stream()
                    .filter(other -> !other.equals(decoder))
                    .map(other -> root + ".publishers." + other + "..")
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(root + ".publishers." + decoder + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .as("decoder '" + decoder + "' uses no other decoder")
                    .allowEmptyShould(true));
        }
        return CompositeArchRule.of(rules);
    }

    ArchRule packagesHaveNoCycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .as("packages have no cycles")
                .allowEmptyShould(true);
    }

    ArchRule configStandsOnTheJdkAlone() {
        return classes()
                .that()
                .resideInAPackage(root + ".config..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        root + ".config..", "java..", "javax..", "org.xml..", "org.w3c..", "org.jspecify..", "")
                .as("config stands on the JDK alone")
                .allowEmptyShould(true);
    }

    ArchRule aeronStaysInItsRooms() {
        return library("io.aeron..", "Aeron", List.of(room("media"), room("stream"), room("")));
    }

    ArchRule picocliStaysInTheCliRooms() {
        return library(
                "picocli..",
                "picocli",
                List.of(root + ".engine.cli..", root + ".publishers.cli..", root + ".subscribers.cli.."));
    }

    ArchRule nettyStaysInItsRooms() {
        return library("io.netty..", "Netty", List.of(room("link"), room("monitor")));
    }

    ArchRule chronicleStaysInTheJournal() {
        return library("net.openhft..", "Chronicle", List.of(room("journal")));
    }

    private ArchRule module(String module, String... mayUse) {
        String[] foreign = Stream.of("config", "engine", "publishers", "subscribers", "perf")
                .filter(other -> !List.of(mayUse).contains(other))
                .map(other -> root + "." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign)
                .as("module '" + module + "' uses only " + String.join(", ", mayUse))
                .allowEmptyShould(true);
    }

    private ArchRule library(String packages, String name, List<String> rooms) {
        DescribedPredicate<JavaClass> elsewhere = DescribedPredicate.describe(
                "product classes outside its rooms",
                type -> Stream.of(PRODUCT).anyMatch(module -> in(type, root + "." + module + ".."))
                        && rooms.stream().noneMatch(room -> in(type, room)));
        return noClasses()
                .that(elsewhere)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages)
                .as(name + " is used in its own rooms only")
                .allowEmptyShould(true);
    }

    private String room(String name) {
        return name.isEmpty() ? root + ".engine" : root + ".engine." + name + "..";
    }

    private static boolean in(JavaClass type, String packages) {
        return JavaClass.Predicates.resideInAPackage(packages).test(type);
    }
}
