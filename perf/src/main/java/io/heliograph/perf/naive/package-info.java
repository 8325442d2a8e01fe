// SPDX-License-Identifier: Apache-2.0
/**
 * A second implementation of ITCH books, as plain as it can be: what the fast one is compared with.
 *
 * <p>The demo and tests call in; it calls nothing of this project: its own reading of the file format, its own parsing, maps
 * of the JDK. So a mistake that decoder, schema or books made would have to be made here a second time, in other words.
 * One thread. Read {@link io.heliograph.perf.naive.NaiveBook} first.
 *
 * <p>Specification: Nasdaq TotalView-ITCH 5.0, and BinaryFILE for the framing.
 */
@NullMarked
package io.heliograph.perf.naive;

import org.jspecify.annotations.NullMarked;
