// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.stream.StreamSubscription;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Many subscribers of {@code itch} on a host of a lab, on the driver of its engine. {@code +3} on standard input: three more
 * subscribe; {@code -0}: those on line A leave; {@code -*}: all leave. Says every 20 ms how many have chosen A and B, how many are
 * joined on A and B, what the engine states of A and B, and of messages how many were delivered, lost, out of order, and lost in
 * the first second of a subscriber. Arguments: topology, host, and {@code embedded} for a driver of its own.
 */
final class CrowdProgram {
    private static final long IDLE_NS = 200_000;
    private static final long SAY_NS = 20_000_000;

    /** So many messages come in one. */
    private static final int SECOND = 5_000;

    private final List<Member> members = new ArrayList<>();
    private long messages;
    private long early;
    private long lost;
    private long wrong;

    private CrowdProgram() {}

    public static void main(String[] arguments) throws IOException {
        HeliographContext context = new HeliographContext()
                .topology(TopologyReader.read(Path.of(arguments[0])))
                .host(arguments[1])
                .driver(arguments.length > 2 ? DriverChoice.embedded() : DriverChoice.host())
                .errorHandler(error -> System.out.println("error " + error.getMessage()));
        try (Heliograph heliograph = Heliograph.connect(context)) {
            new CrowdProgram().run(heliograph);
        }
    }

    private void run(Heliograph heliograph) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        long sayAtNs = System.nanoTime();
        while (true) {
            if (in.ready()) {
                obey(heliograph, in.readLine());
            }
            int work = heliograph.doWork();
            for (Member member : members) {
                work += member.poll();
            }
            if (System.nanoTime() - sayAtNs >= 0) {
                sayAtNs = System.nanoTime() + SAY_NS;
                say(heliograph);
            }
            if (work == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }

    private void obey(Heliograph heliograph, String line) {
        String what = line.substring(1);
        if (line.startsWith("+")) {
            for (int i = Integer.parseInt(what); i > 0; i--) {
                members.add(new Member(heliograph));
            }
            return;
        }
        for (Iterator<Member> each = members.iterator(); each.hasNext(); ) {
            Member member = each.next();
            if (what.equals("*") || member.subscription.isChosen(Integer.parseInt(what))) {
                member.subscription.close();
                each.remove();
            }
        }
        System.out.println("left " + line);
    }

    private void say(Heliograph heliograph) {
        StringBuilder words = new StringBuilder("said");
        for (int line = 0; line < 2; line++) {
            int index = line;
            words.append(' ')
                    .append(members.stream()
                            .filter(member -> member.subscription.isChosen(index))
                            .count());
        }
        for (int line = 0; line < 2; line++) {
            int index = line;
            words.append(' ')
                    .append(members.stream()
                            .filter(member -> member.subscription.isConnected(index))
                            .count());
        }
        words.append(' ').append(stated(heliograph, "A")).append(' ').append(stated(heliograph, "B"));
        System.out.println(words.append(' ')
                .append(messages)
                .append(' ')
                .append(lost)
                .append(' ')
                .append(wrong)
                .append(' ')
                .append(early));
    }

    private static long stated(Heliograph heliograph, String line) {
        long[] value = {-1};
        String label = NicDescriptor.LINE_SUBSCRIBERS.labelOf("itch", line);
        heliograph
                .aeron()
                .countersReader()
                .forEach((number, id, said) -> value[0] = said.equals(label) ? number : value[0]);
        return value[0];
    }

    /** One subscriber, who sees whether messages come once and in order. */
    private final class Member implements StreamListener {
        private final StreamSubscription subscription;
        private long expected;
        private long received;

        Member(Heliograph heliograph) {
            subscription = heliograph.addSubscription("itch", this);
        }

        int poll() {
            return subscription.poll((buffer, offset, length, header) -> onMessage(header.sequence()), 64);
        }

        @Override
        public void onGap(long epoch, long first, long last) {
            if (received < SECOND) {
                early += last - first + 1;
            } else {
                lost += last - first + 1;
            }
            System.out.println("gap " + first + " to " + last + ", on line A " + subscription.isConnected(0) + ", B "
                    + subscription.isConnected(1) + ", after " + received + " messages");
            expected = last + 1;
        }

        private void onMessage(long sequence) {
            messages++;
            received++;
            wrong += expected == 0 || sequence == expected ? 0 : 1;
            expected = sequence + 1;
        }
    }
}
