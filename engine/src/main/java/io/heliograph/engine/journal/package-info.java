// SPDX-License-Identifier: Apache-2.0
/**
 * A stream's packets on disk: appended in the order of their sequence, found by sequence or by time, read by any number of
 * readers in any process, verified.
 *
 * <p>The engine's thread calls {@link io.heliograph.engine.journal.JournalAppender}, through a {@link
 * io.heliograph.engine.journal.JournalAgent} that takes a subscription's packets; a side thread calls {@link
 * io.heliograph.engine.journal.JournalKeeper} (pretouching, free space, retention, sync); whoever serves what was missed calls a
 * {@link io.heliograph.engine.journal.JournalReader} on a thread of its own. The room calls Chronicle Queue, which no other
 * does. Events that allocate: the roll of a cycle (each hour), a gap, a fill, and what the keeper does. Read {@code
 * StreamJournal} first; the files are described in the engine's README.
 */
@NullMarked
package io.heliograph.engine.journal;

import org.jspecify.annotations.NullMarked;
