// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.Aeron;
import io.aeron.Image;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What the driver has found missing on a line, by its loss report: the only place where a loss shows that NAK repairs, because
 * the image hides it until it is made good.
 *
 * <p>Counts from the moment an image appears, though other subscriptions of the driver may have shared it before. The driver
 * notes a hole when it asks for it: what another receiver's NAK has brought before that is in no report.
 *
 * <p><b>Thread:</b> one owner: the thread that polls.
 *
 * <p><b>Allocation:</b> with each image that comes or goes, and each driver, none else.
 *
 * <p><b>Failure:</b> a driver without a report is told to the error handler once, and counts as one that found nothing.
 */
@SuppressWarnings("ReferenceEquality") // Other images, and another client, are other objects.
public final class DriverLosses {
    private static final Image[] NONE = {};
    private static final Watched[] NOBODY = {};

    private final int aeronStreamId;
    private @Nullable Aeron client;
    private @Nullable LossReportFile report;
    private boolean isAsked;
    private int reportEnd;
    private Image[] images = NONE;
    private Watched[] watched = NOBODY;
    private long pastLosses;
    private long pastLostOctets;
    private long pastBroughtOctets;

    private DriverLosses(int aeronStreamId) {
        this.aeronStreamId = aeronStreamId;
    }

    /**
     * A line's losses; nothing is read so far.
     *
     * @param aeronStreamId of the line's images.
     * @return without a driver.
     */
    public static DriverLosses of(int aeronStreamId) {
        return new DriverLosses(aeronStreamId);
    }

    /**
     * Reads what is new; belongs into the slow half of a duty cycle.
     *
     * @param aeron a client of the driver that serves the line now.
     * @param now the line's images.
     */
    public void follow(Aeron aeron, Image[] now) {
        if (aeron != client) {
            change(NONE, report);
            client = aeron;
            report = null;
            reportEnd = 0;
            isAsked = false;
        }
        if (!isAsked && now.length > 0) {
            isAsked = true;
            report = open(aeron.context().aeronDirectoryName(), aeron.context().errorHandler());
        }
        LossReportFile file = report;
        if (file == null) {
            return;
        }
        while (file.isEntry(reportEnd)) {
            for (Watched image : watched) {
                if (file.isOf(reportEnd, aeronStreamId, image.sessionId, image.source)) {
                    image.onEntry(file, reportEnd, 0, 0);
                }
            }
            reportEnd = file.behind(reportEnd);
        }
        if (now != images) {
            change(now, file);
        }
    }

    /**
     * Holes that the driver found.
     *
     * @return so far.
     */
    public long losses() {
        long losses = pastLosses;
        for (Watched image : watched) {
            losses += image.losses(report);
        }
        return losses;
    }

    /**
     * Octets missing in these holes, with all headers.
     *
     * @return so far.
     */
    public long lostOctets() {
        long octets = pastLostOctets;
        for (Watched image : watched) {
            octets += image.lostOctets(report);
        }
        return octets;
    }

    /**
     * Octets that the line has brought to this subscription, with all headers; what was repaired among them.
     *
     * @return so far.
     */
    public long broughtOctets() {
        long octets = pastBroughtOctets;
        for (Watched image : watched) {
            octets += image.broughtOctets();
        }
        return octets;
    }

    private void change(Image[] now, @Nullable LossReportFile file) {
        Watched[] next = new Watched[now.length];
        for (int i = 0; i < now.length; i++) {
            Watched known = find(now[i]);
            next[i] = known != null ? known : watch(now[i], file);
        }
        for (Watched image : watched) {
            if (!Arrays.asList(next).contains(image)) {
                pastLosses += image.losses(file);
                pastLostOctets += image.lostOctets(file);
                pastBroughtOctets += image.broughtOctets();
            }
        }
        images = now;
        watched = next;
    }

    private @Nullable Watched find(Image image) {
        for (Watched known : watched) {
            if (known.image == image) {
                return known;
            }
        }
        return null;
    }

    /** What stands in the report by now was before the image came; the driver goes on with the last entry, if it is shared. */
    private Watched watch(Image image, @Nullable LossReportFile file) {
        Watched found = new Watched(image);
        for (int offset = 0; file != null && offset < reportEnd; offset = file.behind(offset)) {
            if (file.isOf(offset, aeronStreamId, found.sessionId, found.source)) {
                found.onEntry(file, offset, file.losses(offset), file.octets(offset));
            }
        }
        return found;
    }

    private static @Nullable LossReportFile open(String directory, ErrorHandler errorHandler) {
        try {
            return LossReportFile.of(directory);
        } catch (IllegalStateException missing) {
            errorHandler.onError(new IllegalStateException(
                    "no loss report of the media driver in " + directory
                            + ": what NAK repairs is in no figure of losses; " + missing.getMessage(),
                    missing));
            return null;
        }
    }

    /** An image, its entry in the report, and what stood there before. */
    private static final class Watched {
        private static final int NO_ENTRY = -1;

        private final Image image;
        private final int sessionId;
        private final byte[] source;
        private int entry = NO_ENTRY;
        private long losses;
        private long lostOctets;

        Watched(Image image) {
            this.image = image;
            this.sessionId = image.sessionId();
            this.source = image.sourceIdentity().getBytes(StandardCharsets.US_ASCII);
        }

        /** The driver notes the image's losses here from now on. */
        void onEntry(LossReportFile file, int offset, long lossesBefore, long octetsBefore) {
            losses = losses(file) - lossesBefore;
            lostOctets = lostOctets(file) - octetsBefore;
            entry = offset;
        }

        long losses(@Nullable LossReportFile file) {
            return entry == NO_ENTRY || file == null ? losses : losses + file.losses(entry);
        }

        long lostOctets(@Nullable LossReportFile file) {
            return entry == NO_ENTRY || file == null ? lostOctets : lostOctets + file.octets(entry);
        }

        long broughtOctets() {
            return Math.max(0, image.position() - image.joinPosition());
        }
    }
}
