// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.Site;
import io.heliograph.config.Topology;
import io.heliograph.config.document.Suggestion;
import io.heliograph.engine.link.tls.CertificateAuthority;
import io.heliograph.engine.link.tls.CertificateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The role {@code certs}: an authority and certificates of nodes, for a start.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "certs",
        description = {
            "Makes an authority and the certificates of a topology's hosts, or of one site's, for links with TLS.",
            "An authority that the directory has already is used again. Nothing is ever written over.",
            "Give each host authority.pem and its own NAME.pem and NAME.key, and nobody authority.key:",
            "whoever has that can be any node. A site with an authority of its own uses that one instead."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph certs --topology ny.xml --site ny --directory certs",
            "         heliograph certs --topology ny.xml --directory certs --node research-1"
        })
public final class CertsRole implements Command {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MAX_DAYS = 36_500;

    @Option(
            names = {"-t", "--topology"},
            paramLabel = "FILE",
            required = true,
            description = "The topology file.")
    private Path file = Path.of("");

    @Option(names = "--site", paramLabel = "NAME", description = "The hosts of this site only.")
    private @Nullable String site;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            split = ",",
            description = "These nodes instead of the topology's hosts; any name that its <allow> elements may know.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "DIRECTORY",
            description = "Where the files are and go; certs beside the topology file where it is not given.")
    private @Nullable Path directory;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "How long nodes' certificates are valid: ${DEFAULT-VALUE} days.")
    private int days = 365;

    @Option(
            names = "--authority-days",
            paramLabel = "N",
            defaultValue = "3650",
            description = "How long a new authority is: ${DEFAULT-VALUE} days.")
    private int authorityDays = 3_650;

    @Option(names = "--json", description = "One JSON object a line on standard output: each file, then a summary.")
    private boolean isJson;

    /** Made by the service loader. */
    public CertsRole() {}

    @Override
    public Integer call() {
        Topology topology = TopologyOptions.read(file);
        checkDays("--days", days);
        checkDays("--authority-days", authorityDays);
        List<String> names = names(topology);
        Path given = directory;
        Path to = given == null ? file.toAbsolutePath().resolveSibling("certs") : given;
        String authority = (site == null ? topology.name() : site) + " authority";
        List<Path> written;
        try {
            written = new CertificateAuthority(to).issue(authority, names, days, authorityDays);
        } catch (CertificateException refused) {
            throw CommandException.failed(String.valueOf(refused.getMessage()));
        }
        say(written, names.size());
        return 0;
    }

    private void say(List<Path> written, int count) {
        for (Path path : written) {
            if (isJson) {
                new JsonLine().put("type", "file").put("path", path.toString()).print(System.out);
            } else {
                System.out.println(path);
            }
        }
        if (isJson) {
            new JsonLine()
                    .put("type", "summary")
                    .put("files", (long) written.size())
                    .put("nodes", (long) count)
                    .put("days", (long) days)
                    .print(System.out);
        }
    }

    private List<String> names(Topology topology) {
        if (!nodes.isEmpty()) {
            for (String node : nodes) {
                if (!NAME.matcher(node).matches() || node.equals("authority")) {
                    throw CommandException.wrongCall("no name for a node: '" + node
                            + "'; letters, digits, '.', '_' and '-', at most 64, a letter or digit first");
                }
            }
            return nodes.stream().distinct().toList();
        }
        String wanted = site;
        List<Site> sites = wanted == null ? topology.sites() : List.of(site(topology, wanted));
        List<String> names = sites.stream()
                .flatMap(each -> each.hosts().stream())
                .map(Host::name)
                .toList();
        if (names.contains("authority")) {
            throw CommandException.wrongCall("a host called authority would take the authority's files; rename it");
        }
        return names;
    }

    private Site site(Topology topology, String name) {
        List<String> known = topology.sites().stream().map(Site::name).toList();
        return topology.site(name)
                .orElseThrow(() -> CommandException.wrongCall(
                        "no site '" + name + "' in " + file + "; " + Suggestion.of(name, known)));
    }

    private static void checkDays(String option, int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw CommandException.wrongCall(option + " " + days + ": 1 to " + MAX_DAYS + " days");
        }
    }
}
