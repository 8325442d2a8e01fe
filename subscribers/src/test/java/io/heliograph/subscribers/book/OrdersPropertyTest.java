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

/** The table of order ids against a map of the JDK, with ids as venues give them: in a row, in steps, at random. */
class OrdersPropertyTest {
    @ParameterizedTest(name = "seed {0}, step {1}, expected {2}")
    @CsvSource({"1, 1, 2", "2, 3, 2", "3, 8, 2", "4, 4096, 2", "5, 0, 2", "6, 1, 20000", "7, 64, 20000"})
    void shouldFindWhatAMapFindsWhenOrdersComeAndGo(long seed, long step, int expected) {
        Random random = new Random(seed);
        Orders orders = new Orders(expected);
        Map<Long, Integer> model = new HashMap<>();
        List<Long> live = new ArrayList<>();
        long id = 0;
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
                orders.remove(model.remove(gone));
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
}
