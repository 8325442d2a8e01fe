// SPDX-License-Identifier: Apache-2.0
/**
 * What the build holds the house to: who may use whom, which library is used where, what hot code must not do.
 *
 * <p>{@code fixture} holds classes that break every rule on purpose, so that the rules themselves are tested.
 */
@NullMarked
package io.heliograph.perf.architecture;

import org.jspecify.annotations.NullMarked;
