// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.cli;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.DriverChoice;
import io.heliograph.engine.Heliograph;
import io.heliograph.engine.HeliographContext;
import io.heliograph.engine.cli.Main;
import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.LoopbackTopology;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The role {@code publish} over real sockets on loopback, heard to the end of the epoch. */
class PublishIT {
    @TempDir
    private Path folder;

    private long messages;

    @ParameterizedTest(name = "--source {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "generate:1,messages=50000,symbols=100|50000",
                "generate:1,messages=20000,symbols=50 --source generate:2,messages=30000,symbols=50|50000",
                "generate:1,messages=20000,symbols=50 --pace 40000/s|20000"
            })
    void shouldDeliverEveryMessageAndTheEndOfTheEpoch(String options, long expected) {
        Path topology = LoopbackTopology.sample(folder);
        SchemaWalker walker = new SchemaWalker();
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(topology))
                .host("host1")
                .driver(DriverChoice.embedded());
        try (Heliograph heliograph = Heliograph.connect(context);
                StreamSubscription subscription = heliograph.addSubscription("itch", StreamListener.NONE)) {
            CompletableFuture<Integer> exitCode =
                    CompletableFuture.supplyAsync(() -> Main.commandLine().execute(call(topology, options)));

            awaiting(
                    "the end of the epoch",
                    () -> {
                        heliograph.doWork();
                        subscription.poll(
                                (buffer, offset, length, header) -> {
                                    assertEquals(++messages, header.sequence());
                                    walker.wrap(buffer, offset, length);
                                },
                                64);
                    },
                    subscription::isEnded);

            assertEquals(expected, messages);
            assertEquals(0, walker.malformedCount());
            assertEquals(0, subscription.statistics().lostMessages());
            awaiting("the role", heliograph::doWork, exitCode::isDone);
            assertEquals(0, exitCode.join());
        }
    }

    private static String[] call(Path topology, String options) {
        return ("publish --topology " + topology + " --host host1 --stream itch --driver embedded --wait 20s --source "
                        + options)
                .split(" ", -1);
    }
}
