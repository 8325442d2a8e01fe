// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;
import io.heliograph.config.settings.Settings;
import java.util.Optional;

/**
 * A feed that is split has a publisher who gives keys, and an id for each partition.
 *
 * <p><b>Thread:</b> immutable.
 */
final class PartitionsRule implements Rule {

    @Override
    public void check(Element topology, Problems problems) {
        for (Element stream : Find.streams(topology)) {
            int count = StreamIds.partitionsOf(stream);
            if (count > 1 && stream.value(Settings.STREAM_WRITERS).equals(Optional.of("many"))) {
                problems.add(
                        stream.at(Settings.STREAM_PARTITIONS),
                        Find.title(stream, Settings.STREAM_NAME) + " has many writers and " + count
                                + " partitions: what writers put into its ring has no key",
                        "write writers=\"one\", or a stream for each part");
            }
            if (stream.value(Settings.STREAM_ID).isPresent()
                    && StreamIds.idsOf(stream).size() < count) {
                problems.add(
                        stream.at(Settings.STREAM_PARTITIONS),
                        Find.title(stream, Settings.STREAM_NAME) + " has " + count + " partitions, and ids end at "
                                + Integer.MAX_VALUE,
                        "begin at a lower id");
            }
        }
    }
}
