// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.document.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says that a topology file can't be used, with all that is wrong with it.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class TopologyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    TopologyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /**
     * All mistakes of the file; the message has them too, one a line.
     *
     * @return at least one, in the order of the file.
     */
    public List<Problem> problems() {
        return problems;
    }
}
