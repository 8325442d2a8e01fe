// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Stream;
import java.util.List;

/**
 * The hosts whose publishers of a stream keep what they have sent ({@code resend=}) for those who lost it: they keep no journal of
 * it, which would answer better, and their engines can be asked. Only who is in the stream's site hears its lines.
 *
 * <p><b>Thread:</b> static functions.
 */
final class ResendHosts {
    private ResendHosts() {}

    /** Those whom a host can ask for what it missed; none on a carrier, whose streams are kept together. */
    static List<String> of(HostPlace place, Stream stream, SubscriptionOptions options) {
        if (!options.isRepaired()
                || options.journals() != null
                || !place.site().name().equals(stream.site())) {
            return List.of();
        }
        String here = place.host().name();
        return stream.publishers().stream()
                .filter(host -> !host.equals(here))
                .filter(host -> place.site()
                        .host(host)
                        .filter(found -> isKeeping(found, stream))
                        .isPresent())
                .toList();
    }

    /** Whether the publisher of a stream keeps what it sends there. */
    static boolean isKeeping(Host host, Stream stream) {
        return stream.carrier() == null
                && !host.engine().links().isEmpty()
                && !stream.journaling().hosts().contains(host.name());
    }
}
