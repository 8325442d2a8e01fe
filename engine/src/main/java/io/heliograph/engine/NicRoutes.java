// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.Host;
import io.heliograph.config.Nic;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LostWay;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.media.nic.NicState;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are reached by which NIC of this host, and which NICs are down: links over one that goes down are given up at
 * once, and addresses behind one that is down are tried last.
 *
 * <p><b>Thread:</b> told by the one that watches the NICs, asked by any.
 */
final class NicRoutes implements NicEvent.Listener {
    private final List<Nic> nics;
    private final NicEvent.Listener next;
    /** The one that went down last stands last. */
    private final CopyOnWriteArrayList<String> down = new CopyOnWriteArrayList<>();

    private volatile BiConsumer<LostWay, String> dropping = (lost, why) -> {};

    /**
     * All NICs are taken for healthy until something else is told.
     *
     * @param host whose NICs they are.
     * @param next told of all that this is told of.
     */
    NicRoutes(Host host, NicEvent.Listener next) {
        this.nics = host.nics();
        this.next = next;
    }

    /** From now on told of each way that is gone, and why. */
    void onLost(BiConsumer<LostWay, String> drops) {
        dropping = drops;
    }

    @Override
    public void onNic(NicEvent event) {
        boolean isDown = event.state() == NicState.DOWN;
        if (!isDown) {
            down.remove(event.nic());
        } else if (down.addIfAbsent(event.nic())) {
            dropping.accept((local, remote) -> isBy(event.nic(), local, remote), "NIC " + event.nic() + " is down");
        }
        next.onNic(event);
    }

    /** The same addresses, those behind NICs that are down last: the sooner one went down, the sooner it may be back. */
    List<LinkAddress> order(List<LinkAddress> places) {
        List<LinkAddress> ordered = new ArrayList<>(places);
        for (String nic : down) {
            List<LinkAddress> lost = ordered.stream()
                    .filter(place -> place instanceof LinkAddress.Tcp tcp
                            && isBy(nic, null, tcp.socket().getAddress()))
                    .toList();
            ordered.removeAll(lost);
            ordered.addAll(lost);
        }
        return ordered;
    }

    /** Whether a connection goes by a NIC: from its address, or to its subnet. All of loopback is one. */
    private boolean isBy(String name, @Nullable InetAddress local, InetAddress remote) {
        for (Nic nic : nics) {
            InetAddress own = nic.address().address();
            if (nic.name().equals(name) && !own.isLoopbackAddress()) {
                return own.equals(local)
                        || isInSubnet(own, remote, nic.address().prefixLength());
            }
        }
        return false;
    }

    private static boolean isInSubnet(InetAddress own, InetAddress other, int prefixLength) {
        byte[] octets = other.getAddress();
        if (octets.length != Integer.BYTES) {
            return false;
        }
        int differing = ByteBuffer.wrap(own.getAddress()).getInt()
                ^ ByteBuffer.wrap(octets).getInt();
        return prefixLength == 0 || differing >>> (Integer.SIZE - prefixLength) == 0;
    }
}
