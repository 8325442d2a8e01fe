// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** A run of the launcher: its exit code and what it said. */
record Captured(int exitCode, String out, String err) {
    static Captured run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outOctets = new ByteArrayOutputStream();
        ByteArrayOutputStream errOctets = new ByteArrayOutputStream();
        StringWriter said = new StringWriter();
        try {
            System.setOut(new PrintStream(outOctets, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errOctets, true, StandardCharsets.UTF_8));
            CommandLine line = Main.commandLine();
            line.setErr(new PrintWriter(said, true));
            int exitCode = line.execute(args);
            return new Captured(
                    exitCode,
                    outOctets.toString(StandardCharsets.UTF_8),
                    errOctets.toString(StandardCharsets.UTF_8) + said);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
