// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.cli.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheMedianOfTheRoundsRatios() {
        Row row = row(new double[] {30, 20, 80}, new double[] {10, 10, 20});

        assertEquals(30, row.value());
        assertEquals(new Ratio(3, 2, 4), row.ratio());
        assertTrue(row.isValid());
    }

    @Test
    void shouldHaveNoRatioToNothing() {
        assertEquals(null, row(new double[] {1}, new double[] {0}).ratio());
    }

    @Test
    void shouldSayWhyARowIsNotValid() {
        Series series = new Series("heliograph");
        series.add(1.0);
        series.fault("the rate was not held");
        series.fault("the rate was not held");

        Row row = series.row("s", "p50", "ns", series);

        assertFalse(row.isValid());
        assertTrue(row.json().toString().contains("\"why\":\"the rate was not held\""));
    }

    @Test
    void shouldHoldAgainstTheRunWhatWasMeasuredAndIsNotValidOnly() {
        Series broken = series("heliograph", new double[] {1});
        broken.fault("the rate was not held");
        Series unseen = new Series("heliograph");
        unseen.fault("no round had 3 windows without a pause");

        Row invalid = broken.row("s", "p50", "ns", broken);
        Row notJudged = unseen.row("s", "p99", "ns", unseen).withTarget(Target.valueAtLeast(1));

        assertTrue(invalid.isBroken());
        assertFalse(notJudged.isBroken());
        assertFalse(notJudged.isMissed());
        assertFalse(notJudged.json().toString().contains("\"met\""));
        assertTrue(table(invalid).contains("NOT VALID: the rate was not held"), table(invalid));
        assertTrue(table(notJudged).contains("not judged: no round had 3 windows"), table(notJudged));
    }

    @Test
    void shouldFindNoRegressionInWhatWasNotJudged() throws IOException {
        Series unseen = new Series("heliograph");
        unseen.fault("no round had 3 windows without a pause");
        Path older = result("old.json", row(new double[] {30}, new double[] {10}));
        Path newer = result("new.json", unseen.row("throughput x", "throughput", "messages/s", unseen));

        assertEquals(0, compare(older, newer, 0));
    }

    @Test
    void shouldJudgeTargetsByRatioOrValue() {
        Row row = row(new double[] {24}, new double[] {10});

        assertTrue(Target.ratioAtLeast(2.4).isMetBy(row));
        assertFalse(Target.ratioAtLeast(2.41).isMetBy(row));
        assertFalse(Target.ratioAtMost(1.06).isMetBy(row));
        assertTrue(Target.valueAtLeast(24).isMetBy(row));
    }

    @Test
    void shouldFindARegressionBetweenTwoResults() throws IOException {
        Path older = result("old.json", row(new double[] {30}, new double[] {10}));
        Path newer = result("new.json", row(new double[] {25}, new double[] {10}));

        assertEquals(1, compare(older, newer, 10));
        assertEquals(0, compare(older, newer, 20));
        assertEquals(0, compare(newer, older, 0), "better is no regression");
    }

    @Test
    void shouldFindAResultThatIsNotValidAnyMore() throws IOException {
        Series broken = new Series("heliograph");
        broken.add(30.0);
        broken.fault("messages did not come");
        Path older = result("old.json", row(new double[] {30}, new double[] {10}));
        Path newer = result("new.json", broken.row("throughput x", "throughput", "messages/s", broken));

        assertEquals(1, compare(older, newer, 1_000));
    }

    @Test
    void shouldRefuseAFileWithoutResults() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.json"), "{\"type\":\"summary\"}\n");

        CommandException refused = assertThrows(CommandException.class, () -> ResultFile.read(file));
        CommandException missing =
                assertThrows(CommandException.class, () -> ResultFile.read(folder.resolve("none.json")));

        assertEquals(2, refused.exitCode());
        assertEquals(2, missing.exitCode());
    }

    private static Row row(double[] subject, double[] baseline) {
        return series("heliograph", subject).row("throughput x", "throughput", "messages/s", series("aeron", baseline));
    }

    private static Series series(String name, double[] values) {
        Series series = new Series(name);
        for (double value : values) {
            series.add(value);
        }
        return series;
    }

    private static String table(Row row) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Table.print(List.of(row), new PrintStream(shown, true, StandardCharsets.UTF_8));
        return shown.toString(StandardCharsets.UTF_8);
    }

    private Path result(String name, Row row) throws IOException {
        return Files.write(
                folder.resolve(name), List.of("{\"type\":\"host\"}", row.json().toString()));
    }

    private static int compare(Path older, Path newer, double percent) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return Comparison.print(ResultFile.read(older), ResultFile.read(newer), percent, nowhere);
    }
}
