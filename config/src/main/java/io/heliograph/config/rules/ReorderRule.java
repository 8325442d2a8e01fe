// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Durations;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A stream gives up no gap before what can fill it has had its time: a repair by NAK first of all; and none after its budget is
 * over.
 *
 * <p><b>Thread:</b> immutable.
 */
final class ReorderRule implements Rule {
    /** Aeron's receivers wait up to 10 ms before they ask, then comes a round trip; twice the delay has room for it. */
    private static final long NAK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Override
    public void check(Element topology, Problems problems) {
        for (Element stream : Find.streams(topology)) {
            stream.value(Settings.STREAM_REORDER).ifPresent(reorderNs -> {
                checkNak(stream, reorderNs, problems);
                checkBudget(stream, reorderNs, problems);
            });
        }
    }

    private static void checkNak(Element stream, long reorderNs, Problems problems) {
        boolean isWithNak = stream.value(Settings.STREAM_REPAIR).equals(Optional.of("nak"));
        if (isWithNak && reorderNs < NAK_NS) {
            String least = Durations.format(NAK_NS);
            problems.add(
                    stream.at(Settings.STREAM_REORDER),
                    window(stream, reorderNs) + ", is shorter than the " + least + " that a repair by NAK may take:"
                            + " each loss would be given up before it is repaired",
                    "make reorder " + least + " or longer, or write repair=\"journal\"");
        }
    }

    private static void checkBudget(Element stream, long reorderNs, Problems problems) {
        Optional<Long> budget = stream.value(Settings.STREAM_BUDGET).filter(budgetNs -> reorderNs > budgetNs);
        if (budget.isPresent()) {
            Setting<Long> written =
                    stream.has(Settings.STREAM_REORDER) ? Settings.STREAM_REORDER : Settings.STREAM_BUDGET;
            problems.add(
                    stream.at(written),
                    window(stream, reorderNs) + ", is longer than its budget, " + Durations.format(budget.get()),
                    "make reorder shorter, or budget longer");
        }
    }

    private static String window(Element stream, long reorderNs) {
        return "the reorder window of " + Find.title(stream, Settings.STREAM_NAME) + ", " + Durations.format(reorderNs);
    }
}
