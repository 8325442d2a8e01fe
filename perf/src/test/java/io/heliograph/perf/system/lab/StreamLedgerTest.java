// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The lab's judge sees what it is there to see: each kind of fault is put in, and has to be complained of. */
final class StreamLedgerTest {
    private static final int STREAM = 101;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[FeedMessage.LENGTH]);
    private final StreamLedger ledger = new StreamLedger(STREAM);

    @Test
    void shouldHaveNoComplaintOfEveryMessageOnceAndInOrder() {
        deliver(5, 104);

        assertEquals(List.of(), ledger.takeComplaints());
        assertEquals(100, ledger.delivered());
        assertEquals(5, ledger.first());
        assertEquals(105, ledger.next());
    }

    @Test
    void shouldComplainOfAMessageThatIsMissing() {
        deliver(1, 10);
        deliver(12, 20);

        assertComplaint("messages 11 to 11 are missing without a gap notice");
    }

    @Test
    void shouldComplainOfAMessageTwice() {
        deliver(1, 10);
        deliver(10, 10);

        assertComplaint("message 10 a second time");
        assertEquals(10, ledger.delivered());
    }

    @Test
    void shouldTakeAGapNoticeInItsPlaceForWhatWasNotDelivered() {
        deliver(1, 10);
        ledger.onGap(1, 11, 15);
        deliver(16, 20);

        assertEquals(List.of(), ledger.takeComplaints());
        assertEquals(5, ledger.noticed());
        assertEquals(15, ledger.delivered());
        assertEquals(List.of("11..15"), ledger.takeNotices());
    }

    @Test
    void shouldComplainOfAGapNoticeThatNamesTooMuch() {
        deliver(1, 10);
        ledger.onGap(1, 10, 15);

        assertComplaint("gap notice 10 to 15 where 11 is next");
    }

    @Test
    void shouldComplainOfAGapNoticeThatNamesTooLittle() {
        deliver(1, 10);
        ledger.onGap(1, 11, 14);
        deliver(16, 20);

        assertComplaint("messages 15 to 15 are missing without a gap notice");
    }

    @Test
    void shouldComplainOfAMessageThatAGapNoticeNamed() {
        deliver(1, 10);
        ledger.onGap(1, 11, 15);
        deliver(15, 20);

        assertComplaint("message 15 a second time, or behind a gap notice that named it");
    }

    @Test
    void shouldComplainOfAnOctetThatIsNotAsItWasSent() {
        for (int octet = 0; octet < FeedMessage.LENGTH; octet++) {
            StreamLedger fresh = new StreamLedger(STREAM);
            FeedMessage.put(message, STREAM, 7, 99);
            message.putByte(octet, (byte) (message.getByte(octet) ^ 0x10));

            fresh.onMessage(message, 0, FeedMessage.LENGTH, 7);

            assertFalse(fresh.takeComplaints().isEmpty(), "octet " + octet);
        }
    }

    @Test
    void shouldComplainOfAMessageUnderAnotherNumber() {
        FeedMessage.put(message, STREAM, 7, 99);
        ledger.onMessage(message, 0, FeedMessage.LENGTH, 8);

        assertComplaint("message 7 was delivered as 8");
    }

    @Test
    void shouldComplainOfAMessageThatDoesNotFollowTheOneBefore() {
        deliver(1, 10);
        FeedMessage.put(message, STREAM, 11, 12345);
        ledger.onMessage(message, 0, FeedMessage.LENGTH, 11);

        assertComplaint("message 11 does not follow the one delivered before it");
    }

    @Test
    void shouldComplainWhenTheSenderSaysThatItSentSomethingElse() {
        deliver(1, 10);
        ledger.compare(10, chainAt(10));
        assertEquals(List.of(), ledger.takeComplaints());

        ledger.compare(10, chainAt(10) + 1);

        assertComplaint("messages up to 10 are not those that the sender sent");
    }

    @Test
    void shouldComplainOfASecondEpoch() {
        ledger.onEpochStart(1, 1);
        assertEquals(List.of(), ledger.takeComplaints());

        ledger.onEpochStart(2, 1);

        assertComplaint("epoch 2 begins in the midst of 1");
    }

    @Test
    void shouldMeasureTheLongestPauseSinceItWasAskedLast() {
        ledger.onTime(1_000);
        deliver(1, 1);
        ledger.onTime(4_000);
        deliver(2, 2);
        ledger.onTime(5_000);
        deliver(3, 3);

        assertEquals(3_000, ledger.takeLongestPauseNs(6_000));
        assertEquals(4_500, ledger.takeLongestPauseNs(10_500));
    }

    private void deliver(long first, long last) {
        for (long number = first; number <= last; number++) {
            FeedMessage.put(message, STREAM, number, chainAt(number));
            ledger.onMessage(message, 0, FeedMessage.LENGTH, number);
        }
    }

    private void assertComplaint(String words) {
        String complaints = String.join("; ", ledger.takeComplaints());
        assertTrue(complaints.contains(words), complaints);
    }

    private static long chainAt(long number) {
        long chain = 0;
        for (long at = 1; at <= number; at++) {
            chain = FeedMessage.chain(chain, STREAM, at);
        }
        return chain;
    }
}
