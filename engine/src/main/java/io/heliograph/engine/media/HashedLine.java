// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Stream;
import java.util.List;
import java.util.Locale;

/**
 * One line, by rendezvous hash: each NIC of the bond has a weight for the stream, and the heaviest that is healthy carries
 * it. Many streams share the NICs evenly, and a NIC that fails, comes or goes moves only the streams that it carries itself.
 *
 * <p>The weight is made of the stream's id, or of its carrier's name, and the NIC's name (FNV-1a, then the finaliser of SplitMix64), never of the order
 * of the bond: the same on every host and in every version.
 *
 * <p><b>Thread:</b> immutable.
 */
final class HashedLine implements LineChoice {
    private final String owner;
    private final String basis;
    private final String[] nics;
    private final long[] weights;

    HashedLine(int streamId, List<String> nics) {
        this("stream " + streamId, "id", streamId, nics);
    }

    private HashedLine(String owner, String basis, int linesId, List<String> nics) {
        this.owner = owner;
        this.basis = basis;
        this.nics = nics.toArray(new String[0]);
        this.weights = nics.stream().mapToLong(nic -> weight(linesId, nic)).toArray();
    }

    /** By the stream's id, or by the name of its carrier. */
    static HashedLine of(Stream stream, List<String> nics) {
        return stream.carrier() == null
                ? new HashedLine(stream.id(), nics)
                : new HashedLine(stream.linesOwner(), "carrier's name", stream.linesId(), nics);
    }

    /** What its weights are made of, beside the NIC's name. */
    String basis() {
        return basis;
    }

    @Override
    public long sends(long healthy) {
        int best = -1;
        for (int i = 0; i < weights.length; i++) {
            if (LineChoice.has(healthy, i) && (best < 0 || Long.compareUnsigned(weights[i], weights[best]) > 0)) {
                best = i;
            }
        }
        return best < 0 ? 0 : LineChoice.bit(best);
    }

    @Override
    public long joins(long present, long healthy, Joiner joiner) {
        return present;
    }

    @Override
    public String summary(String bond) {
        return "on one NIC of bond " + bond + ", by a hash of its " + basis
                + ", the next by hash when that is down; a subscriber joins every line";
    }

    @Override
    public String why(int index) {
        int heavier = 0;
        for (long weight : weights) {
            heavier += Long.compareUnsigned(weight, weights[index]) > 0 ? 1 : 0;
        }
        String place = heavier == 0 ? "the heaviest" : "number " + (heavier + 1) + " by weight";
        return String.format(
                Locale.ROOT, "weight %04x of %s on NIC %s is %s", weights[index] >>> 48, owner, nics[index], place);
    }

    static long weight(int streamId, String nic) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < nic.length(); i++) {
            hash = (hash ^ nic.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash ^ mix(streamId));
    }

    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
