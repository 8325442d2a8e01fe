// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.engine.journal.JournalException;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code journal cat}: what a journal holds, a line a packet or a line a message.
 *
 * <p><b>Thread:</b> the main thread.
 */
@CommandLine.Command(
        name = "cat",
        description = "Prints what a stream's journal holds, a line a packet.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: heliograph journal cat /var/heliograph/ny1/itch --from 1763700000:4097 --count 10",
            "Example: heliograph journal cat /var/heliograph/ny1/itch --from 2026-11-21T14:30:00Z --messages"
        })
final class JournalCat implements Command {
    private static final int STEP = 64;

    @Parameters(paramLabel = "DIRECTORY", description = "Of the stream's journal.")
    private Path directory = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "start",
            description = {
                "start; EPOCH:N; a sequence of the journal's last epoch; or a time (UTC): the first packet",
                "that was sent then or later. Default: ${DEFAULT-VALUE}."
            })
    private String from = "start";

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "At most so many packets; without it all that are there.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--messages", description = "A line for each message too, its octets in hexadecimal.")
    private boolean hasMessages;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--json", description = "One JSON object a line on standard output, a summary last.")
    private boolean isJson;

    private long packets;
    private long messages;

    @Override
    public Integer call() {
        try (Interruption interruption = Interruption.install();
                JournalReader reader = new StreamJournal(directory).reader()) {
            seek(reader);
            while (packets < count
                    && !interruption.isRequested()
                    && reader.poll(this::say, (int) Math.min(STEP, count - packets)) > 0) {}
            if (isJson) {
                out().println(new JsonLine()
                        .put("type", "summary")
                        .put("stream", JournalList.streamOf(directory))
                        .put("epoch", reader.epoch())
                        .put("packets", packets)
                        .put("messages", messages));
            }
            return interruption.exitCode(0);
        } catch (JournalException unreadable) {
            throw CommandException.failed(String.valueOf(unreadable.getMessage()));
        }
    }

    private void seek(JournalReader reader) {
        if ("start".equals(from)) {
            reader.seekStart();
            return;
        }
        if (from.indexOf('-') > 0) {
            if (!reader.seekTime(timeNs())) {
                throw CommandException.failed("nothing in the journal was sent at " + from + " or later");
            }
            return;
        }
        int colon = from.indexOf(':');
        long epoch = colon < 0 ? reader.lastEpoch() : number(from.substring(0, colon));
        long sequence = number(from.substring(colon + 1));
        if (!reader.seek(epoch, sequence)) {
            throw CommandException.failed("message " + sequence + " of epoch " + epoch
                    + " is not in the journal, which ends at " + reader.lastEpoch() + ":" + reader.lastSequence()
                    + "; journal list shows where it begins");
        }
    }

    private long timeNs() {
        try {
            Instant time = Instant.parse(from);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw CommandException.wrongCall("--from " + from + " is no time; write one such as 2026-11-21T14:30:00Z");
        }
    }

    private long number(String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            throw CommandException.wrongCall(
                    "--from " + from + " is no place; write start, N, EPOCH:N, or a time such as 2026-11-21T14:30:00Z");
        }
        throw CommandException.wrongCall("--from " + from + " is below 0");
    }

    private void say(DirectBuffer packet, int offset, int length) {
        packets++;
        long sequence = PacketFlyweight.sequence(packet, offset);
        int kind = PacketFlyweight.kind(packet, offset);
        int inside = kind == PacketKind.DATA ? PacketFlyweight.count(packet, offset) : 0;
        messages += inside;
        long first = kind == PacketKind.SEAL ? ControlFlyweight.sealFirst(packet, offset) : sequence;
        long last = switch (kind) {
            case PacketKind.DATA -> sequence + inside - 1;
            case PacketKind.GAP -> ControlFlyweight.gapLast(packet, offset);
            default -> sequence - 1;
        };
        String name = switch (kind) {
            case PacketKind.DATA -> "data";
            case PacketKind.GAP -> "gap";
            case PacketKind.SEAL -> "seal";
            default -> "end";
        };
        long epoch = PacketFlyweight.epoch(packet, offset);
        long sentNs = PacketFlyweight.sentEpochNs(packet, offset);
        if (isJson) {
            out().println(new JsonLine()
                    .put("type", name)
                    .put("epoch", epoch)
                    .put("first", kind == PacketKind.END_OF_EPOCH ? last : first)
                    .put("last", last)
                    .put("sentNs", sentNs)
                    .put("octets", (long) length));
        } else {
            Instant sent =
                    Instant.ofEpochSecond(Math.floorDiv(sentNs, 1_000_000_000L), Math.floorMod(sentNs, 1_000_000_000L));
            String range = kind == PacketKind.END_OF_EPOCH ? String.valueOf(last) : first + "-" + last;
            out().println(name + " " + epoch + ":" + range + "  sent " + sent + "  " + length + " octets");
        }
        if (hasMessages && kind == PacketKind.DATA) {
            sayMessages(packet, offset, epoch, sequence, inside);
        }
    }

    private void sayMessages(DirectBuffer packet, int offset, long epoch, long sequence, int inside) {
        int position = offset + PacketFlyweight.HEADER_LENGTH;
        for (int i = 0; i < inside; i++) {
            byte[] body = new byte[PacketFlyweight.messageLength(packet, position)];
            packet.getBytes(position + PacketFlyweight.LENGTH_PREFIX, body);
            position += PacketFlyweight.LENGTH_PREFIX + body.length;
            String octets = HexFormat.of().formatHex(body);
            if (isJson) {
                out().println(new JsonLine()
                        .put("type", "message")
                        .put("epoch", epoch)
                        .put("sequence", sequence + i)
                        .put("body", octets));
            } else {
                out().println("  " + epoch + ":" + (sequence + i) + " " + octets);
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
