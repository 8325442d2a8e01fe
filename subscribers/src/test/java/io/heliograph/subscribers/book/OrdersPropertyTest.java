// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of order ids against a map of the JDK, with ids as venues give them and as none should: in a row, in steps, at
 * random, downwards from 0 over 2^64 - 1, and all alike in their low 12, 32 or 44 bits.
 */
class OrdersPropertyTest {
    @ParameterizedTest(name = "seed {0}, step {1}, expected {2}")
    @CsvSource({
        "1, 1, 2",
        "2, 3, 2",
        "3, 8, 2",
        "4, 4096, 2",
        "5, 0, 2",
        "6, 1, 20000",
        "7, 64, 20000",
        "8, -1, 2",
        "9, -8, 20000",
        "10, 4294967296, 2",
        "11, 17592186044416, 2"
    })
    void shouldFindWhatAMapFindsWhenOrdersComeAndGo(long seed, long step, int expected) {
        Random random = new Random(seed);
        Orders orders = new Orders(expected);
        Map<Long, Integer> model = new HashMap<>();
        List<Long> live = new ArrayList<>();
        long id = -step;
        for (int i = 0; i < 60_000; i++) {
            boolean isGrowing = i / 10_000 % 2 == 0;
            if (live.isEmpty() || random.nextInt(10) < (isGrowing ? 7 : 3)) {
                id = step == 0 ? random.nextLong() : id + step;
                int slot = orders.add(id);
                assertTrue(slot >= 0);
                assertEquals(Orders.DUPLICATE, orders.add(id));
                model.put(id, slot);
                live.add(id);
            } else {
                int at = random.nextInt(live.size());
                long gone = live.get(at);
                live.set(at, live.get(live.size() - 1));
                live.remove(live.size() - 1);
                int slot = model.remove(gone);
                if (random.nextBoolean()) {
                    orders.remove(slot);
                } else {
                    orders.removeAt(place(orders, gone, random));
                }
                assertEquals(Records.NONE, orders.find(gone));
            }
            long some = live.isEmpty() ? 1 : live.get(random.nextInt(live.size()));
            assertEquals(model.getOrDefault(some, Records.NONE), orders.find(some));
        }
        for (Map.Entry<Long, Integer> order : model.entrySet()) {
            assertEquals(order.getValue(), orders.find(order.getKey()));
        }
        assertEquals(model.size(), orders.records.live());
        orders.close();
    }

    /** Found by a hint that is right, wrong or none: it must not matter. */
    private static int place(Orders orders, long id, Random random) {
        int hash = Orders.hash(id);
        int hint = switch (random.nextInt(3)) {
            case 0 -> orders.likelyPlace(hash);
            case 1 -> random.nextInt(16);
            default -> Records.NONE;
        };
        return orders.place(id, hash, hint);
    }
}
