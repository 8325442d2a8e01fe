// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import io.heliograph.engine.testkit.NetworkLab;
import java.nio.file.Path;
import java.util.List;

/**
 * What runs where: site ny of ny1, which publishes, and ny2; site ldn of ldn1; and between them the relay, a host of its own, which
 * ldn1 knows the others by: what listens at its addresses are they, for all that ldn1 sees. NIC a is ny's, b is ldn's, c leads from ny
 * to the relay, d from the relay to ldn.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SitePlan {
    /** In the order of the lab's hosts, from 1. */
    static final List<String> HOSTS = List.of("ny1", "ny2", "ldn1", "wan");

    static final int PATHS = 2;
    static final int LDN = 3;
    static final int WAN = 4;
    static final int NICS = 4;
    static final List<Integer> STREAMS = List.of(101, 102, 103);

    private static final int NIC_NY = 1;
    private static final int NIC_LDN = 2;
    private static final int NIC_NEAR_NY = 3;
    private static final int NIC_NEAR_LDN = 4;
    private static final int PORT = 7_400;
    /** Added to a host's number in the relay's addresses. */
    private static final int BEHIND = 10;

    private SitePlan() {}

    static String streamName(int id) {
        return "feed." + id;
    }

    /** Which NICs a host has: all others of the lab are unplugged. */
    static List<Integer> nicsOf(int host) {
        return switch (host) {
            case LDN -> List.of(NIC_LDN, NIC_NEAR_LDN);
            case WAN -> List.of(NIC_NEAR_NY, NIC_NEAR_LDN);
            default -> List.of(NIC_NY, NIC_NEAR_NY);
        };
    }

    /** The addresses that the relay has beside its own, for each path one, with their prefix. */
    static List<String> relayAddresses() {
        return List.of(NetworkLab.address(BEHIND + 1, NIC_NEAR_LDN), NetworkLab.address(BEHIND + 2, NIC_NEAR_LDN));
    }

    /** The arguments of the relay. */
    static String[] relay(int delayMs) {
        String[] words = new String[1 + PATHS];
        words[0] = Integer.toString(delayMs);
        for (int host = 1; host <= PATHS; host++) {
            words[host] = behind(host) + ":" + PORT + "=" + address(host, NIC_NEAR_NY) + ":" + PORT;
        }
        return words;
    }

    /**
     * The topology.
     *
     * @param name its name.
     * @param security of the links.
     * @param bridge attributes of the bridge.
     * @param folder of the journals.
     * @param isLdn as ldn1 sees it, or as the others do.
     * @return its XML.
     */
    static String topology(String name, String security, String bridge, Path folder, boolean isLdn) {
        StringBuilder text =
                new StringBuilder("<topology xmlns=\"urn:heliograph:topology:1\" name=\"%s\" security=\"%s\">\n"
                        .formatted(name, security));
        text.append("  <site name=\"ny\" multicast=\"239.20.0.0/24\">\n");
        for (int host = 1; host <= PATHS; host++) {
            String link = isLdn ? behind(host) : address(host, NIC_NEAR_NY);
            text.append(host(host, "a", address(host, NIC_NY), link, folder));
        }
        text.append("    <bond name=\"lan\" nics=\"a\"/>\n  </site>\n");
        text.append("  <site name=\"ldn\" multicast=\"239.20.1.0/24\">\n");
        text.append(host(LDN, "b", address(LDN, NIC_LDN), address(LDN, NIC_NEAR_LDN), folder));
        text.append("    <bond name=\"lan\" nics=\"b\"/>\n  </site>\n");
        for (int id : STREAMS) {
            text.append("  <stream name=\"%s\" id=\"%d\" site=\"ny\" publishers=\"ny1\" bond=\"lan\" budget=\"5 s\""
                    .formatted(streamName(id), id));
            text.append(" journal=\"ny1 ny2 ldn1\"/>\n");
        }
        text.append("  <bridge from=\"ny\" to=\"ldn\" streams=\"feed.*\" bond=\"lan\" %s>\n".formatted(bridge));
        text.append("    <path from=\"ny1\" to=\"ldn1\"/>\n    <path from=\"ny2\" to=\"ldn1\"/>\n  </bridge>\n");
        return text.append("</topology>\n").toString();
    }

    private static String host(int host, String nic, String address, String link, Path folder) {
        String name = HOSTS.get(host - 1);
        return """
                <host name="%s">
                  <nic name="%s" address="%s/24"/><nic name="w" address="%s/24"/>
                  <engine link="%s:%d" journal="%s"/>
                </host>
            """.formatted(name, nic, address, link, link, PORT, SiteJournals.of(folder, name));
    }

    private static String behind(int host) {
        return address(BEHIND + host, NIC_NEAR_LDN);
    }

    private static String address(int host, int nic) {
        String whole = NetworkLab.address(host, nic);
        return whole.substring(0, whole.indexOf('/'));
    }
}
