// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.session.LinkPermissions;
import java.util.Optional;

/**
 * Which nodes a node talks to, and what each may do.
 *
 * <p><b>Thread:</b> immutable.
 */
@FunctionalInterface
public interface LinkPolicy {
    /**
     * What a node may do.
     *
     * @param node its name.
     * @return empty for a node that is not known: it is rejected.
     */
    Optional<LinkPermissions> permissions(String node);
}
