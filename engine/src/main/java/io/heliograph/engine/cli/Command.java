// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.concurrent.Callable;

/**
 * A role of the launcher. An implementation carries picocli's {@code @Command} annotation with the role's name, an
 * example in its description, and is registered in {@code META-INF/services/io.heliograph.engine.cli.Command}: so every
 * module adds its own roles and none has to know another.
 *
 * <p><b>Thread:</b> the main thread.
 *
 * <p><b>Failure:</b> {@link #call()} returns the exit code: 0 done, 1 failed (and said what on standard error), 2 the call
 * or the topology is wrong. {@link CommandException} is the way to end with a message and a code.
 */
public interface Command extends Callable<Integer> {
    @Override
    Integer call() throws Exception;
}
