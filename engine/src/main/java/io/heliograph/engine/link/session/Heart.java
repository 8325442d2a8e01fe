// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.link.session.LinkCounters.Count;
import io.heliograph.engine.wire.HeartbeatFlyweight;
import org.agrona.DirectBuffer;

/**
 * A session's heartbeats: when the next is due, how long the peer has been silent, round trip and clock offset.
 *
 * <p>Silence counts only while this side is awake: when its own thread stood still, a peer gets that time on top, because what
 * it sent meanwhile is still to be read. The offset is that of the quickest of the last {@value #SAMPLES} round trips, which
 * was held up least, as NTP's clock filter has it (RFC 5905, section 10).
 *
 * <p><b>Thread:</b> the session's owner.
 */
final class Heart {
    /** Round trips that the quickest is taken of. */
    static final int SAMPLES = 8;

    private static final long PLAUSIBLE_NS = 60_000_000_000L;

    private final LinkTimes times;
    private final LinkCounters counters;
    private final long[] roundTrips = new long[SAMPLES];
    private final long[] offsets = new long[SAMPLES];
    private int sampleCount;
    private volatile LinkTiming timing = LinkTiming.NONE;
    private long lastTickNs;
    /** Read by others who want to know how long the peer has been silent. */
    private volatile long lastHeardNs;

    private long nextBeatNs;
    private long echoNs;
    private long echoCameNs;
    private boolean hasEcho;

    Heart(LinkTimes times, LinkCounters counters, long nowNs) {
        this.times = times;
        this.counters = counters;
        this.lastTickNs = nowNs;
        this.lastHeardNs = nowNs;
        this.nextBeatNs = nowNs;
    }

    /** Any octets are a sign of life. */
    void onHeard(long nowNs) {
        lastHeardNs = nowNs;
    }

    /** How long this side stood still before this tick, beyond what is usual: peers are not to blame for that. */
    long onTick(long nowNs) {
        long asleepNs = Math.max(0, nowNs - lastTickNs - times.heartbeatNs());
        long before = lastHeardNs;
        lastHeardNs = before + asleepNs;
        lastTickNs = nowNs;
        return asleepNs;
    }

    boolean isPeerDead(long nowNs) {
        return nowNs - lastHeardNs > times.silenceNs();
    }

    long silentNs(long nowNs) {
        return nowNs - lastHeardNs;
    }

    boolean isBeatDue(long nowNs) {
        return nowNs - nextBeatNs >= 0;
    }

    void beat(LinkOutput output, long nowNs, long epochNs) {
        nextBeatNs = nowNs + times.heartbeatNs();
        // An echo of 0 would say that there is none.
        long sentNs = nowNs == 0 ? 1 : nowNs;
        long heldNs = hasEcho ? Math.max(0, nowNs - echoCameNs) : 0;
        HeartbeatFlyweight.encode(
                output.claim(HeartbeatFlyweight.LENGTH), 0, sentNs, epochNs, hasEcho ? echoNs : 0, heldNs);
        output.commit();
        output.flush();
    }

    void onHeartbeat(DirectBuffer buffer, int offset, long nowNs, long epochNs) {
        echoNs = HeartbeatFlyweight.sentNs(buffer, offset);
        echoCameNs = nowNs;
        hasEcho = echoNs != 0;
        long echo = HeartbeatFlyweight.echoNs(buffer, offset);
        if (echo == 0) {
            return;
        }
        long roundTripNs = nowNs - echo - HeartbeatFlyweight.heldNs(buffer, offset);
        if (roundTripNs < 0 || roundTripNs > PLAUSIBLE_NS || nowNs - echo < 0) {
            counters.count(Count.ODD_TIMES);
            return;
        }
        int slot = sampleCount++ % SAMPLES;
        roundTrips[slot] = roundTripNs;
        offsets[slot] = HeartbeatFlyweight.sentEpochNs(buffer, offset) + roundTripNs / 2 - epochNs;
        int best = quickest();
        timing = new LinkTiming(roundTripNs, offsets[best], (roundTrips[best] + 1) / 2);
        counters.roundTripNs(roundTripNs);
    }

    /** What the last round trips say: any thread. */
    LinkTiming timing() {
        return timing;
    }

    private int quickest() {
        int best = 0;
        for (int i = 1; i < Math.min(sampleCount, SAMPLES); i++) {
            best = roundTrips[i] < roundTrips[best] ? i : best;
        }
        return best;
    }
}
