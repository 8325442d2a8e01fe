// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.config.settings.Retain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule beyond the schema: what it refuses, and what looks alike and is right. */
class RulesTest {
    private static final String NIC_B = "<nic name=\"b\" address=\"10.1.2.1/24\"/>";
    private static final String BOND = "<bond name=\"ab\" nics=\"a b\"/>";
    private static final String STREAM = "<stream name=\"itch\" id=\"1\" site=\"ny\" publishers=\"ny1\" bond=\"ab\"/>";
    private static final String SECOND_SITE =
            "<site name=\"ldn\" multicast=\"%s\"><host name=\"ldn1\"><nic name=\"a\" address=\"10.1.1.1/24\"/></host>%s</site>";

    @Test
    void shouldSayNothingWhenTopologyIsRight() {
        assertEquals(List.of(), Mistakes.in(Mistakes.RIGHT));
    }

    @Test
    void shouldRefuseSecondNicOfOneName() {
        assertEquals(
                List.of("5:12: a second nic is called 'a'; the first is in line 4; give one of them another name"),
                Mistakes.after(
                        NIC_B + "\n", NIC_B.replace("\"b\"", "\"a\"") + "<nic name=\"b\" address=\"10.1.3.1/24\"/>\n"));
    }

    @Test
    void shouldTakeOneBondNameInTwoSites() {
        String other = SECOND_SITE.formatted("239.20.16.0/20", "<bond name=\"ab\" nics=\"a\"/>");

        assertEquals(List.of(), Mistakes.after(STREAM, STREAM + other));
    }

    @Test
    void shouldRefuseSecondHostOfOneNameWhenInAnotherSite() {
        String other = SECOND_SITE.formatted("239.20.16.0/20", "").replace("ldn1", "ny1");

        assertEquals(
                List.of("10:126: a second host is called 'ny1'; the first is in line 3; give one of them another name"),
                Mistakes.after(STREAM, STREAM + "<!-- -->" + other));
    }

    @Test
    void shouldNameFreeIdWhenIdIsTaken() {
        String second = STREAM.replace("itch", "deep");

        assertEquals(
                List.of("11:23: id 1 is taken by stream itch in line 10; choose another for one of them; 2 is free"),
                Mistakes.after(STREAM, STREAM + "\n  " + second));
    }

    @Test
    void shouldRefuseNameThatIsRepeatedInList() {
        assertEquals(
                List.of("8:21: nics names 'a' more than once; name each one once"),
                Mistakes.after(BOND, BOND.replace("a b", "a a b")));
        assertEquals(
                List.of("10:40: publishers names 'ny1' more than once; name each one once"),
                Mistakes.after(STREAM, STREAM.replace("\"ny1\"", "\"ny1 ny1\"")));
    }

    @Test
    void shouldSuggestNearestNameWhenNicIsUnknown() {
        String renamed =
                Mistakes.RIGHT.replace("name=\"b\"", "name=\"eth1\"").replace("nics=\"a b\"", "nics=\"a eth2\"");

        assertEquals(List.of("8:21: no host of site ny has a NIC 'eth2'; did you mean 'eth1'?"), Mistakes.in(renamed));
    }

    @Test
    void shouldListNamesWhenNoneIsNear() {
        assertEquals(
                List.of("10:57: site ny has no bond 'cross'; known here: ab"),
                Mistakes.after("bond=\"ab\"", "bond=\"cross\""));
        assertEquals(
                List.of("10:30: there is no site 'chicago'; known here: ny"),
                Mistakes.after("site=\"ny\"", "site=\"chicago\""));
    }

    @Test
    void shouldSayWhereHostIsWhenItIsInAnotherSite() {
        String other = SECOND_SITE.formatted("239.20.16.0/20", "");

        assertEquals(
                List.of("10:41: host 'ldn1' is in site ldn, and the stream comes from site ny;"
                        + " name a host of the stream's site: ny1"),
                Mistakes.after(STREAM, STREAM.replace("<stream", "<stream ").replace("ny1", "ldn1") + other));
    }

    @Test
    void shouldRefuseBondOfNineNics() {
        String more = "<nic name=\"%s\" address=\"10.1.%d.1/24\"/>";
        StringBuilder nics = new StringBuilder(NIC_B);
        for (int i = 3; i <= 9; i++) {
            nics.append(more.formatted("n" + i, i));
        }

        assertEquals(
                List.of("8:21: bond ab has 9 NICs; name at most 8"),
                Mistakes.in(Mistakes.RIGHT
                        .replace(NIC_B, nics)
                        .replace("nics=\"a b\"", "nics=\"a b n3 n4 n5 n6 n7 n8 n9\"")));
    }

    @Test
    void shouldRefuseSecondEngine() {
        assertEquals(
                List.of("6:17: a second engine in host ny1; the first is in line 6; put all attributes on one of them"),
                Mistakes.after("<engine/>", "<engine/> <engine/>"));
    }

    @ParameterizedTest
    @CsvSource({
        "239.1.1.1/24, a multicast group and no machine's address",
        "0.0.0.0/8, no single address",
        "10.1.2.1/0, no single address",
        "10.1.2.0/24, the name of a subnet and no machine's address",
        "10.1.2.255/24, the broadcast address of its subnet",
    })
    void shouldRefuseAddressThatNoMachineHas(String address, String why) {
        assertEquals(
                List.of("5:21: " + address + " is " + why
                        + "; write the NIC's own address and its prefix length, as 'ip address' shows them"),
                Mistakes.after("10.1.2.1/24", address));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.0/31", "10.1.2.1/31", "10.1.2.255/32", "192.168.0.255/16"})
    void shouldTakeAddressAtTheEdgeOfItsSubnet(String address) {
        assertEquals(List.of(), Mistakes.after("10.1.2.1/24", address));
    }

    @Test
    void shouldRefuseAddressThatAnotherHostHas() {
        String other = "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.1/24\"/></host>" + BOND;

        assertEquals(
                List.of("8:36: 10.1.1.1 is taken by another NIC of host ny1; give each NIC its own address"),
                Mistakes.after(BOND, other));
    }

    @Test
    void shouldRefuseTwoNicsInOneSubnet() {
        assertEquals(
                List.of("5:21: 10.1.1.2/24 of host ny1 is in one subnet with nic a, 10.1.1.1/24;"
                        + " give each NIC of a host a subnet of its own"),
                Mistakes.after("10.1.2.1/24", "10.1.1.2/24"));
    }

    @Test
    void shouldTakeTwoNicsInOneSubnetWhenItIsLoopback() {
        assertEquals(
                List.of(),
                Mistakes.in(
                        Mistakes.RIGHT.replace("10.1.1.1/24", "127.0.0.1/8").replace("10.1.2.1/24", "127.0.0.2/8")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.20.0.0/20 | 10.20.0.0/20 is no multicast range (those begin at 224.0.0.0 and end at 239.255.255.255)",
                "239.0.0.0/15 | 239.0.0.0/15 is larger than a /16: its ports would run over 65535",
                "239.0.0.0/31 | 239.0.0.0/31 is too small for a single line: one takes a data and a control group",
                "224.0.0.0/20 | 224.0.0.0/20 reaches into 224.0.0.0/24, which routing protocols use",
                "232.1.0.0/20 | 232.1.0.0/20 is in 232.0.0.0/8, where groups must be joined by their source",
            })
    void shouldRefuseRangeThatIsNotFree(String range, String why) {
        assertEquals(
                List.of("2:19: " + why + "; take a range of your own such as 239.20.0.0/20"),
                Mistakes.after("239.20.0.0/20", range));
    }

    @Test
    void shouldWriteAlignedRangeWhenItIsAskew() {
        assertEquals(
                List.of("2:19: 239.20.8.0/20 is not aligned: a /20 doesn't begin there; write 239.20.0.0/20"),
                Mistakes.after("239.20.0.0/20", "239.20.8.0/20"));
    }

    @ParameterizedTest
    @CsvSource({"239.20.0.0/20", "238.148.0.0/20", "225.20.8.0/24", "239.20.0.0/16"})
    void shouldRefuseRangesThatShareEthernetGroups(String range) {
        assertEquals(
                List.of("10:87: " + range + " and 239.20.0.0/20 of site ny share Ethernet multicast addresses"
                        + " (their low 23 bits); choose a range whose last three octets differ"),
                Mistakes.after(STREAM, STREAM + "  " + SECOND_SITE.formatted(range, "")));
    }

    @Test
    void shouldRefuseTwoStreamsInOnePlace() {
        String second = STREAM.replace("itch", "deep").replace("id=\"1\"", "id=\"2048\"");

        assertEquals(
                List.of("11:23: id 2048 puts stream deep in the place of stream itch (id 1): same groups, same port;"
                        + " choose another id; 2049 is free"),
                Mistakes.after(STREAM, STREAM + "\n  " + second));
    }

    @Test
    void shouldRefuseRangeThatHasNoRoomForTheLines() {
        assertEquals(
                List.of("2:19: 239.20.0.0/30 has room for 1 lines, and the streams of site ny have 2;"
                        + " take a range of /29 or larger"),
                Mistakes.after("239.20.0.0/20", "239.20.0.0/30"));
    }

    @Test
    void shouldRefusePublisherWithoutNicOfBond() {
        String other = "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.2/24\"/></host>" + BOND;

        assertEquals(
                List.of("10:40: host ny2 publishes stream itch and has no NIC 'b' of its bond;"
                        + " add the NIC to the host, or choose another bond or host"),
                Mistakes.in(
                        Mistakes.RIGHT.replace(BOND, other).replace("publishers=\"ny1\"", "publishers=\"ny1 ny2\"")));
    }

    @Test
    void shouldTakeSubscriberWithoutNicOfBond() {
        String other = "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.2/24\"/></host>" + BOND;

        assertEquals(List.of(), Mistakes.after(BOND, other));
    }

    @Test
    void shouldAddUpDeclaredRatesOfHost() {
        String rated = Mistakes.RIGHT.replace("10.1.2.1/24\"", "10.1.2.1/24\" rate=\"1 Gbit/s\"");
        String half = STREAM.replace("bond=", "rate=\"600 Mbit/s\" bond=");

        assertEquals(List.of(), Mistakes.in(rated.replace(STREAM, half)));
        assertEquals(
                List.of("5:43: NIC b of ny1 carries 1 Gbit/s, and the streams sent on it are declared at 1.2 Gbit/s;"
                        + " move streams to another bond or host, or correct the rates"),
                Mistakes.in(rated.replace(
                        STREAM, half + half.replace("itch", "deep").replace("id=\"1\"", "id=\"2\""))));
    }

    @Test
    void shouldRefuseReorderWindowLongerThanBudget() {
        assertEquals(
                List.of("10:58: the reorder window of stream itch, 2 s, is longer than its budget, 1 s;"
                        + " make reorder shorter, or budget longer"),
                Mistakes.after(" bond=", " reorder=\"2 s\" bond=".replace(" reorder", "  reorder")));
    }

    @Test
    void shouldRefuseReorderWindowThatEndsBeforeNakCanHelp() {
        assertEquals(
                List.of(
                        "10:58: the reorder window of stream itch, 19 ms, is shorter than the 20 ms that a repair by NAK may"
                                + " take: each loss would be given up before it is repaired; make reorder 20 ms or longer, or"
                                + " write repair=\"journal\""),
                Mistakes.after(" bond=", "  reorder=\"19 ms\" bond="));
        assertEquals(List.of(), Mistakes.after(" bond=", " reorder=\"20 ms\" bond="));
        assertEquals(List.of(), Mistakes.after(" bond=", " repair=\"journal\" reorder=\"1 ms\" bond="));
    }

    @Test
    void shouldRefuseJoinWhereEveryLineIsJoined() {
        assertEquals(
                List.of("10:58: subscribers of stream itch join every line: its lines are redundant;"
                        + " leave join out, or write lines=\"spread\""),
                Mistakes.after(" bond=", "  join=\"random\" bond="));
        assertEquals(List.of(), Mistakes.after(" bond=", " lines=\"spread\" join=\"mac-xor\" bond="));
        assertEquals(List.of(), Mistakes.after(" bond=", " lines=\"spread\" join=\"least-populated\" bond="));
    }

    @ParameterizedTest
    @CsvSource({"spread", "hash", "pin"})
    void shouldRefuseOneLineThatNothingRepairs(String lines) {
        assertEquals(
                List.of(
                        "10:57: nothing brings back what stream itch loses: it comes on one line, without NAK, and has no"
                                + " journal; write repair=\"nak\", or lines=\"redundant\" on a bond of two NICs or more, or"
                                + " journal= with a host whose engine has a link="),
                Mistakes.after(" bond=", " repair=\"journal\" lines=\"" + lines + "\" bond="));
    }

    @Test
    void shouldTakeOneLineWithoutNakWhereEveryHostCanAskAJournal() {
        String journaled = Mistakes.RIGHT
                .replace(" bond=", " repair=\"journal\" lines=\"pin\" journal=\"ny1\" bond=")
                .replace("<engine/>", "<engine journal=\"/j\"/>");
        String two = journaled.replace(
                BOND,
                "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.2/24\"/><nic name=\"b\" address=\"10.1.2.2/24\"/></host>"
                        + BOND);

        assertEquals(List.of(), Mistakes.in(journaled));
        assertEquals(
                List.of("no host that keeps its journal accepts links"),
                Mistakes.in(two).stream()
                        .map(mistake -> mistake.replaceAll(".*NAK, and |; write.*", ""))
                        .toList());
        assertEquals(List.of(), Mistakes.in(two.replace("<engine journal", "<engine link=\"127.0.0.1:7400\" journal")));
        assertEquals(
                List.of("subscribers of a carrier ask no journal"),
                Mistakes.in(journaled.replace(" bond=\"ab\"/>", " bond=\"ab\" carrier=\"c\"/>")).stream()
                        .map(mistake -> mistake.replaceAll(".*NAK, and |; write.*", ""))
                        .toList());
    }

    @Test
    void shouldTakeTwoLinesWithoutNakButNotOne() {
        String stream = " repair=\"journal\" bond=";

        assertEquals(List.of(), Mistakes.after(" bond=", stream));
        assertEquals(
                1,
                Mistakes.in(Mistakes.RIGHT.replace(" bond=", stream).replace("nics=\"a b\"", "nics=\"a\""))
                        .size());
    }

    @Test
    void shouldRefuseManyWritersOfStreamWithSeveralPublishers() {
        String other = "<host name=\"ny2\"><nic name=\"a\" address=\"10.1.1.2/24\"/>"
                + "<nic name=\"b\" address=\"10.1.2.2/24\"/></host>" + BOND;
        String many = Mistakes.RIGHT.replace("publishers=\"ny1\"", "publishers=\"ny1 ny2\" writers=\"many\"");

        assertEquals(List.of(), Mistakes.after("bond=\"ab\"/>", "bond=\"ab\" writers=\"many\"/>"));
        assertEquals(
                List.of("10:40: stream itch has many writers and 2 publishers: each host's engine would number its own"
                        + " writers' messages; name one publisher, or write writers=\"one\""),
                Mistakes.in(many.replace(BOND, other)));
    }

    @Test
    void shouldTakeJournalOfHostThatHasADirectory() {
        String journaled = Mistakes.RIGHT
                .replace("<engine/>", "<engine journal=\"/var/j\"/>")
                .replace(" bond=", " journal=\"ny1\" sync=\"10 ms\" retain=\"72 h, 500 GB\" bond=");

        Topology topology = TopologyReader.read("t.xml", journaled);

        assertEquals(
                "/var/j", topology.host("ny1").orElseThrow().host().engine().journal());
        assertEquals(
                new Journaling(List.of("ny1"), 10_000_000L, new Retain(259_200_000_000_000L, 500_000_000_000L), 0),
                topology.streams().get(0).journaling());
    }

    @Test
    void shouldRefuseJournalOfHostWithoutDirectoryOrThatIsNotThere() {
        assertEquals(
                List.of("10:57: stream itch has a journal on host ny1, whose engine has no directory for journals;"
                        + " write journal=\"DIRECTORY\" at that host's engine, or name another host"),
                Mistakes.after(" bond=", " journal=\"ny1\" bond="));
        assertEquals(
                List.of(
                        "10:57: stream itch has a journal on ny9, which is no host of its site; name hosts of site ny: ny1"),
                Mistakes.after(" bond=", " journal=\"ny9\" bond="));
        assertEquals(
                List.of(
                        "10:57: sync of stream itch, which has no journal; write journal=\"HOST\" too, or leave sync out",
                        "10:70: retain of stream itch, which has no journal; write journal=\"HOST\" too, or leave retain"
                                + " out"),
                Mistakes.after(" bond=", " sync=\"10 ms\" retain=\"2 h\" bond="));
    }

    @Test
    void shouldTakeARequiredJournalOfEachPublisher() {
        String journaled = Mistakes.RIGHT.replace("<engine/>", "<engine journal=\"/j\"/>");
        String required = " journal=\"ny1\" journal-mode=\"required\"";

        assertEquals(4_000_000, lag(journaled.replace(" bond=", required + " bond=")));
        assertEquals(16_000_000, lag(journaled.replace(" bond=", required + " journal-lag=\"16 MB\" bond=")));
        assertEquals(0, lag(journaled.replace(" bond=", " journal=\"ny1\" journal-mode=\"best-effort\" bond=")));
    }

    @Test
    void shouldRefuseARequiredJournalThatNobodyCanWaitFor() {
        String lagging = "10:57: journal-lag of stream itch, ";
        assertEquals(
                List.of(lagging + "which has no journal; write journal=\"HOST\" too, or leave journal-lag out"),
                Mistakes.after(" bond=", " journal-lag=\"4 MB\" bond="));
        assertEquals(
                List.of("10:57: stream itch requires a journal, and its publisher ny1 keeps none; write journal=\"ny1\""
                        + " too: a publisher waits for the journal of its own host"),
                Mistakes.after(" bond=", " journal-mode=\"required\" bond="));
        String journaled = Mistakes.RIGHT.replace("<engine/>", "<engine journal=\"/j\"/>");
        assertEquals(
                List.of("10:71: journal-lag of stream itch, whose publishers wait for no journal; write"
                        + " journal-mode=\"required\" too, or leave journal-lag out"),
                Mistakes.in(journaled.replace(" bond=", " journal=\"ny1\" journal-lag=\"4 MB\" bond=")));
        assertEquals(
                List.of("10:71: stream itch requires a journal, and programs on its publisher ny1 have media drivers of"
                        + " their own, which show nobody how far it is; write driver=\"process\" at that host's engine, or"
                        + " journal-mode=\"best-effort\""),
                Mistakes.in(journaled
                        .replace("<engine ", "<engine driver=\"embedded\" ")
                        .replace(" bond=", " journal=\"ny1\" journal-mode=\"required\" bond=")));
    }

    private static long lag(String topology) {
        return TopologyReader.read("t.xml", topology)
                .streams()
                .get(0)
                .journaling()
                .lagOctets();
    }

    @Test
    void shouldRefuseJournalOfHostThatCannotHearTheStream() {
        String deaf =
                "<host name=\"ny2\"><nic name=\"c\" address=\"10.1.3.2/24\"/><engine journal=\"/j\"/></host>" + BOND;

        assertEquals(
                List.of("10:57: stream itch has a journal on host ny2, which has no NIC of its bond and cannot hear it;"
                        + " give that host a NIC called a or b, or name another host"),
                Mistakes.in(Mistakes.RIGHT.replace(BOND, deaf).replace(" bond=", " journal=\"ny2\" bond=")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "10 min", "1 MB", "2 h 5 GB", "5 GB, 2 h", "2 h, 5 GB, 1 GB", "2 h,", "-1 h"})
    void shouldRefuseRetentionThatIsNone(String retain) {
        String journaled = Mistakes.RIGHT.replace("<engine/>", "<engine journal=\"/j\"/>");

        List<String> said =
                Mistakes.in(journaled.replace(" bond=", " journal=\"ny1\" retain=\"" + retain + "\" bond="));

        assertEquals(1, said.size(), said.toString());
        assertEquals(
                true,
                said.get(0).contains("write an age (1 h and more), a size (1 GB and more), or both"),
                said.get(0));
    }
}
