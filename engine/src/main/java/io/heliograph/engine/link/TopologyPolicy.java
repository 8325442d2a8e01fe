// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.config.Allow;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.link.session.LinkPermissions;
import java.util.List;
import java.util.Optional;

/**
 * The topology's word on who may connect and do what. Without any {@code allow} in it every host of it may do everything, and
 * nobody else is known. With one, a node may do what those that name it list, and nothing else; hosts of the topology that no
 * {@code allow} names may connect and do nothing.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class TopologyPolicy implements LinkPolicy {
    private final Topology topology;

    /**
     * The word of a topology.
     *
     * @param topology that was checked.
     */
    public TopologyPolicy(Topology topology) {
        this.topology = topology;
    }

    @Override
    public Optional<LinkPermissions> permissions(String node) {
        boolean isHost = topology.host(node).isPresent();
        List<Allow> own = topology.allows().stream()
                .filter(allow -> Allow.fits(allow.node(), node))
                .toList();
        if (!isHost && own.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(topology.allows().isEmpty() ? LinkPermissions.ALL : new Listed(own));
    }

    /** What several of them list. */
    private record Listed(List<Allow> allows) implements LinkPermissions {
        @Override
        public boolean mayPull(String stream) {
            int mark = stream.indexOf(Stream.PARTITION_MARK);
            String feed = mark < 0 ? stream : stream.substring(0, mark);
            return allows.stream().anyMatch(allow -> fits(allow.pull(), stream) || fits(allow.pull(), feed));
        }

        @Override
        public boolean mayAsk(String service) {
            return allows.stream().anyMatch(allow -> fits(allow.ask(), service));
        }

        @Override
        public boolean mayServe(String service) {
            return allows.stream().anyMatch(allow -> fits(allow.serve(), service));
        }

        private static boolean fits(List<String> patterns, String name) {
            return patterns.stream().anyMatch(pattern -> Allow.fits(pattern, name));
        }
    }
}
