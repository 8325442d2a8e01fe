// SPDX-License-Identifier: Apache-2.0
/**
 * What a schema can't say: one class per rule over the whole topology.
 *
 * <p>Called by {@code TopologyReader}; calls {@code document}, {@code settings} and {@code net}. A rule judges what is
 * right in its form and passes over the rest, which the form check has said already, so that one mistake is said once.
 * Rules hold no state, any thread. Read {@link io.heliograph.config.rules.Rule} first, then {@link
 * io.heliograph.config.rules.Rules} for the list.
 */
@NullMarked
package io.heliograph.config.rules;

import org.jspecify.annotations.NullMarked;
