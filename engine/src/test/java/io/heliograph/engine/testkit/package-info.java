// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of all modules share: waiting, groups of their own, doubles.
 *
 * <p>Used by tests only; calls what it stands in for. Each type says its own thread rule. Read {@link
 * io.heliograph.engine.testkit.Awaiting} first.
 */
@NullMarked
package io.heliograph.engine.testkit;

import org.jspecify.annotations.NullMarked;
