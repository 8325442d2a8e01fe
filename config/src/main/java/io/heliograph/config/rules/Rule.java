// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.rules;

import io.heliograph.config.document.Element;
import io.heliograph.config.document.Problems;

/**
 * One check over a whole topology.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p><b>Failure:</b> what is wrong goes to the problems; a rule never throws for a wrong file, and says nothing about what
 * is wrong in its form.
 */
@FunctionalInterface
public interface Rule {
    /**
     * Judges a topology.
     *
     * @param topology the root of its tree.
     * @param problems gathers what is wrong.
     */
    void check(Element topology, Problems problems);
}
