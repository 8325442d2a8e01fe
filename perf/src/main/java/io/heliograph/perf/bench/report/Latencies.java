// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.report;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The latencies of a run, all rounds of a subject and scenario in one histogram, for the drawing.
 *
 * <p><b>Thread:</b> one owner.
 */
public final class Latencies {
    private static final long HIGHEST_NS = 60_000_000_000L;

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();

    /**
     * Adds a round.
     *
     * @param scenario with all that sets it apart.
     * @param subject measured.
     * @param round its histogram, ns.
     */
    public void add(String scenario, String subject, Histogram round) {
        histograms
                .computeIfAbsent(scenario + ": " + subject, name -> new Histogram(HIGHEST_NS, 3))
                .add(round);
    }

    /**
     * What was collected.
     *
     * @return histograms in ns by {@code scenario: subject}, in the order of measuring.
     */
    public Map<String, Histogram> histograms() {
        return new LinkedHashMap<>(histograms);
    }

    /**
     * Reads a histogram off a control line.
     *
     * @param encoded HdrHistogram's compressed form, in base 64.
     * @return the histogram.
     * @throws IllegalArgumentException when it is none.
     */
    public static Histogram decode(String encoded) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            return Histogram.decodeFromCompressedByteBuffer(bytes, HIGHEST_NS);
        } catch (DataFormatException broken) {
            throw new IllegalArgumentException("a process sent a broken histogram", broken);
        }
    }
}
