// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue of settings: every element and attribute of the topology file, with its type, default, range and
 * meaning.
 *
 * <p>The other rooms of {@code config} ask it what a file may hold; the schema and the reference tables of the README are
 * held to it by tests. It calls {@code net} alone. Immutable, any thread. Read {@link
 * io.heliograph.config.settings.Settings} first.
 */
@NullMarked
package io.heliograph.config.settings;

import org.jspecify.annotations.NullMarked;
