// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A journal without a file: every message, gap, seal and end in a list, in the order in which a reader has to see them.
 */
final class JournalModel {
    /** A message (first = last), what is lost, a seal (first to last), or an end (last). */
    record Entry(char kind, long epoch, long first, long last) {
        String word() {
            return kind + " " + epoch + ":" + first + "-" + last;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> late = new TreeSet<>();
    private final List<Long> epochs = new ArrayList<>();
    private long epoch = -1;
    private long next = 1;
    private boolean isEnded;
    private long sealed;

    long epoch() {
        return epoch;
    }

    long next() {
        return next;
    }

    boolean isEnded() {
        return isEnded;
    }

    void data(long packetEpoch, long first, long last) {
        if (begin(packetEpoch) && last >= next) {
            lose(Math.max(next, first));
            for (; next <= last; next++) {
                entries.add(new Entry('m', epoch, next, next));
            }
        }
    }

    void gap(long packetEpoch, long last) {
        if (begin(packetEpoch) && last >= next) {
            lose(last + 1);
        }
    }

    void seal(long packetEpoch, long first, long last) {
        if (packetEpoch == epoch && !isEnded && last + 1 == next && last > sealed) {
            sealed = last;
            entries.add(new Entry('s', epoch, first, last));
        }
    }

    void end(long packetEpoch, long last) {
        if (begin(packetEpoch) && last + 1 >= next) {
            lose(last + 1);
            entries.add(new Entry('e', epoch, last, last));
            isEnded = true;
        }
    }

    boolean fill(long packetEpoch, long first, long last) {
        if (epoch < 0 || packetEpoch > epoch || (packetEpoch == epoch && first >= next)) {
            return false;
        }
        for (long sequence = first; sequence <= last; sequence++) {
            late.add(packetEpoch + ":" + sequence);
        }
        return true;
    }

    /** All that a reader sees from a sequence on, a word a message; what is lost message by message too. */
    List<String> from(long fromEpoch, long sequence) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean isBefore = entry.epoch < fromEpoch
                    || (entry.epoch == fromEpoch && (entry.kind == 'm' || entry.kind == 'g') && entry.last < sequence);
            if (!isBefore) {
                add(words, entry, entry.epoch == fromEpoch ? sequence : 1);
            }
            boolean isLastOfEpoch = i + 1 < entries.size() && entries.get(i + 1).epoch != entry.epoch;
            if (isLastOfEpoch && entry.kind != 'e' && entry.epoch >= fromEpoch) {
                addTail(words, entry);
            }
        }
        return words;
    }

    List<Entry> entries() {
        return entries;
    }

    private void add(List<String> words, Entry entry, long sequence) {
        if (entry.kind == 'g') {
            for (long lost = Math.max(sequence, entry.first); lost <= entry.last; lost++) {
                words.add((late.contains(entry.epoch + ":" + lost) ? "m " : "g ") + entry.epoch + ":" + lost + "-"
                        + lost);
            }
        } else if (entry.kind != 's' || entry.last + 1 > sequence || sequence == 1) {
            words.add(entry.word());
        }
    }

    /** What came late of an epoch whose end nobody heard. */
    private void addTail(List<String> words, Entry last) {
        long behind = last.last + 1;
        long end = late.stream()
                .filter(each -> each.startsWith(last.epoch + ":"))
                .mapToLong(each -> Long.parseLong(each.substring(each.indexOf(':') + 1)))
                .max()
                .orElse(0);
        for (long sequence = behind; sequence <= end; sequence++) {
            String kind = late.contains(last.epoch + ":" + sequence) ? "m " : "g ";
            words.add(kind + last.epoch + ":" + sequence + "-" + sequence);
        }
    }

    private boolean begin(long packetEpoch) {
        if (packetEpoch < epoch || (packetEpoch == epoch && isEnded)) {
            return false;
        }
        if (packetEpoch != epoch) {
            epochs.add(packetEpoch);
            epoch = packetEpoch;
            next = 1;
            isEnded = false;
            sealed = 0;
        }
        return true;
    }

    private void lose(long upTo) {
        if (upTo > next) {
            entries.add(new Entry('g', epoch, next, upTo - 1));
            next = upTo;
        }
    }
}
