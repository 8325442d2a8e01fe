// SPDX-License-Identifier: Apache-2.0
/** Tests of the room of the same name. */
@NullMarked
package io.heliograph.perf.bench.feed;

import org.jspecify.annotations.NullMarked;
