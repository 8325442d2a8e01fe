// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The streams of a carrier share its lines: whatever concerns those is the same for all of them, and one program publishes
 * them.
 *
 * <p><b>Thread:</b> immutable.
 */
final class CarrierRule implements Rule {
    private static final List<Setting<?>> SHARED = List.of(
            Settings.STREAM_SITE,
            Settings.STREAM_PUBLISHERS,
            Settings.STREAM_BOND,
            Settings.STREAM_LINES,
            Settings.STREAM_JOIN,
            Settings.STREAM_FLOW,
            Settings.STREAM_REPAIR,
            Settings.STREAM_BUDGET,
            Settings.STREAM_REORDER,
            Settings.STREAM_RESEND,
            Settings.STREAM_GROUPS);

    @Override
    public void check(Element topology, Problems problems) {
        Map<String, Element> firsts = new HashMap<>();
        for (Element stream : Find.streams(topology)) {
            Optional<String> carrier = stream.value(Settings.STREAM_CARRIER);
            if (carrier.isPresent()) {
                Element first = firsts.putIfAbsent(carrier.get(), stream);
                ride(stream, problems);
                if (first != null) {
                    SHARED.forEach(setting -> share(setting, first, stream, carrier.get(), problems));
                }
            }
        }
    }

    /** What has no place on a carrier at all. */
    private static void ride(Element stream, Problems problems) {
        String title = Find.title(stream, Settings.STREAM_NAME);
        int count = StreamIds.partitionsOf(stream);
        if (count > 1) {
            problems.add(
                    stream.at(Settings.STREAM_CARRIER),
                    title + " has " + count
                            + " partitions and a carrier: one is for what is too big for a stream, the other"
                            + " for what is too small for lines of its own",
                    "leave one of them out");
        }
        if (stream.value(Settings.STREAM_WRITERS).equals(Optional.of("many"))) {
            problems.add(
                    stream.at(Settings.STREAM_CARRIER),
                    title
                            + " has many writers and a carrier: the engine publishes it, and one program publishes all that"
                            + " a host publishes of a carrier",
                    "leave the carrier out, or write writers=\"one\"");
        }
        if (stream.value(Settings.STREAM_JOIN).equals(Optional.of("least-populated"))) {
            problems.add(
                    stream.at(Settings.STREAM_JOIN),
                    title
                            + " has join=\"least-populated\" and a carrier: subscribers are counted by stream, and those of a"
                            + " carrier by nobody",
                    "write join=\"random\" or join=\"mac-xor\", or leave the carrier out");
        }
    }

    private static <T> void share(
            Setting<T> setting, Element first, Element stream, String carrier, Problems problems) {
        // What is written and has no meaning is another rule's business.
        boolean isReadable = isReadable(setting, first) && isReadable(setting, stream);
        if (isReadable && !first.value(setting).equals(stream.value(setting))) {
            problems.add(
                    stream.at(setting),
                    Find.title(stream, Settings.STREAM_NAME) + words(setting, stream) + " and "
                            + Find.title(first, Settings.STREAM_NAME) + words(setting, first)
                            + ", and both are on carrier " + carrier + ": streams of one move together",
                    "write the same " + setting.attribute() + ", or another carrier");
        }
    }

    private static boolean isReadable(Setting<?> setting, Element stream) {
        return !stream.has(setting) || stream.value(setting).isPresent();
    }

    private static String words(Setting<?> setting, Element stream) {
        return stream.text(setting)
                .map(text -> " has " + setting.attribute() + "=\"" + text + "\"")
                .orElse(" has no " + setting.attribute());
    }
}
