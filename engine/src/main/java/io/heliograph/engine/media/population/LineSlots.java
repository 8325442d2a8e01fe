// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import io.heliograph.config.Line;
import io.heliograph.config.LineJoin;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.NicDescriptor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The lines of a site whose subscribers are counted, numbered: a slot each, by ascending stream id and line.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class LineSlots {
    private final int[] streams;
    private final int[] starts;
    private final String[] labels;

    private LineSlots(List<Stream> counted, List<List<Line>> lines) {
        this.streams = counted.stream().mapToInt(Stream::id).toArray();
        this.starts = new int[streams.length + 1];
        for (int i = 0; i < streams.length; i++) {
            starts[i + 1] = starts[i] + lines.get(i).size();
        }
        this.labels = new String[starts[streams.length]];
        for (int i = 0; i < streams.length; i++) {
            for (Line line : lines.get(i)) {
                labels[starts[i] + line.index()] =
                        NicDescriptor.LINE_SUBSCRIBERS.labelOf(counted.get(i).name(), line.name());
            }
        }
    }

    /**
     * The lines of a site's streams with join="least-populated"; none where there is no such stream.
     *
     * @param topology of all.
     * @param site its name.
     * @return their slots.
     */
    public static LineSlots of(Topology topology, String site) {
        List<Stream> counted = topology.streamsIn(site).stream()
                .filter(stream -> stream.join() == LineJoin.LEAST_POPULATED
                        && Lines.policy(topology, stream, site) == LinePolicy.SPREAD)
                .sorted(Comparator.comparingInt(Stream::id))
                .toList();
        return new LineSlots(
                counted,
                counted.stream().map(stream -> Lines.of(topology, stream, site)).toList());
    }

    /**
     * How many lines are counted.
     *
     * @return 0 and up.
     */
    public int count() {
        return starts[streams.length];
    }

    /**
     * The slot of a line.
     *
     * @param stream id of its stream.
     * @param line 0 for A.
     * @return 0 to {@link #count} - 1; -1 for a line that is not counted.
     */
    public int slot(int stream, int line) {
        int at = Arrays.binarySearch(streams, stream);
        return at < 0 || line < 0 || line >= starts[at + 1] - starts[at] ? -1 : starts[at] + line;
    }

    int streamCount() {
        return streams.length;
    }

    /** The id of a stream, by its place among those that are counted. */
    int stream(int at) {
        return streams[at];
    }

    /** The first slot of a stream; of the one behind the last, the number of slots. */
    int start(int at) {
        return starts[at];
    }

    /** The place of the first stream whose id is not below another. */
    int from(int stream) {
        int at = Arrays.binarySearch(streams, stream);
        return at < 0 ? -at - 1 : at;
    }

    /** The label of the counter in which a slot's number is stated. */
    String label(int slot) {
        return labels[slot];
    }

    int streamOf(int slot) {
        int at = Arrays.binarySearch(starts, slot);
        return at < 0 ? -at - 2 : at;
    }
}
