// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.EngineControl;
import io.heliograph.engine.HeliographException;
import io.heliograph.engine.priority.Marks;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ctl marks}: changes from when on, and until when, paths are busy.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "marks",
        description = {
            "Changes the marks of a bridge that leads to this host, until its engine ends: a path at whose other end as",
            "many messages wait as --hwm says is busy, until no more wait than --lwm says; meanwhile another one is",
            "used, if there is one. hwm= and lwm= at the bridge in the topology say so for good."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph ctl marks -t config/samples/two-sites.xml -H ldn1 --bridge ny --hwm 50000 --lwm 1000"
        })
final class CtlMarks implements Command {
    private static final String NONE = "none";

    @Mixin
    private TopologyOptions options = new TopologyOptions();

    @Option(
            names = "--bridge",
            paramLabel = "FROM",
            required = true,
            description =
                    "The site that the bridge comes from; a second one from there is FROM/2, as 'ctl paths' says.")
    private String bridge = "";

    @Option(
            names = "--hwm",
            paramLabel = "N",
            required = true,
            description = "High-water mark, messages; none: a path is never busy.")
    private String high = "";

    @Option(
            names = "--lwm",
            paramLabel = "N",
            description = "Low-water mark, messages, below the high one; half of it where it is not given.")
    private String low = "";

    @Option(names = "--json", description = "One JSON object, the summary: what the marks were and are.")
    private boolean isJson;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        Marks marks = marks();
        Topology topology = options.topology();
        HostPlace place = options.place(topology);
        Marks were;
        try {
            were = new EngineControl(topology, place).marks(bridge, marks);
        } catch (HeliographException cannot) {
            throw CommandException.failed(String.valueOf(cannot.getMessage()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            JsonLine line = new JsonLine()
                    .put("type", "summary")
                    .put("host", place.host().name())
                    .put("bridge", bridge);
            put(were, (name, mark) -> line.put(name + "Was", mark));
            put(marks, line::put);
            out.println(line);
        } else {
            out.println("bridge " + bridge + ": " + words(marks) + "; they were " + words(were));
        }
        out.flush();
        return 0;
    }

    private Marks marks() {
        long highMark = high.equals(NONE) ? Marks.NONE : number("--hwm", high);
        long lowMark = low.isEmpty() ? highMark / 2 : number("--lwm", low);
        if (lowMark >= highMark) {
            throw CommandException.wrongCall("--lwm " + lowMark + " is not below --hwm " + highMark
                    + ": a busy path would never be used again; give less, such as " + highMark / 2);
        }
        return new Marks(highMark, lowMark);
    }

    private static long number(String option, String text) {
        if (!text.matches("\\d{1,10}")) {
            throw CommandException.wrongCall(option + " " + text + " is no number of messages; give a whole one"
                    + (option.equals("--hwm") ? ", 1 and up, or " + NONE : ", 0 and up"));
        }
        return Long.parseLong(text);
    }

    private static String words(Marks marks) {
        return marks.high() == Marks.NONE ? "no marks" : "hwm " + marks.high() + ", lwm " + marks.low();
    }

    /** A bridge without marks has none to put. */
    private static void put(Marks marks, BiConsumer<String, Long> to) {
        if (marks.high() != Marks.NONE) {
            to.accept("hwm", marks.high());
            to.accept("lwm", marks.low());
        }
    }
}
