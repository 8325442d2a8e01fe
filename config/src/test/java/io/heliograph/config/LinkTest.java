// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says of links: where, how, who. */
class LinkTest {
    @Test
    void shouldReadLinksSecurityAndAllowances() {
        Topology topology = TopologyReader.read(
                "t.xml",
                Mistakes.RIGHT
                        .replace("name=\"t\"", "name=\"t\" security=\"tls\"")
                        .replace("<engine/>", "<engine link=\"10.1.1.1:7400 10.1.2.1:7400\"/>")
                        .replace(
                                "</topology>",
                                "<allow node=\"ny*\" pull=\"itch\" ask=\"replay topology\"/></topology>"));

        assertEquals(LinkSecurity.TLS, topology.security());
        assertEquals(
                "[10.1.1.1:7400, 10.1.2.1:7400]",
                topology.host("ny1").orElseThrow().host().engine().links().toString());
        assertEquals(
                List.of(new Allow("ny*", List.of("itch"), List.of(), List.of("replay", "topology"))),
                topology.allows());
    }

    @Test
    void shouldBeAutoWithoutLinksWhereNothingIsSaid() {
        Topology topology = TopologyReader.read("t.xml", Mistakes.RIGHT);

        assertEquals(LinkSecurity.AUTO, topology.security());
        assertEquals(
                List.of(), topology.host("ny1").orElseThrow().host().engine().links());
        assertEquals(List.of(), topology.allows());
    }

    @Test
    void shouldRefuseAnAddressThatTheHostDoesNotHave() {
        assertEquals(
                List.of(
                        "6:15: no NIC of host ny1 has the address of 10.1.3.1:7400; write an address of this host's NICs"),
                Mistakes.after("<engine/>", "<engine link=\"10.1.1.1:7400 10.1.3.1:7400\"/>"));
    }

    @Test
    void shouldTakeLoopback() {
        assertEquals(List.of(), Mistakes.after("<engine/>", "<engine link=\"127.0.0.1:7400\"/>"));
    }

    @Test
    void shouldRefuseAPortThatIsTaken() {
        assertEquals(
                List.of(
                        "6:15: 127.0.0.1:7400 is where host ny1 accepts links already; give each link a port of its own"),
                Mistakes.after("<engine/>", "<engine link=\"127.0.0.1:7400 127.0.0.1:7400\"/>"));
    }

    @ParameterizedTest
    @CsvSource({"10.1.1.1", "10.1.1.1:0", "10.1.1.1:65536", "10.1.1.300:1", "ny1:7400", "10.1.1.1:", "''"})
    void shouldRefuseWhatIsNoAddressWithPort(String link) {
        assertEquals(
                List.of("6:15: link=\"" + link
                        + "\" is no valid list of addresses with ports; write IPv4 addresses with"
                        + " ports, blanks between them, such as 10.10.1.11:7400"),
                Mistakes.after("<engine/>", "<engine link=\"" + link + "\"/>"));
    }

    @Test
    void shouldRefuseAllowWithoutNodeAndWithNonsense() {
        assertEquals(
                List.of(
                        "10:68: <allow> has no node; add node=\"...\": letters, digits, '.', '_', '-' and '*' (any run of"
                                + " characters), at most 64",
                        "10:75: pull=\"a/b\" is no valid list of names or patterns; write names or patterns with blanks"
                                + " between them"),
                Mistakes.after("bond=\"ab\"/>", "bond=\"ab\"/><allow pull=\"a/b\"/>"));
    }

    @ParameterizedTest
    @CsvSource({
        "ny1, ny1, true",
        "ny1, ny11, false",
        "ny*, ny1, true",
        "ny*, ny, true",
        "ny*, any, false",
        "*, x, true",
        "*.itch, nasdaq.itch, true",
        "*.itch, nasdaq.itch2, false",
        "n*.*h, nasdaq.itch, true",
        "**a, ba, true",
        "a.c, abc, false"
    })
    void shouldFitPatterns(String pattern, String name, boolean isFit) {
        if (isFit) {
            assertTrue(Allow.fits(pattern, name));
        } else {
            assertFalse(Allow.fits(pattern, name));
        }
    }
}
