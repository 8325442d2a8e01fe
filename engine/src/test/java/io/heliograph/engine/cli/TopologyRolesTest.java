// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The roles check and plan, as a user calls them. */
class TopologyRolesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("heliograph.root", ".."), "config/samples");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldCountWhatATopologyHoldsWhenItIsRight() {
        assertEquals(0, run("check", SAMPLES.resolve("one-site.xml").toString()));

        assertEquals("ok: topology one-site: 1 site, 2 hosts, 2 streams, 4 lines\n", out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldSayEveryMistakeAndEndWithTwoWhenTopologyIsWrong() throws IOException {
        Path wrong = wrong();

        assertEquals(2, run("check", wrong.toString()));

        assertEquals("", out.toString());
        assertEquals(
                List.of(
                        wrong + ":1:1: <topology> has no <site>; add a <site> inside it",
                        wrong + ":1:71: id=\"0\" is no valid id; write 1 to 2147483647",
                        wrong
                                + ":1:102: bond=\"\" is no valid name; write letters, digits, '.', '_' and '-', at"
                                + " most 64, a letter or digit first"),
                err.toString().lines().toList());
    }

    @Test
    void shouldPrintOneObjectAMistakeWhenAskedForJson() throws IOException {
        assertEquals(2, run("check", "--json", wrong().toString()));

        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).startsWith("{\"type\":\"problem\",\"file\":"), lines.get(0));
        assertTrue(lines.get(3).startsWith("{\"type\":\"summary\","), lines.get(3));
        assertTrue(lines.get(3).endsWith("\"ok\":false,\"problems\":3}"), lines.get(3));
        assertEquals("", err.toString());
    }

    @Test
    void shouldEndWithTwoWhenThereIsNoSuchFile() {
        assertEquals(2, run("plan", "no-such.xml"));

        assertEquals("no-such.xml:1:1: there is no such file; check the path\n", err.toString());
    }

    @Test
    void shouldDrawThePlanOfLoopback() {
        assertEquals(0, run("plan", SAMPLES.resolve("loopback.xml").toString()));

        assertEquals("""
            topology loopback

            site local: multicast 239.20.0.0/20, 2 of 2047 places taken
              host   NIC  address      mtu   mode       driver
              host1  a    127.0.0.1/8  1500  multicast  process
              host1  b    127.0.0.2/8  1500  multicast  process

            stream itch, id 1001, from site local
              lines         redundant: on every NIC of bond ab; a subscriber joins every line, the first arrival wins
              published by  host1
              open to       host1 on A+B
              packets       up to 1408 bytes, sealed
              pace          the slowest subscriber's
              repair        by asking again; a gap is given up after 250 ms, an unfinished epoch is waited for 1 s
              line  NIC  sent to              control        carries               why
              A     a    239.20.14.151:21867  239.20.14.152  all, like every line  NIC 1 of the bond; place (8 x 1001 + 0) mod 2047 = 1867
              B     b    239.20.14.153:21868  239.20.14.154  all, like every line  NIC 2 of the bond; place (8 x 1001 + 1) mod 2047 = 1868
            """, out.toString());
    }

    @Test
    void shouldDrawABridgeAndTheLinesThatItGives() {
        assertEquals(0, run("plan", SAMPLES.resolve("two-sites.xml").toString()));

        String plan = out.toString();
        assertTrue(plan.contains("site ldn: multicast 239.20.16.0/20, 2 of 2047 places taken"), plan);
        String ldn = "in site ldn, over bridge ny to ldn";
        assertTrue(plan.contains(ldn), plan);
        assertEquals("""
            in site ldn, over bridge ny to ldn
                lines    redundant: on every NIC of bond ab; a subscriber joins every line, the first arrival wins
                sent by  ldn1
                open to  ldn1 on A+B, ldn2 on A+B
                packets  up to 1408 bytes
                line  NIC  from  sent to              control        carries               why
                A     a    ldn1  239.20.30.151:21867  239.20.30.152  all, like every line  NIC 1 of the bond; place (8 x 1001 + 0) mod 2047 = 1867
                B     b    ldn1  239.20.30.153:21868  239.20.30.154  all, like every line  NIC 2 of the bond; place (8 x 1001 + 1) mod 2047 = 1868

            bridge ny to ldn
              carries  itch
              paths    failover: one at a time, another when it is not available
              behind   keep: everything, however late
              limit    none
              packed   auto: where it pays
              path         priority  connects     at
              ny1 to ldn1  1         ldn1 to ny1  127.0.0.1:7401
              ny2 to ldn1  2         ldn1 to ny2  127.0.0.1:7402
            """, plan.substring(plan.indexOf(ldn)));
    }

    @Test
    void shouldSayMarksAndBuffersOfABridgeThatHasSome() throws IOException {
        String sample = Files.readString(SAMPLES.resolve("two-sites.xml"))
                .replace(
                        "bond=\"ab\" lines=\"redundant\">",
                        "bond=\"ab\" lines=\"redundant\" hwm=\"5000\" lwm=\"1000\">")
                .replace("from=\"ny2\" to=\"ldn1\"", "from=\"ny2\" to=\"ldn1\" buffer=\"10 MB\"");
        Path file = Files.writeString(folder.resolve("marks.xml"), sample);
        Path svg = folder.resolve("marks.svg");
        assertEquals(0, run("plan", file.toString(), "--svg", svg.toString()), err.toString());

        String plan = out.toString();
        assertTrue(plan.contains("busy     a path where 5000 messages wait, until no more than 1000 do"), plan);
        assertTrue(plan.contains("ny1 to ldn1  1         ldn1 to ny1  127.0.0.1:7401  the system's\n"), plan);
        assertTrue(plan.contains("ny2 to ldn1  2         ldn1 to ny2  127.0.0.1:7402  10 MB\n"), plan);
        String drawn = Files.readString(svg);
        assertTrue(drawn.contains("failover, keep, busy from 5000 to 1000"), drawn);
        assertTrue(drawn.contains("ldn1 connects to 127.0.0.1:7402, buffer 10 MB"), drawn);

        assertEquals(0, run("plan", "--json", file.toString()));
        assertTrue(out.toString().contains("\"hwm\":5000,\"lwm\":1000,\"paths\":["), out.toString());
        assertTrue(out.toString().contains("\"at\":\"127.0.0.1:7402\",\"bufferOctets\":10000000}]"), out.toString());
    }

    @Test
    void shouldCountLinesOfEachSiteAndBridges() {
        assertEquals(0, run("check", SAMPLES.resolve("two-sites.xml").toString()));

        assertEquals("ok: topology two-sites: 2 sites, 4 hosts, 1 stream, 4 lines, 1 bridge\n", out.toString());
    }

    @Test
    void shouldPrintBridgesAsJson() {
        assertEquals(0, run("plan", "--json", SAMPLES.resolve("two-sites.xml").toString()));

        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(
                lines.get(0)
                        .contains("\"elsewhere\":[{\"site\":\"ldn\",\"policy\":\"redundant\",\"mtu\":1408,\"lines\":["),
                lines.get(0));
        assertTrue(lines.get(0).contains("\"senders\":[\"ldn1\"]"), lines.get(0));
        assertEquals(
                "{\"type\":\"bridge\",\"from\":\"ny\",\"to\":\"ldn\",\"streams\":[\"itch\"],\"bond\":\"ab\","
                        + "\"policy\":\"redundant\",\"select\":\"failover\",\"lag\":\"keep\",\"lagBoundNs\":0,\"rateBps\":0,"
                        + "\"compress\":\"auto\",\"paths\":["
                        + "{\"from\":\"ny1\",\"to\":\"ldn1\",\"priority\":1,\"connects\":\"ldn1\",\"at\":\"127.0.0.1:7401\"},"
                        + "{\"from\":\"ny2\",\"to\":\"ldn1\",\"priority\":2,\"connects\":\"ldn1\",\"at\":\"127.0.0.1:7402\"}]}",
                lines.get(1));
        assertTrue(lines.get(2).endsWith("\"streams\":1,\"bridges\":1}"), lines.get(2));
    }

    @Test
    void shouldSayWhereSubscribersAskWhenTheSiteHasNoMulticast() {
        assertEquals(0, run("plan", SAMPLES.resolve("unicast.xml").toString()));

        String plan = out.toString();
        assertTrue(plan.contains("site local: no multicast, unicast throughout, 2 of 8191 places taken"), plan);
        assertTrue(plan.contains("host1  a    127.0.0.1/8  1500  unicast  engine"), plan);
        assertTrue(plan.contains("line  NIC  sent to          control          carries"), plan);
        assertTrue(plan.contains("A     a    each subscriber  127.0.0.1:28008  all, like every line"), plan);
        assertTrue(plan.contains("B     b    each subscriber  127.0.0.2:28009  all, like every line"), plan);
    }

    @Test
    void shouldShowEachPartitionWithItsIdAndTheNicThatItsHashGives() {
        assertEquals(0, run("plan", SAMPLES.resolve("partitions.xml").toString()));

        String plan = out.toString();
        for (int i = 0; i < 4; i++) {
            assertTrue(plan.contains("stream itch/" + i + ", id " + (i + 1) + ", from site local"), plan);
        }
        assertTrue(plan.contains("of stream 1 on NIC") && plan.contains("of stream 4 on NIC"), plan);
    }

    @Test
    void shouldShowACarrierOnceWithItsStreams() {
        assertEquals(0, run("plan", SAMPLES.resolve("carrier.xml").toString()));

        assertEquals("""
            topology carrier

            site local: multicast 239.20.0.0/20, 2 of 2047 places taken
              host   NIC  address      mtu   mode       driver
              host1  a    127.0.0.1/8  1500  multicast  process
              host1  b    127.0.0.2/8  1500  multicast  process

            carrier small, from site local
              carries       fx.spot (id 2001), fx.forward (id 2002), news (id 2003)
              lines         redundant: on every NIC of bond ab; a subscriber joins every line, the first arrival wins
              published by  host1
              open to       host1 on A+B
              packets       up to 1408 bytes, sealed
              pace          the slowest subscriber's
              repair        by asking again; a gap is given up after 250 ms, an unfinished epoch is waited for 1 s
              line  NIC  sent to            control      carries               why
              A     a    239.20.0.63:20031  239.20.0.64  all, like every line  NIC 1 of the bond; place (8 x 2128476489 (CRC-32C of small) + 0) mod 2047 = 31
              B     b    239.20.0.65:20032  239.20.0.66  all, like every line  NIC 2 of the bond; place (8 x 2128476489 (CRC-32C of small) + 1) mod 2047 = 32
            """, out.toString());
    }

    @Test
    void shouldCountACarriersLinesOnce() {
        assertEquals(0, run("check", SAMPLES.resolve("carrier.xml").toString()));

        assertEquals("ok: topology carrier: 1 site, 1 host, 3 streams, 2 lines\n", out.toString());
    }

    @Test
    void shouldNameTheCarrierOfEachStreamInJson() {
        assertEquals(0, run("plan", "--json", SAMPLES.resolve("carrier.xml").toString()));

        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(1).contains("\"stream\":\"fx.forward\",\"id\":2002,\"carrier\":\"small\","), lines.get(1));
        assertTrue(lines.get(1).contains("\"port\":20031,"), lines.get(1));
    }

    @Test
    void shouldGiveTheControlPortsOfUnicastLinesInJson() {
        assertEquals(0, run("plan", "--json", SAMPLES.resolve("unicast.xml").toString()));

        String stream = out.toString().lines().findFirst().orElseThrow();
        assertTrue(
                stream.contains("{\"line\":\"A\",\"nic\":\"a\",\"controls\":[\"127.0.0.1\"],\"port\":28008,"
                        + "\"mode\":\"unicast\","),
                stream);
    }

    @Test
    void shouldSayWhichLineIsTheReserveWhenStreamIsPinned() {
        assertEquals(0, run("plan", SAMPLES.resolve("pin.xml").toString()));

        assertTrue(out.toString().contains("all if its NIC is up  NIC 1 of the bond, in its order"), out.toString());
        assertTrue(out.toString().contains("all if A can't        NIC 2 of the bond, in its order"), out.toString());
    }

    @Test
    void shouldSayWhichLineIsTheHeaviestWhenStreamIsHashed() {
        assertEquals(0, run("plan", SAMPLES.resolve("hash.xml").toString()));

        assertTrue(
                out.toString().contains("weight 676f of stream 5 on NIC b is number 2 by weight; place"),
                out.toString());
        assertTrue(out.toString().contains("weight d542 of stream 5 on NIC a is the heaviest; place"), out.toString());
    }

    @Test
    void shouldSayThatASubscriberJoinsOneLineWhenStreamIsSpread() {
        assertEquals(0, run("plan", SAMPLES.resolve("spread.xml").toString()));

        assertTrue(
                out.toString().contains("a subscriber joins one line: any, drawn when it subscribes"), out.toString());
        assertTrue(
                out.toString()
                        .contains(
                                "joins one line: the one that the fewest subscribers of the site are on, as the engines"),
                out.toString());
        assertTrue(out.toString().contains("host1 on A or B"), out.toString());
    }

    @Test
    void shouldPrintThePlanAsJsonWhenAskedFor() {
        assertEquals(0, run("plan", "--json", SAMPLES.resolve("loopback.xml").toString()));

        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0)
                        .contains("{\"line\":\"B\",\"nic\":\"b\",\"group\":\"239.20.14.153\","
                                + "\"control\":\"239.20.14.154\",\"port\":21868,"),
                lines.get(0));
        assertTrue(lines.get(0).contains("\"hosts\":[{\"host\":\"host1\",\"address\":\"127.0.0.2/8\"}]"), lines.get(0));
        assertTrue(lines.get(1).startsWith("{\"type\":\"summary\","), lines.get(1));
    }

    private Path wrong() throws IOException {
        return Files.writeString(
                folder.resolve("wrong.xml"),
                "<topology xmlns=\"urn:heliograph:topology:1\" name=\"t\">"
                        + "<stream name=\"s\" id=\"0\" site=\"x\" publishers=\"h\" bond=\"\"/></topology>");
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(args);
    }
}
