// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.nic.NicEvent;

/**
 * Told of what happens to an engine's parts.
 *
 * <p><b>Thread:</b> of the driver, of journals and of streams of many writers, on the engine's owner thread; of NICs, on the thread that
 * watches them; of links, on theirs.
 */
public interface EngineListener extends DriverEvent.Listener, NicEvent.Listener, LinkEvent.Listener {
    /** This process is the host's one engine; nothing has started so far. */
    void onClaimed();

    /**
     * Something happened to a stream of many writers.
     *
     * @param event what.
     */
    void onIntake(IntakeEvent event);

    /**
     * Something happened to a journal that the host keeps.
     *
     * @param event what.
     */
    void onJournal(JournalEvent event);

    /**
     * Something happened to a bridge that begins or ends here: on the bridge's thread, or the links'.
     *
     * @param event what.
     */
    default void onBridge(BridgeEvent event) {}

    /** Nobody need be told of links: they are counted, too. */
    @Override
    default void onLink(LinkEvent event) {}
}
