// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.MissingRanges;
import java.util.ArrayList;
import java.util.List;

/**
 * All pieces of what is missing, in order.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
final class Segments {
    private List<Segment> all = new ArrayList<>();

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Segment get(int place) {
        return all.get(place);
    }

    /** What is missing now: pieces that still are keep their past. */
    void onMissing(MissingRanges missing, long nowNs) {
        List<Segment> kept = new ArrayList<>();
        for (int i = 0; i < missing.count(); i++) {
            keep(kept, nowNs, missing.epoch(), missing.first(i), missing.end(i), missing.sinceNs(i));
        }
        all = kept;
    }

    /** How often the pieces of an ask were asked for, at most. */
    int attempts(long ask) {
        int attempts = 0;
        for (Segment segment : all) {
            attempts = Math.max(attempts, segment.ask == ask ? segment.attempts : 0);
        }
        return attempts;
    }

    private void keep(List<Segment> kept, long nowNs, long epoch, long first, long end, long sinceNs) {
        long at = first;
        for (Segment segment : all) {
            if (segment.epoch == epoch && segment.overlaps(at, end)) {
                if (segment.first > at) {
                    kept.add(new Segment(epoch, at, segment.first, sinceNs, nowNs));
                }
                kept.add(segment.part(at, end));
                at = Math.min(end, segment.end);
            }
        }
        if (at < end) {
            kept.add(new Segment(epoch, at, end, sinceNs, nowNs));
        }
    }

    /** Whether nothing of an ask is missing any longer. */
    boolean isUnwanted(long ask) {
        for (Segment segment : all) {
            if (segment.ask == ask) {
                return false;
            }
        }
        return true;
    }

    /** What was handed on was taken: what of it is missing all the same, the next statement says. */
    void settle(long notBeforeNs) {
        for (Segment segment : all) {
            if (segment.isOnItsWay) {
                segment.isOnItsWay = false;
                segment.notBeforeNs = notBeforeNs;
            }
        }
    }

    /** An ask is over: its pieces may be asked for again, from a time on. */
    void release(long id, long notBeforeNs) {
        for (Segment segment : all) {
            if (segment.ask == id) {
                segment.ask = Segment.NOT_ASKED;
                segment.notBeforeNs = notBeforeNs;
            }
        }
    }

    /** The pieces between two places; those that reach beyond are cut there. */
    List<Segment> cut(long epoch, long from, long to) {
        List<Segment> within = new ArrayList<>();
        List<Segment> after = new ArrayList<>(all.size() + 2);
        for (Segment segment : all) {
            if (segment.epoch != epoch || !segment.overlaps(from, to)) {
                after.add(segment);
                continue;
            }
            if (segment.first < from) {
                after.add(segment.part(segment.first, from));
            }
            Segment middle = segment.part(from, to);
            within.add(middle);
            after.add(middle);
            if (segment.end > to) {
                after.add(segment.part(to, segment.end));
            }
        }
        all = after;
        return within;
    }
}
