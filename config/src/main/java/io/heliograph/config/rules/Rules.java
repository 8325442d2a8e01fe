// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import java.util.List;

/**
 * All rules.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Rules {
    private static final List<Rule> ALL = List.of(
            new UniqueNamesRule(),
            new UniqueStreamIdsRule(),
            new RepeatedNamesRule(),
            new BondNicsRule(),
            new StreamNamesRule(),
            new BondSizeRule(),
            new OneEngineRule(),
            new NicAddressRule(),
            new OneSubnetRule(),
            new MulticastRangeRule(),
            new NicModeRule(),
            new UnicastPublisherRule(),
            new EthernetGroupsRule(),
            new StreamPlacesRule(),
            new PublisherNicsRule(),
            new DeclaredRatesRule(),
            new ReorderRule(),
            new JoinRule(),
            new RepairRule(),
            new JournalRule(),
            new PartitionsRule(),
            new ManyWritersRule(),
            new CarrierRule(),
            new LinkRule(),
            new BridgeNamesRule(),
            new BridgeStreamsRule(),
            new BridgeCircleRule(),
            new BridgeLinksRule(),
            new BridgeJournalsRule(),
            new BridgeLinesRule(),
            new BridgeLagRule(),
            new BridgeMarksRule(),
            new BridgeAllowRule(),
            new IngressNicsRule());

    private Rules() {}

    /**
     * Judges a topology by every rule.
     *
     * @param topology the root of its tree.
     * @param problems gathers what is wrong.
     */
    public static void check(Element topology, Problems problems) {
        for (Rule rule : ALL) {
            rule.check(topology, problems);
        }
    }
}
