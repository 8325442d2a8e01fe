// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * What a node has asked, over however many connections, and has not had yet; how much more it may ask now; and what it was told to
 * look for on the lines.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class ReplayAccount {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** What a node was told to look for on the lines so long ago says nothing of now. */
    private static final long TOLD_NS = SECOND_NS;

    private static final int MOST_TOLD = 256;

    final String name;
    final ArrayDeque<ReplayJob> jobs = new ArrayDeque<>();
    private final long costNs;
    private final long mostNs;
    /** Time that the peer has not used for requests; each costs some. */
    private long savedNs;

    private long nowNs;

    private final ArrayDeque<Told> told = new ArrayDeque<>();

    private record Told(long atNs, int stream, long epoch, long first, long end) {}

    ReplayAccount(String name, ReplayServerContext context, long nowNs) {
        this.name = name;
        this.costNs = SECOND_NS / context.requestsPerSecond();
        // A tenth of a second's requests may come at once.
        this.mostNs = Math.max(costNs, SECOND_NS / 10);
        this.savedNs = mostNs;
        this.nowNs = nowNs;
    }

    /** Takes a request from what the peer may ask; the ms that it has to wait, or 0. */
    int charge(long now) {
        savedNs = Math.min(mostNs, savedNs + now - nowNs);
        nowNs = now;
        if (savedNs < costNs) {
            return 1 + (int) TimeUnit.NANOSECONDS.toMillis(costNs - savedNs);
        }
        savedNs -= costNs;
        return 0;
    }

    /** When it last asked. */
    long usedNs() {
        return nowNs;
    }

    /** Notes that it was told to look for a range on the lines. */
    void onTold(ReplayJob job, long now) {
        if (told.size() >= MOST_TOLD) {
            told.removeFirst();
        }
        told.addLast(new Told(now, job.stream, job.epoch, job.next, job.end));
    }

    /** How often it was told so lately of a range, or of some of it. */
    int timesTold(ReplayJob job, long now) {
        int times = 0;
        for (Told each : told) {
            boolean isSame =
                    each.stream == job.stream && each.epoch == job.epoch && each.first < job.end && job.next < each.end;
            times += isSame && now - each.atNs < TOLD_NS ? 1 : 0;
        }
        return times;
    }
}
