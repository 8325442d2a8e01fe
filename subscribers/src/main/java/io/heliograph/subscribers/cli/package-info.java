// SPDX-License-Identifier: Apache-2.0
/**
 * The roles of feeds out: {@code subscribe}.
 *
 * <p>The launcher calls in; the room calls {@code Heliograph}, {@code book} and {@code record}. One main thread polls,
 * handles and prints; files are written by threads of their own. Read {@link
 * io.heliograph.subscribers.cli.SubscribeCommand} first.
 */
@NullMarked
package io.heliograph.subscribers.cli;

import org.jspecify.annotations.NullMarked;
