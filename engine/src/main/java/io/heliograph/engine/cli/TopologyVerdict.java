// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyException;
import io.heliograph.config.TopologyReader;
import io.heliograph.config.document.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Reads a topology for a role whose business is the file itself, and says all that is wrong with it: one line a mistake
 * on standard error, or one object a mistake on standard output.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> a wrong file is an answer here and no exception; the role ends with exit code 2.
 */
final class TopologyVerdict {
    private TopologyVerdict() {}

    static Optional<Topology> read(Path file, CommandLine role, boolean isJson) {
        try {
            return Optional.of(TopologyReader.read(file));
        } catch (TopologyException refused) {
            say(file, refused.problems(), role, isJson);
            return Optional.empty();
        }
    }

    /** How much a topology holds, in words. */
    static String contents(Topology topology) {
        return count(topology.sites().size(), "site") + ", " + count(hosts(topology), "host") + ", "
                + count(topology.streams().size(), "stream") + ", " + count(lines(topology), "line")
                + (topology.bridges().isEmpty()
                        ? ""
                        : ", " + count(topology.bridges().size(), "bridge"));
    }

    static long hosts(Topology topology) {
        return topology.sites().stream().mapToLong(site -> site.hosts().size()).sum();
    }

    static long lines(Topology topology) {
        return Lines.owners(topology.streams()).stream()
                .flatMap(stream -> topology.sitesOf(stream).stream()
                        .map(site -> Lines.of(topology, stream, site).size()))
                .mapToLong(Integer::longValue)
                .sum();
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static void say(Path file, List<Problem> problems, CommandLine role, boolean isJson) {
        if (isJson) {
            PrintWriter out = role.getOut();
            for (Problem problem : problems) {
                out.println(new JsonLine()
                        .put("type", "problem")
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("what", problem.what())
                        .put("remedy", problem.remedy()));
            }
            out.println(new JsonLine()
                    .put("type", "summary")
                    .put("file", file.toString())
                    .put("ok", false)
                    .put("problems", problems.size()));
            out.flush();
        } else {
            PrintWriter err = role.getErr();
            problems.forEach(err::println);
            err.flush();
        }
    }
}
