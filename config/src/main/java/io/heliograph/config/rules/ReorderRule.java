// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Durations;
import io.heliograph.config.settings.Settings;

/**
 * A stream gives up no gap before its reorder window is over.
 *
 * <p><b>Thread:</b> immutable.
 */
final class ReorderRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element stream : Find.streams(topology)) {
            stream.value(Settings.STREAM_REORDER)
                    .ifPresent(reorderNs -> stream.value(Settings.STREAM_BUDGET)
                            .filter(budgetNs -> reorderNs > budgetNs)
                            .ifPresent(budgetNs -> problems.add(
                                    stream.has(Settings.STREAM_REORDER)
                                            ? stream.at(Settings.STREAM_REORDER)
                                            : stream.at(Settings.STREAM_BUDGET),
                                    "the reorder window of " + Find.title(stream, Settings.STREAM_NAME) + ", "
                                            + Durations.format(reorderNs) + ", is longer than its budget, "
                                            + Durations.format(budgetNs),
                                    "make reorder shorter, or budget longer")));
        }
    }
}
