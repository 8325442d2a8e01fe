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
 * <p><b>Allocation:</b> none after construction.
 */
public final class ReceiverProgress {
    private final CountersReader counters;
    private long overRuns;

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
     * @param image of the line.
     * @return true behind a loss that is not repaired; packets dropped beyond the window count for any line of the driver.
     */
    public boolean isStanding(Image image) {
        long registration = image.correlationId();
        int highest = counters.findByTypeIdAndRegistrationId(ReceiverHwm.RECEIVER_HWM_TYPE_ID, registration);
        int whole = counters.findByTypeIdAndRegistrationId(ReceiverPos.RECEIVER_POS_TYPE_ID, registration);
        boolean hasHole =
                highest >= 0 && whole >= 0 && counters.getCounterValue(highest) > counters.getCounterValue(whole);
        return hasHole || overRuns() > overRuns;
    }

    private long overRuns() {
        return counters.getCounterValue(SystemCounterDescriptor.FLOW_CONTROL_OVER_RUNS.id());
    }
}
