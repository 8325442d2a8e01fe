// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.Lines;
import io.heliograph.config.Nic;
import io.heliograph.config.Site;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A site's dataflow as a panel of the drawing: who sends on the left, the streams and their lines in the middle, who may hear
 * them on the right. Wires run through lanes between the columns, as on a circuit diagram: one lane for each NIC of each
 * sender, one for each NIC's network; a dot is a junction, wires that cross without one don't meet.
 *
 * <p><b>Thread:</b> one owner: the thread that draws.
 */
final class SiteDrawing {
    private static final int PAD = 24;
    private static final int TOP = 84;
    private static final int LANE = 14;

    /** What a column of hosts may be moved down by, px: half the distance of lines. */
    private static final int ROOM = 12;

    private final Site site;
    private final String about;
    private final Map<String, Integer> colours = new LinkedHashMap<>();
    private final List<HostCard> senders;
    private final List<StreamCard> streams;
    private final List<HostCard> listeners;
    private final int x;
    private final int y;
    private final int height;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Set<String> wired = new HashSet<>();
    private final SvgCanvas halos = new SvgCanvas();
    private final SvgCanvas wires = new SvgCanvas();

    SiteDrawing(Topology topology, Site site, int x, int y, String about) {
        this.site = site;
        this.about = about;
        this.x = x;
        this.y = y;
        List<Stream> ours = Lines.owners(topology.streamsIn(site.name()));
        List<String> names = ours.stream()
                .flatMap(stream -> Lines.of(topology, stream, site.name()).stream())
                .flatMap(line -> line.senders().stream())
                .toList();
        List<Host> sending = site.hosts().stream()
                .filter(host -> names.contains(host.name()))
                .toList();
        for (Host host : site.hosts()) {
            for (Nic nic : host.nics()) {
                colours.putIfAbsent(nic.name(), colours.size() % SvgCanvas.COLOURS);
            }
        }
        int inner = Math.max(
                StreamCard.columnHeight(topology, site.name(), ours),
                Math.max(HostCard.columnHeight(sending), HostCard.columnHeight(site.hosts())));
        height = TOP + inner + ROOM + PAD;
        int left = x + PAD;
        int hostWidth = HostCard.width(site.hosts());
        int outLanes = sending.stream().mapToInt(host -> host.nics().size()).sum();
        int streamX = sending.isEmpty() ? left : left + hostWidth + gap(outLanes);
        int streamWidth = StreamCard.width(topology, site.name(), ours);
        streams = StreamCard.column(topology, site.name(), ours, streamX, y + TOP, inner, streamWidth);
        int listenerX = streamX + streamWidth + gap(colours.size());
        senders = hosts(sending, left, inner, hostWidth);
        listeners = hosts(site.hosts(), listenerX, inner, hostWidth);
    }

    /** A column of hosts, moved by some px where a NIC's wire would run along that of a line on another NIC. */
    private List<HostCard> hosts(List<Host> hosts, int columnX, int inner, int hostWidth) {
        for (int move = 0; move < ROOM; move += ROOM / 4) {
            List<HostCard> cards = HostCard.column(hosts, columnX, y + TOP + move, inner, hostWidth);
            if (cards.stream().noneMatch(this::isTouching)) {
                return cards;
            }
        }
        return HostCard.column(hosts, columnX, y + TOP + ROOM / 2, inner, hostWidth);
    }

    private boolean isTouching(HostCard card) {
        return card.host().nics().stream()
                .anyMatch(nic -> streams.stream()
                        .anyMatch(stream -> stream.lines().stream()
                                .anyMatch(line -> !line.line().nic().equals(nic.name())
                                        && Math.abs(stream.wireY(line) - card.wireY(nic.name())) < ROOM / 2)));
    }

    int width() {
        return listeners.get(0).right() + PAD - x;
    }

    int height() {
        return height;
    }

    void draw(SvgCanvas canvas, int panelWidth) {
        canvas.box("panel", x, y, panelWidth, height, 12)
                .text("name", x + PAD, y + 32, "site " + site.name())
                .text("soft", x + PAD + 12 + SvgCanvas.width("site " + site.name(), 14), y + 32, about)
                .text("soft", listeners.get(0).x(), y + TOP - 14, "open to");
        if (!streams.isEmpty()) {
            canvas.text("soft", senders.get(0).x(), y + TOP - 14, "sent by")
                    .text("soft", streams.get(0).x(), y + TOP - 14, "streams and their lines");
        } else {
            canvas.text("soft", x + PAD, y + TOP + 20, "no stream is here");
        }
        streams.forEach(this::wire);
        lanes.values().forEach(lane -> lane.draw(canvas));
        canvas.add(halos).add(wires);
        lanes.values().forEach(lane -> lane.drawDots(canvas));
        senders.forEach(card -> card.draw(canvas, colours));
        streams.forEach(card -> card.draw(canvas, colours));
        listeners.forEach(card -> card.draw(canvas, colours));
    }

    private void wire(StreamCard card) {
        for (PlannedLine line : card.lines()) {
            String nic = line.line().nic();
            int colour = colours.getOrDefault(nic, 0);
            int rowY = card.wireY(line);
            for (HostCard sender : senders) {
                int place = line.line().senders().indexOf(sender.host().name());
                if (place >= 0 && sender.host().nic(nic).isPresent()) {
                    send(sender, card, line, place > 0 || line.isReserve());
                }
            }
            List<HostCard> hearing = listeners.stream()
                    .filter(host -> host.host().nic(nic).isPresent())
                    .toList();
            Lane lane = lane("in " + nic, streamsRight() + 28 + LANE * index(nic), colour);
            lane.join(rowY, line.isReserve());
            horizontal(colour, line.isReserve(), card.right(), lane.x(), rowY);
            for (HostCard host : hearing) {
                if (wired.add("in " + host.host().name() + " " + nic)) {
                    lane.join(host.wireY(nic), false);
                    horizontal(colour, false, lane.x(), host.x() - 6, host.wireY(nic));
                    wires.head("n" + colour, host.x() - 1, host.wireY(nic));
                }
            }
        }
    }

    private void send(HostCard sender, StreamCard card, PlannedLine line, boolean isReserve) {
        String nic = line.line().nic();
        int colour = colours.getOrDefault(nic, 0);
        int laneX = sender.right() + 20 + LANE * outLane(sender, nic);
        String way = "out " + sender.host().name() + " " + nic;
        Lane lane = lane(way, laneX, colour);
        if (wired.add(way)) {
            lane.join(sender.wireY(nic), false);
            horizontal(colour, false, sender.right(), lane.x(), sender.wireY(nic));
        }
        lane.join(card.wireY(line), isReserve);
        horizontal(colour, isReserve, lane.x(), card.x() - 6, card.wireY(line));
        wires.head("n" + colour, card.x() - 1, card.wireY(line));
    }

    /** A wire across the lanes: with a margin around it, so that it is seen to pass over those that it doesn't meet. */
    private void horizontal(int colour, boolean isReserve, int fromX, int toX, int wireY) {
        halos.line("halo", fromX + 5, wireY, toX - 5, wireY);
        wires.line("wire w" + colour + (isReserve ? " reserve" : ""), fromX, wireY, toX, wireY);
    }

    private Lane lane(String key, int laneX, int colour) {
        return lanes.computeIfAbsent(key, absent -> new Lane(laneX, colour));
    }

    private int outLane(HostCard sender, String nic) {
        int lane = 0;
        for (HostCard card : senders) {
            for (Nic each : card.host().nics()) {
                if (card.equals(sender) && each.name().equals(nic)) {
                    return lane;
                }
                lane++;
            }
        }
        return lane;
    }

    private int index(String nic) {
        return new ArrayList<>(colours.keySet()).indexOf(nic);
    }

    private int streamsRight() {
        return streams.get(0).right();
    }

    private static int gap(int lanes) {
        return 48 + LANE * Math.max(0, lanes - 1);
    }

    /** A vertical wire, where others join it, and whether those are in reserve. */
    private record Lane(int x, int colour, Map<Integer, Boolean> joints) {
        Lane(int x, int colour) {
            this(x, colour, new TreeMap<>());
        }

        void join(int jointY, boolean isReserve) {
            joints.merge(jointY, isReserve, Boolean::logicalAnd);
        }

        void draw(SvgCanvas canvas) {
            int top = Collections.min(joints.keySet());
            int bottom = Collections.max(joints.keySet());
            canvas.line("wire w" + colour, x, top, x, bottom);
        }

        void drawDots(SvgCanvas canvas) {
            joints.forEach((jointY, isReserve) ->
                    canvas.dot(isReserve ? "hollow w" + colour : "n" + colour, x, jointY, isReserve ? 4 : 3));
        }
    }
}
