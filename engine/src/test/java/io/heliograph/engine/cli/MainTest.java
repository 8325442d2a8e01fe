// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            drivr                               | heliograph: no role 'drivr'; did you mean driver?; see heliograph --help
            xyzzy                               | heliograph: no role 'xyzzy'; see heliograph --help
            driver --directory /x --jsn         | heliograph driver: no option '--jsn'; did you mean --json?; see heliograph driver --help
            driver --directory /x y             | heliograph driver: cannot take 'y'; see heliograph driver --help
            driver --directory /x --profile max | heliograph driver: Invalid value for option '--profile': 'max' is no profile: default, low-latency; see heliograph driver --help
            driver --directory /x --term-length 1000 | driver: term length 1000 is not a power of two from 65536 to 1073741824
            engine --host a                     | heliograph engine: Missing required option: '--topology=FILE'; see heliograph engine --help
            engine --topolgy x --host a         | heliograph engine: no option '--topolgy'; did you mean --topology?; see heliograph engine --help
            engine --topolgy=x --host a         | heliograph engine: no option '--topolgy=x'; did you mean --topology?; see heliograph engine --help
            engine --host a y                   | heliograph engine: Missing required option: '--topology=FILE'; see heliograph engine --help
            """)
    void shouldSayOneClearLineWhenTheCallIsWrong(String call, String line) {
        StringWriter said = new StringWriter();
        CommandLine main = Main.commandLine().setErr(new PrintWriter(said, true));

        int exitCode = main.execute(call.split(" "));

        assertEquals(line + System.lineSeparator(), said.toString());
        assertEquals(2, exitCode);
    }
}
