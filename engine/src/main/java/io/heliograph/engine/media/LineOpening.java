// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the driver for a line: nothing yet, it is open, or it is refused. A refusal is told once, however
 * often the line is asked for again; once more only when it was open in between. At the start it is kept for whoever waits
 * for all lines of the stream: without any, that is one failure and not several notices.
 *
 * <p><b>Thread:</b> one owner: the line's.
 */
public final class LineOpening {
    private final String line;
    private boolean isOpen;
    private boolean isTelling;
    private @Nullable String refusal;

    /**
     * A line that nobody has asked for yet.
     *
     * @param line which one, for people: its name, its stream and its NIC.
     */
    public LineOpening(String line) {
        this.line = line;
    }

    /** The driver has opened the line. */
    public void onOpened() {
        isOpen = true;
        refusal = null;
    }

    /** The line's driver is gone: another one will be asked. */
    public void onLost() {
        isOpen = false;
    }

    /**
     * The driver does not open the line.
     *
     * @param errorHandler told, the first time, once the stream has started.
     * @param why the driver's words.
     */
    public void onRefused(ErrorHandler errorHandler, AeronException why) {
        isOpen = false;
        if (refusal == null) {
            refusal = line + " cannot be opened: " + plain(why);
            if (isTelling) {
                tell(errorHandler);
            }
        }
    }

    /**
     * The stream has started, on other lines if not on this one: from now on refusals are told when they come.
     *
     * @param errorHandler told of one that came before.
     */
    public void onStart(ErrorHandler errorHandler) {
        isTelling = true;
        if (refusal != null) {
            tell(errorHandler);
        }
    }

    /**
     * Whether the driver has answered.
     *
     * @return true for a line that is open or refused.
     */
    public boolean isSettled() {
        return isOpen || refusal != null;
    }

    /**
     * Whether the line is open.
     *
     * @return false while it is asked for, refused, or without a driver.
     */
    public boolean isOpen() {
        return isOpen;
    }

    /**
     * Which line is refused, and why.
     *
     * @return null for one that is not.
     */
    public @Nullable String refusal() {
        return refusal;
    }

    private void tell(ErrorHandler errorHandler) {
        errorHandler.onError(
                new DriverException(refusal + "; the stream goes on without it, and it is tried every second"));
    }

    /** Aeron's message without its decoration: {@code ERROR - java.lang.X : what, errorCodeValue=11}. */
    private static String plain(AeronException why) {
        String message = String.valueOf(why.getMessage()).trim();
        String words = message.replaceFirst("^(ERROR|WARN|FATAL) - ", "");
        if (why instanceof RegistrationException) {
            words = words.replaceFirst(",? ?errorCodeValue=-?\\d+$", "").replaceFirst("^[\\w.$]+Exception ?: ", "");
        }
        return words.isBlank() ? why.getClass().getSimpleName() : words;
    }
}
