// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes that the rules look at: the product's without generated ones, the tests', a fixture's. */
final class Classes {
    private static final List<String> MODULES = List.of("config", "engine", "publishers", "subscribers", "perf");

    private Classes() {}

    /** Read once for all tests of the process: it takes seconds. */
    static JavaClasses product() {
        return Product.CLASSES;
    }

    private static JavaClasses readProduct() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .withImportOption(location -> !location.contains("/schema/sbe/"))
                .importPackages("io.heliograph");
    }

    static JavaClasses tests() {
        Path root = Path.of(System.getProperty("heliograph.root"));
        Stream<Path> folders = MODULES.stream()
                .map(module -> root.resolve(module).resolve("target").resolve("test-classes"))
                .filter(Files::isDirectory);
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/architecture/fixture/"))
                .importPaths(folders.toList());
    }

    static JavaClasses of(String packageName) {
        return new ClassFileImporter().importPackages(packageName);
    }

    static void assertFinds(ArchRule rule, JavaClasses classes, String breach) {
        List<String> details = rule.evaluate(classes).getFailureReport().getDetails();
        assertTrue(
                details.stream().anyMatch(detail -> detail.contains(breach)),
                () -> "'" + rule.getDescription() + "' did not find " + breach + " but " + details);
    }

    private static final class Product {
        private static final JavaClasses CLASSES = readProduct();
    }
}
