// SPDX-License-Identifier: Apache-2.0
/**
 * What exists: the topology as immutable records, read from its file, and where each stream's lines are.
 *
 * <p>Every other module calls in; it calls its own rooms {@code document} (XML to a tree with positions), {@code settings}
 * (the catalogue of attributes), {@code rules} (one class per check) and {@code net}, and of libraries the JDK alone. All
 * types are immutable and may be used by any thread. Read {@link io.heliograph.config.TopologyReader} first, then {@link
 * io.heliograph.config.Topology}.
 */
@NullMarked
package io.heliograph.config;

import org.jspecify.annotations.NullMarked;
