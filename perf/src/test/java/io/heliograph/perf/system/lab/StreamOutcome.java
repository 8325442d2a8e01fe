// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import io.heliograph.perf.bench.control.ControlLine;

/**
 * What came of one stream at one receiver during one fault.
 *
 * <p><b>Thread:</b> one owner.
 */
final class StreamOutcome {
    private long noticedBefore;
    private long noticed;
    private long unheard;
    private long unheardBefore;
    private boolean isBegun;
    private long awayNs;
    private long backNs;
    private String notices = "";
    private String complaints = "";

    /** The fault comes now: what was before does not count, but its complaints. */
    void begin() {
        awayNs = 0;
        backNs = 0;
        notices = "";
        noticedBefore = noticed;
        unheardBefore = unheard;
        isBegun = true;
    }

    void onPause(boolean isAway, long longestNs) {
        if (isAway) {
            awayNs = Math.max(awayNs, longestNs);
        } else {
            backNs = Math.max(backNs, longestNs);
        }
    }

    void onAccount(int stream, ControlLine sent, ControlLine reached) {
        String id = stream + ".";
        long number = sent.number(id + "number");
        long first = reached.number(id + "first");
        long next = reached.number(id + "next");
        long delivered = reached.number(id + "delivered");
        noticed = reached.number(id + "noticed");
        notices = (notices + " " + reached.text(id + "notices")).trim();
        complain(reached.text(id + "complaints"));
        if (next <= number) {
            complain("messages " + next + " to " + number + " were sent and did not come within 5 s");
        }
        if (delivered + noticed != next - first) {
            complain(delivered + " delivered and " + noticed + " named by gap notices of " + (next - first));
        }
        if (reached.number(id + "ownDelivered") != delivered || reached.number(id + "ownLost") != noticed) {
            complain("the subscription's own counters say " + reached.text(id + "ownDelivered") + " delivered and "
                    + reached.text(id + "ownLost") + " lost, its listener was given " + delivered + " and " + noticed);
        }
        unheard = sent.number(id + "unheard");
        if (sent.number(id + "misnumbered") != 0) {
            complain("the sender: " + sent.text(id + "misnumbered") + " misnumbered");
        }
        if (isBegun && unheard != unheardBefore) {
            complain("the sender: " + (unheard - unheardBefore) + " packets unheard");
        }
    }

    /** Messages that gap notices named since the fault. */
    long noticed() {
        return noticed - noticedBefore;
    }

    /** Their ranges. */
    String notices() {
        return notices;
    }

    /** Everything that is wrong whatever the policy promises; empty when nothing is. */
    String complaints() {
        return complaints;
    }

    /** The longest pause in delivery while the fault stood. */
    long awayNs() {
        return awayNs;
    }

    /** The longest pause in delivery after it was mended. */
    long backNs() {
        return backNs;
    }

    private void complain(String words) {
        complaints = complaints.isEmpty() || words.isEmpty() ? complaints + words : complaints + "; " + words;
    }
}
