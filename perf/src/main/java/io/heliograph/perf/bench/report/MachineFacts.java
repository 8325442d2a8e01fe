// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import io.heliograph.engine.cli.JsonLine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a figure means nothing without: processor, cores, kernel, JDK, flags.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param cpu model name.
 * @param cores that this process may use.
 * @param kernel name and release.
 * @param jdk vendor and version.
 * @param flags of this JVM, and so of its processes.
 */
public record MachineFacts(String cpu, int cores, String kernel, String jdk, List<String> flags) {
    /**
     * This machine's.
     *
     * @return the facts.
     */
    public static MachineFacts read() {
        return new MachineFacts(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /**
     * The facts as an object of {@code --json}.
     *
     * @return the object.
     */
    public JsonLine json() {
        return new JsonLine()
                .put("type", "host")
                .put("cpu", cpu)
                .put("cores", cores)
                .put("kernel", kernel)
                .put("jdk", jdk)
                .strings("flags", flags);
    }

    @Override
    public String toString() {
        return cpu + ", " + cores + " cores, " + kernel + ", " + jdk;
    }

    private static String cpuModel() {
        try (java.util.stream.Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
