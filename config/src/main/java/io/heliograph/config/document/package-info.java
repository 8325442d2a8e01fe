// SPDX-License-Identifier: Apache-2.0
/**
 * The XML of a topology file as a tree of elements whose every attribute knows its line and column, checked for its form.
 *
 * <p>Called by {@code TopologyReader} and the {@code rules}; calls {@code settings} and the JDK's SAX parser and schema
 * validator, with no DTD and no external entity. One reading, one thread; the tree is immutable afterwards. Read {@link
 * io.heliograph.config.document.DocumentReader} first.
 */
@NullMarked
package io.heliograph.config.document;

import org.jspecify.annotations.NullMarked;
