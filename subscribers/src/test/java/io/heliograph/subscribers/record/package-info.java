// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the files that subscribers write.
 *
 * <p>Nothing calls in but the test runner. Read {@link io.heliograph.subscribers.record.BookFilesTest} first.
 */
@NullMarked
package io.heliograph.subscribers.record;

import org.jspecify.annotations.NullMarked;
