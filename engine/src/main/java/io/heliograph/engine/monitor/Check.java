// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.util.List;

/**
 * One thing about a machine that costs latency or bites, looked at.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Failure:</b> what cannot be read is {@link Finding.State#UNKNOWN} and no exception: containers hide much.
 */
interface Check {
    /**
     * What is looked at.
     *
     * @return one or two words, the same in every finding of this check.
     */
    String name();

    /**
     * Looks.
     *
     * @param machine to look at; read only.
     * @return at least one finding, or none where there is nothing that the check is about.
     */
    List<Finding> examine(Machine machine);
}
