// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.driver.status.ReceiverHwm;
import io.aeron.driver.status.ReceiverPos;
import io.aeron.driver.status.SystemCounterDescriptor;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells an image that stands still behind a loss from one to which nothing is sent, by the driver's counters: behind a loss
 * the highest position received is ahead of the one that is whole, or packets arrive beyond the receiver's window and are
 * dropped there. A publisher that pauses shows neither, and leaving its line would only lose what is on the way.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> with each image that comes or goes, none else.
 */
@SuppressWarnings("ReferenceEquality") // Other images are another array.
public final class ReceiverProgress {
    private static final Image[] NONE = {};

    private final CountersReader counters;
    private long overRuns;
    private Image[] images = NONE;
    private int[] highest = {};
    private int[] whole = {};

    private ReceiverProgress(CountersReader counters) {
        this.counters = counters;
        mark();
    }

    /**
     * Reads the counters of a driver.
     *
     * @param aeron a client of it.
     * @return what they say from now on.
     */
    public static ReceiverProgress of(Aeron aeron) {
        return new ReceiverProgress(aeron.countersReader());
    }

    /** The line has brought something: what was dropped before is the past. */
    public void mark() {
        overRuns = overRuns();
    }

    /**
     * Whether more was received than can be delivered.
     *
     * @param now the line's images; the same array as long as they are the same.
     * @return true behind a loss that is not repaired; packets dropped beyond the window count for any line of the driver.
     */
    public boolean isStanding(Image[] now) {
        if (now != images) {
            find(now);
        }
        boolean isStanding = now.length > 0 && overRuns() > overRuns;
        for (int i = 0; i < now.length; i++) {
            long registration = now[i].correlationId();
            isStanding |= value(highest[i], registration) > value(whole[i], registration);
        }
        return isStanding;
    }

    /** Walks all counters of the driver, of which there may be thousands: not more often than images change. */
    private void find(Image[] now) {
        images = now;
        highest = new int[now.length];
        whole = new int[now.length];
        for (int i = 0; i < now.length; i++) {
            long registration = now[i].correlationId();
            highest[i] = counters.findByTypeIdAndRegistrationId(ReceiverHwm.RECEIVER_HWM_TYPE_ID, registration);
            whole[i] = counters.findByTypeIdAndRegistrationId(ReceiverPos.RECEIVER_POS_TYPE_ID, registration);
        }
    }

    /** 0 where the counter is not there, or somebody else's by now. */
    private long value(int counter, long registration) {
        return counter >= 0 && counters.getCounterRegistrationId(counter) == registration
                ? counters.getCounterValue(counter)
                : 0;
    }

    private long overRuns() {
        return counters.getCounterValue(SystemCounterDescriptor.FLOW_CONTROL_OVER_RUNS.id());
    }
}
