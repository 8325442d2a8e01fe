// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages that were made last, so that many who ask for the same cost one read. For a second only: a journal may fill a gap.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class PageCache {
    private static final int MOST = 64;
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(1);

    private final LinkedHashMap<Key, Made> pages = new LinkedHashMap<>();
    private @Nullable PageBuilder spare;

    /** What a page is of. */
    record Key(int stream, long epoch, long first, long end, int octets) {}

    private record Made(PageBuilder page, long atNs) {}

    /** The page of a place, if it is here. */
    @Nullable
    PageBuilder get(Key key, long nowNs) {
        Made made = pages.get(key);
        return made == null || nowNs - made.atNs >= FRESH_NS ? null : made.page;
    }

    /** A page to build into: that of the oldest, where there are many. */
    PageBuilder take(int octets) {
        PageBuilder unused = spare;
        if (unused != null) {
            spare = null;
            return unused;
        }
        if (pages.size() < MOST) {
            return new PageBuilder(octets);
        }
        Map.Entry<Key, Made> oldest = pages.entrySet().iterator().next();
        pages.remove(oldest.getKey());
        return oldest.getValue().page;
    }

    /** Keeps a page that will not be another one soon. */
    void put(Key key, PageBuilder page, long nowNs) {
        pages.remove(key);
        pages.put(key, new Made(page, nowNs));
    }

    /** A page that is not kept. */
    void giveBack(PageBuilder page) {
        spare = page;
    }
}
