// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of bridges, each with where it stands, what is wrong and what to do. */
class BridgeRulesTest {
    @Test
    void shouldTakeTheRightOnes() {
        assertEquals(List.of(), Mistakes.in(Mistakes.BRIDGED));
        assertEquals(List.of(), Mistakes.in(BridgeTest.triangle()));
        assertEquals(List.of(), Mistakes.in(BridgeTest.twoIngresses(Mistakes.BRIDGED)));
    }

    @Test
    void shouldRefuseUnknownSites() {
        assertEquals(
                List.of("24:11: there is no site 'nj'; known here: ny, ldn"),
                Mistakes.bridged("from=\"ny\" to", "from=\"nj\" to"));
        assertEquals(
                List.of("24:21: there is no site 'ldm'; did you mean 'ldn'?"),
                Mistakes.bridged("to=\"ldn\"", "to=\"ldm\""));
    }

    @Test
    void shouldRefuseABridgeIntoItsOwnSite() {
        assertEquals(
                List.of(
                        "24:21: the bridge from ny to ny leads nowhere else; name another site: inside of one its multicast"
                                + " does it"),
                Mistakes.bridged("to=\"ldn\"", "to=\"ny\""));
    }

    @Test
    void shouldRefuseABondThatTheFarSiteDoesNotHave() {
        assertEquals(
                List.of("24:44: site ldn, to which the bridge leads, has no bond 'one'; known here: ab"),
                Mistakes.bridged("bond=\"ab\"", "bond=\"one\""));
    }

    @Test
    void shouldRefuseHostsOfOtherSites() {
        assertEquals(
                List.of(
                        "26:11: host 'ldn1' is not in site ny, which the bridge comes from; name a host of it: ny1, ny2",
                        "26:23: host 'ny2' is not in site ldn, which the bridge leads to; name a host of it: ldn1, ldn2"),
                Mistakes.bridged("from=\"ny2\" to=\"ldn1\"", "from=\"ldn1\" to=\"ny2\""));
        assertEquals(
                List.of("26:11: site ny has no host 'ny3'; did you mean 'ny1'?"),
                Mistakes.bridged("from=\"ny2\" to", "from=\"ny3\" to"));
    }

    @Test
    void shouldRefuseAPathThatIsThereAlready() {
        assertEquals(
                List.of(
                        "26:5: a second path leads from ny1 to ldn1; leave one out: all link= addresses of a host belong to"
                                + " one path"),
                Mistakes.bridged("from=\"ny2\" to", "from=\"ny1\" to"));
    }

    @Test
    void shouldRefusePatternsThatFitNothing() {
        assertEquals(
                List.of("24:30: no stream is called 'nasdaq.*'; known here: itch"),
                Mistakes.bridged("streams=\"it*\"", "streams=\"itch nasdaq.*\""));
        assertEquals(
                List.of("24:30: streams names 'itch' more than once; name each one once"),
                Mistakes.bridged("streams=\"it*\"", "streams=\"itch itch\""));
    }

    @Test
    void shouldRefuseStreamsThatAreNotThere() {
        assertEquals(
                List.of("25:31: the bridge from ny to ldn carries stream local, which does not come to site ny; name"
                        + " streams of that site alone, or add a bridge that leads the others to it"),
                Mistakes.bridged(
                                "<bridge from=\"ny\" to=\"ldn\" streams=\"it*\"",
                                "<stream name=\"local\" id=\"9\" site=\"ldn\" publishers=\"ldn1\" bond=\"ab\" journal=\"ldn1\"/>\n"
                                        + "  <bridge from=\"ny\" to=\"ldn\"  streams=\"*\" ")
                        .stream()
                        .filter(mistake -> mistake.contains("does not come"))
                        .toList());
    }

    @Test
    void shouldRefuseASecondBridgeOfTheSameWay() {
        assertEquals(
                List.of(
                        "27:49: the bridge from ny to ldn carries stream itch, as the one in line 24 does; leave them out of"
                                + " one of the two, and give that the paths of both"),
                Mistakes.bridged(
                        "  </bridge>",
                        "  </bridge><bridge from=\"ny\" to=\"ldn\" bond=\"ab\" streams=\"itch\">"
                                + "<path from=\"ny2\" to=\"ldn1\"/></bridge>"));
    }

    @Test
    void shouldRefuseStreamsOfACarrier() {
        assertEquals(
                List.of(
                        "24:30: the bridge from ny to ldn carries stream itch of a carrier, and this version's bridges carry"
                                + " streams that have lines of their own; leave carrier= out at those streams, or them out here"),
                Mistakes.bridged("id=\"1\"", "id=\"1\" carrier=\"small\""));
    }

    @Test
    void shouldRefuseAWayBackIntoTheStreamsOwnSite() {
        assertEquals(
                List.of(
                        "27:50: the bridge from ldn to ny leads stream itch back into the site that it comes from; leave out"
                                + " of streams= what comes from site ny"),
                Mistakes.bridged(
                        "  </bridge>",
                        "  </bridge><bridge from=\"ldn\" to=\"ny\" bond=\"one\" streams=\"*\">"
                                + "<path from=\"ldn1\" to=\"ny1\"/></bridge>"));
    }

    @Test
    void shouldRefuseTheNinthBridgeInARow() {
        assertEquals(List.of(), Mistakes.in(chain(8)));
        assertEquals(
                List.of(
                        "47:9: the bridge from s8 to s9 is the 9th in a row for stream itch, and packets cross 8 at most;"
                                + " lead it there from a site that is nearer to where it comes from"),
                Mistakes.in(chain(9)).stream()
                        .map(mistake -> mistake.replaceFirst("^[0-9]+:", "47:"))
                        .toList());
    }

    @Test
    void shouldRefusePathsOfHostsWithoutLink() {
        assertEquals(
                List.of(
                        "26:11: the engine of host ny2 has no link; write link=\"ADDRESS:PORT\" at it, or choose another"
                                + " host for the path"),
                Mistakes.bridged("<engine link=\"10.1.1.2:7400\" ", "<engine "));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.1.2:7400, 127.0.0.1:7400, to, host ldn1 is to connect to host ny2",
        "10.2.1.1:7400, 127.0.0.1:7400, from, host ny2 is to connect to host ldn1"
    })
    void shouldRefuseALinkOnLoopbackBetweenMachines(String link, String loopback, String opens, String words) {
        List<String> mistakes = Mistakes.in(Mistakes.BRIDGED
                .replace("from=\"ny2\" to", "opens=\"" + opens + "\" from=\"ny2\" to")
                .replace(link, loopback));

        assertTrue(
                mistakes.contains("26:5: " + words + ", which accepts links on loopback alone; write an address of that"
                        + " host's NICs in its link="),
                mistakes.toString());
    }

    @Test
    void shouldRefusePathsOfHostsWithoutJournal() {
        assertEquals(
                List.of(
                        "25:22: the bridge from ny to ldn goes on from the journal of host ldn1, which keeps none of stream"
                                + " itch; write ldn1 into journal= of the stream, or choose another host for the path",
                        "26:11: the bridge from ny to ldn reads the journal of host ny2, which keeps none of stream itch;"
                                + " write ny2 into journal= of the stream, or choose another host for the path",
                        "26:22: the bridge from ny to ldn goes on from the journal of host ldn1, which keeps none of stream"
                                + " itch; write ldn1 into journal= of the stream, or choose another host for the path"),
                Mistakes.bridged("journal=\"ny1 ny2 ldn1\"", "journal=\"ny1\""));
    }

    @Test
    void shouldRefuseMoreThanEightLines() {
        assertEquals(
                List.of(
                        "24:44: stream itch in site ldn has 10 lines: one for each host that paths lead to and each NIC of"
                                + " the bond; lead paths to fewer hosts, or name a bond of fewer NICs: 8 lines at most"),
                Mistakes.in(BridgeTest.twoIngresses(Mistakes.BRIDGED)
                        .replace("nics=\"a b\"", "nics=\"a b c d e\"")
                        .replace("10.2.2.1/24\"/>", "10.2.2.1/24\"/>" + nics(1))
                        .replace("10.2.2.2/24\"/>", "10.2.2.2/24\"/>" + nics(2))));
    }

    @Test
    void shouldRefuseTwoPoliciesInOneSite() {
        assertEquals(
                List.of(
                        "the bridge from fra to ldn has lines=\"pin\" and the bridge from ny to ldn has lines=\"redundant\","
                                + " and both lead stream itch to site ldn; write the same lines= at both"),
                words(BridgeTest.triangle()
                        .replace("to=\"ldn\" streams=\"itch\"", "to=\"ldn\" lines=\"pin\" streams=\"itch\"")));
    }

    @Test
    void shouldRefuseToJoinOneLineOfSeveralIngresses() {
        assertEquals(
                List.of(
                        "stream itch in site ldn is sent by 2 hosts, and with lines=\"spread\" a subscriber joins one line, so"
                                + " it would hear one of them; write lines=\"redundant\", or lead all paths to one host"),
                words(BridgeTest.twoIngresses(Mistakes.BRIDGED)
                        .replace("bond=\"ab\">", "bond=\"ab\" lines=\"spread\">")));
    }

    @Test
    void shouldRefuseABoundWhereNothingIsSkipped() {
        assertEquals(
                List.of(
                        "lag-bound of the bridge from ny to ldn, which keeps everything, however late; write lag=\"skip\""
                                + " too, or leave lag-bound out"),
                words(Mistakes.BRIDGED.replace("bond=\"ab\">", "bond=\"ab\" lag-bound=\"1 s\">")));
    }

    @Test
    void shouldRefuseMarksThatWouldNeverLetAPathGo() {
        assertEquals(
                List.of(
                        "lwm=\"100\" of the bridge from ny to ldn is not below hwm=\"100\"; write less than hwm, such as 50",
                        "lwm of the bridge from ny to ldn, whose paths are never busy; write hwm, the number of waiting messages"
                                + " that makes one busy, too, or leave lwm out"),
                List.of(
                        words(Mistakes.BRIDGED.replace("bond=\"ab\">", "bond=\"ab\" hwm=\"100\" lwm=\"100\">"))
                                .get(0),
                        words(Mistakes.BRIDGED.replace("bond=\"ab\">", "bond=\"ab\" lwm=\"1\">"))
                                .get(0)));
        assertEquals(
                List.of("hwm=\"0\" is no valid number of messages; write 1 to 2147483647 messages"),
                words(Mistakes.BRIDGED.replace("bond=\"ab\">", "bond=\"ab\" hwm=\"0\">")));
    }

    @ParameterizedTest
    @CsvSource({"0", "17", "-1", "first", "''"})
    void shouldRefuseWhatIsNoPriority(String priority) {
        assertEquals(
                List.of("priority=\"" + priority + "\" is no valid priority; write 1 to 16"),
                words(Mistakes.BRIDGED.replace("priority=\"1\"", "priority=\"" + priority + "\"")));
    }

    @Test
    void shouldRefuseABridgeWithoutPath() {
        assertEquals(
                List.of("<bridge> has no <path>; add a <path> inside it"),
                words(Mistakes.BRIDGED.replaceAll("<path [^>]*>", "")));
    }

    @Test
    void shouldRefuseAnIngressThatMayNotPull() {
        String may = Mistakes.BRIDGED.replace("</topology>", "<allow node=\"ldn*\" pull=\"it*\"/></topology>");

        assertEquals(List.of(), words(may));
        assertEquals(
                List.of(
                        "host ldn1 is to pull stream itch over this path, and no <allow> lets it; add <allow node=\"ldn1\""
                                + " pull=\"itch\"/>"),
                words(may.replace("pull=\"it*\"", "pull=\"x\"")).stream()
                        .distinct()
                        .toList());
    }

    @Test
    void shouldRefuseAnIngressWithoutANicOfTheBond() {
        assertEquals(
                List.of(
                        "host ldn1 sends what the bridge from ny to ldn carries and has no NIC 'b' of its bond; add the NIC to"
                                + " the host, or choose another bond or host"),
                words(Mistakes.BRIDGED.replace("<nic name=\"b\" address=\"10.2.2.1/24\"/>", "")).stream()
                        .distinct()
                        .toList());
    }

    @Test
    void shouldRefuseTwoStreamsInOnePlaceOfTheFarSite() {
        String other = "<stream name=\"deep\" id=\"2048\" site=\"ldn\" publishers=\"ldn1\" bond=\"ab\"/>";

        assertEquals(
                List.of(
                        "id 2048 puts stream deep in the place of stream itch (id 1) in site ldn: same groups, same port;"
                                + " choose another id; 2049 is free"),
                words(Mistakes.BRIDGED.replace("</topology>", other + "</topology>")));
    }

    @Test
    void shouldSayACollisionOfTheStreamsOwnSiteOnce() {
        String other =
                "<stream name=\"it2\" id=\"2048\" site=\"ny\" publishers=\"ny1\" bond=\"one\" journal=\"ny1 ny2 ldn1\"/>";

        assertEquals(
                List.of(
                        "id 2048 puts stream it2 in the place of stream itch (id 1): same groups, same port; choose another"
                                + " id; 2049 is free"),
                words(Mistakes.BRIDGED.replace("</topology>", other + "</topology>")));
    }

    @Test
    void shouldAddTheRatesOfWhatAnIngressSends() {
        assertEquals(
                List.of(
                        "NIC a of ldn1 carries 1 Gbit/s, and the streams sent on it are declared at 2 Gbit/s; move streams to"
                                + " another bond or host, or correct the rates"),
                words(Mistakes.BRIDGED
                        .replace("id=\"1\"", "id=\"1\" rate=\"2 Gbit/s\"")
                        .replace("address=\"10.2.1.1/24\"", "rate=\"1 Gbit/s\" address=\"10.2.1.1/24\"")));
    }

    @Test
    void shouldRefuseAJournalWhereTheStreamDoesNotCome() {
        assertEquals(
                List.of(
                        "stream itch has a journal on lnd1, which is no host of its site, nor of one that bridges lead it to;"
                                + " name hosts of site ny, site ldn: ny1, ny2, ldn1, ldn2"),
                words(Mistakes.BRIDGED.replace("journal=\"ny1 ny2 ldn1\"", "journal=\"ny1 ny2 ldn1 lnd1\"")));
    }

    @Test
    void shouldRefuseTwoOriginsOfAStream() {
        assertTrue(words(Mistakes.BRIDGED.replace(
                        "</topology>",
                        "<stream name=\"itch\" id=\"7\" site=\"ldn\" publishers=\"ldn1\" bond=\"ab\"/></topology>"))
                .contains(
                        "a second stream is called 'itch'; the first is in line 22; a stream comes from one site: give one of"
                                + " them another name, or let a <bridge> lead the first to the other site"));
    }

    /** Mistakes without their places. */
    private static List<String> words(String xml) {
        return Mistakes.in(xml).stream()
                .map(mistake -> mistake.replaceFirst("^[0-9]+:[0-9]+: ", ""))
                .toList();
    }

    private static String nics(int host) {
        StringBuilder nics = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            char name = (char) ('c' + i);
            nics.append("<nic name=\"" + name + "\" address=\"10.2." + (3 + i) + "." + host + "/24\"/>");
        }
        return nics.toString();
    }

    /** Site s0 publishes, and each other one gets it from the one before. */
    private static String chain(int bridges) {
        StringBuilder xml = new StringBuilder("<topology xmlns=\"urn:heliograph:topology:1\" name=\"t\">\n");
        StringBuilder tail = new StringBuilder();
        StringBuilder hosts = new StringBuilder("h0");
        for (int i = 0; i <= bridges; i++) {
            String address = "10." + i + ".1.1";
            xml.append("<site name=\"s" + i + "\"><host name=\"h" + i + "\"><nic name=\"a\" address=\"" + address
                    + "/24\"/><engine link=\"" + address + ":7400\" journal=\"/j\"/></host>"
                    + "<bond name=\"a\" nics=\"a\"/></site>\n");
            if (i > 0) {
                hosts.append(" h").append(i);
                tail.append(
                        "<bridge from=\"s" + (i - 1) + "\" to=\"s" + i + "\" streams=\"itch\" bond=\"a\"><path from=\"h"
                                + (i - 1) + "\" to=\"h" + i + "\"/></bridge>\n");
            }
        }
        return xml + "<stream name=\"itch\" id=\"1\" site=\"s0\" publishers=\"h0\" bond=\"a\" journal=\"" + hosts
                + "\"/>\n" + tail + "</topology>";
    }
}
