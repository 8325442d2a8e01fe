// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a node's links have seen: connections, rejects by reason, requests. One object for all sessions of a node.
 *
 * <p><b>Thread:</b> counted and read by any.
 */
public final class LinkCounters {
    private final Map<Count, LongAdder> counts = zeros(Count.class);
    private final Map<RejectCode, LongAdder> rejected = zeros(RejectCode.class);
    private final Map<RejectCode, LongAdder> rejectedByPeer = zeros(RejectCode.class);
    private final Map<TlsFault, LongAdder> tlsFaults = zeros(TlsFault.class);
    private final AtomicLong roundTripNs = new AtomicLong(-1);

    /** What is counted beside rejects. */
    public enum Count {
        /** Connections accepted from a socket. */
        ACCEPTED,
        /** Connections closed at once because too many came or were there. */
        REFUSED,
        /** Connections tried. */
        DIALLED,
        /** Sessions that were opened by HELLO both ways. */
        OPENED,
        /** Sessions of these that have ended. */
        CLOSED,
        /** Sessions that ended by BYE. */
        GOODBYES,
        /** Connections that broke without a word. */
        BROKEN,
        /** ZMTP greetings. */
        ZMTP,
        /** Frames taken. */
        FRAMES,
        /** Requests that came. */
        REQUESTS,
        /** Requests refused by status. */
        REFUSED_REQUESTS,
        /** Replies for requests that were taken back or late. */
        LATE_REPLIES,
        /** PACKETS of pulls that were ended, dropped. */
        LATE_PACKETS,
        /** Heartbeats with times that cannot be true, left out of round trip and offset. */
        ODD_TIMES
    }

    /** Nothing counted. */
    public LinkCounters() {}

    /**
     * Counts one.
     *
     * @param what happened.
     */
    public void count(Count what) {
        one(counts, what);
    }

    /**
     * How often something happened.
     *
     * @param what it is.
     * @return 0 and up.
     */
    public long of(Count what) {
        return sum(counts, what);
    }

    /**
     * Counts the end of a session.
     *
     * @param end how.
     */
    public void count(SessionEnd end) {
        switch (end.kind()) {
            case BYE -> count(Count.GOODBYES);
            case BROKEN -> count(Count.BROKEN);
            case ZMTP -> count(Count.ZMTP);
            case REJECTED -> one(rejected, end.code());
            case REJECTED_BY_PEER -> one(rejectedByPeer, end.code());
        }
    }

    /**
     * Counts a handshake that failed.
     *
     * @param fault what was wrong.
     */
    public void count(TlsFault fault) {
        one(tlsFaults, fault);
    }

    /**
     * How many peers were rejected for a reason.
     *
     * @param code the reason.
     * @return 0 and up.
     */
    public long rejected(RejectCode code) {
        return sum(rejected, code);
    }

    /**
     * How often a peer rejected this node for a reason.
     *
     * @param code the reason.
     * @return 0 and up.
     */
    public long rejectedByPeer(RejectCode code) {
        return sum(rejectedByPeer, code);
    }

    /**
     * How many TLS handshakes failed for a reason.
     *
     * @param fault the reason.
     * @return 0 and up.
     */
    public long tlsFaults(TlsFault fault) {
        return sum(tlsFaults, fault);
    }

    /**
     * How many peers were rejected, for whatever reason, failed handshakes among them.
     *
     * @return 0 and up.
     */
    public long rejected() {
        long all = 0;
        for (RejectCode code : RejectCode.values()) {
            all += rejected(code);
        }
        for (TlsFault fault : TlsFault.values()) {
            all += tlsFaults(fault);
        }
        return all;
    }

    /**
     * Sessions that are open.
     *
     * @return 0 and up.
     */
    public long open() {
        return of(Count.OPENED) - of(Count.CLOSED);
    }

    /**
     * Notes a round trip.
     *
     * @param ns the last one measured, of any session.
     */
    void roundTripNs(long ns) {
        roundTripNs.set(ns);
    }

    /**
     * The round trip that was measured last, of any session.
     *
     * @return ns; -1 before the first.
     */
    public long roundTripNs() {
        return roundTripNs.get();
    }

    private static <K extends Enum<K>> Map<K, LongAdder> zeros(Class<K> type) {
        Map<K, LongAdder> zeros = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            zeros.put(key, new LongAdder());
        }
        return zeros;
    }

    private static <K> void one(Map<K, LongAdder> counts, K key) {
        Objects.requireNonNull(counts.get(key)).increment();
    }

    private static <K> long sum(Map<K, LongAdder> counts, K key) {
        return Objects.requireNonNull(counts.get(key)).sum();
    }
}
