// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.engine.base.ErrorReport;
import org.agrona.concurrent.SystemNanoClock;

/** The error report of a media driver that says its errors on standard error. */
final class DriverErrors {
    private DriverErrors() {}

    static ErrorReport standard(String who) {
        return new ErrorReport(who, System.err::println, SystemNanoClock.INSTANCE);
    }
}
