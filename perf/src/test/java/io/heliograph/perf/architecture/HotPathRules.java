// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.heliograph.engine.base.HotPath;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What code in packages marked {@link HotPath} must not do. Bytecode shows constructor calls, boxing, iterators, clocks
 * and synchronized methods; it does not show array creation or capturing lambdas: those the allocation tests find.
 */
final class HotPathRules {
    private static final DescribedPredicate<JavaClass> HOT = DescribedPredicate.describe(
            "classes of hot packages", type -> type.getPackage().isAnnotatedWith(HotPath.class));

    private static final Set<String> BOXES = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double");

    private static final Set<String> WALKS =
            Set.of("iterator", "listIterator", "spliterator", "forEach", "stream", "parallelStream");

    private HotPathRules() {}

    static ArchRule noConstructorCallsOutsideConstructors() {
        return classes()
                .that(HOT)
                .should(neverAccess(
                        "call constructors outside constructors (but for throw new)",
                        type -> Stream.concat(
                                type.getConstructorCallsFromSelf().stream(),
                                type.getConstructorReferencesFromSelf().stream()),
                        access -> !isConstruction(access)
                                && !access.getTargetOwner().isAssignableTo(Throwable.class)));
    }

    static ArchRule noBoxing() {
        return classes()
                .that(HOT)
                .should(neverAccess(
                        "box",
                        type -> type.getMethodCallsFromSelf().stream()
                                .filter(call -> call.getName().equals("valueOf")
                                        && call.getTarget().getRawParameterTypes().stream()
                                                .anyMatch(JavaClass::isPrimitive)),
                        access -> !isConstruction(access)
                                && BOXES.contains(access.getTargetOwner().getName())));
    }

    static ArchRule noIterators() {
        return classes()
                .that(HOT)
                .should(neverAccess(
                        "walk collections by iterator or stream",
                        type -> type.getMethodCallsFromSelf().stream().filter(call -> WALKS.contains(call.getName())),
                        access -> !isConstruction(access)
                                && (access.getTargetOwner().isAssignableTo(Iterable.class)
                                        || access.getTargetOwner().isAssignableTo(Map.class))));
    }

    static ArchRule noClockReads() {
        Set<String> system = Set.of("nanoTime", "currentTimeMillis");
        return classes()
                .that(HOT)
                .should(neverAccess(
                        "read the system's clocks",
                        type -> type.getMethodCallsFromSelf().stream(),
                        access -> (access.getTargetOwner().isEquivalentTo(System.class)
                                        && system.contains(access.getTarget().getName()))
                                || access.getTargetOwner()
                                        .getName()
                                        .matches("org\\.agrona\\.concurrent\\.System\\w*Clock")));
    }

    static ArchRule nothingSynchronized() {
        return classes().that(HOT).should(new ArchCondition<>("have no synchronized method and never wait") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    if (method.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
                        events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is synchronized"));
                    }
                }
                type.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                || (call.getTargetOwner().isEquivalentTo(Object.class)
                                        && call.getName().matches("wait|notify|notifyAll")))
                        .filter(call -> !isConstruction(call))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
            }
        });
    }

    static ArchRule nothingColdImported() {
        return noClasses()
                .that(HOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "java.util.stream..",
                        "java.util.concurrent.locks..",
                        "java.time..",
                        "java.nio.file..",
                        "java.io..",
                        "java.net..",
                        "org.slf4j..",
                        "picocli..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.Logger.class)
                .as("hot packages import no log, stream, lock, java.time, file or socket");
    }

    /**
     * Constructors and static initialisers run once, and so do factories (static methods that return their own type) and
     * contexts, whose suffix says so; toString is for people.
     */
    private static boolean isConstruction(JavaAccess<?> access) {
        JavaCodeUnit origin = access.getOrigin();
        boolean isFactory = origin.getModifiers().contains(JavaModifier.STATIC)
                && origin.getRawReturnType().equals(origin.getOwner());
        boolean isOnce = origin.isConstructor()
                || origin.getName().equals("<clinit>")
                || isFactory
                || origin.getOwner().getSimpleName().endsWith("Context");
        return (isOnce && !access.isDeclaredInLambda()) || origin.getName().equals("toString");
    }

    private static <A extends JavaAccess<?>> ArchCondition<JavaClass> neverAccess(
            String what,
            java.util.function.Function<JavaClass, Stream<? extends A>> accesses,
            Predicate<A> isForbidden) {
        return new ArchCondition<>("never " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                accesses.apply(type)
                        .filter(isForbidden)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }
}
