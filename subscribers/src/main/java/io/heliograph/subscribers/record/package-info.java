// SPDX-License-Identifier: Apache-2.0
/**
 * Files of what a subscriber received: final levels and changes of the best prices as CSV.
 *
 * <p>Roles and the demo call in, from the thread that feeds the books; the room calls {@code book}, {@code engine.schema}
 * and the disk. Lines are made in memory without garbage; a thread of the file's own writes them, so that a slow disk
 * costs the caller nothing until {@link io.heliograph.subscribers.record.LineFile#BUFFERS} buffers are full. Read {@link
 * io.heliograph.subscribers.record.BookFiles} first.
 */
@NullMarked
package io.heliograph.subscribers.record;

import org.jspecify.annotations.NullMarked;
