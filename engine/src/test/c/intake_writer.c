// SPDX-License-Identifier: Apache-2.0
//
// A writer of an intake in C: shows that the layout table (RingLayout, engine/README.md) is all that a writer needs.
//
//   cc -std=c11 -O2 -o intake_writer intake_writer.c
//   intake_writer RING ID COUNT [hold]
//
// Puts COUNT messages into the ring; message n (1 and up) is: u32 ID, u64 n, then 97 n mod 300 octets of (n + place) mod 256.
// With hold it claims one more, says "claimed", and commits it when a line comes on standard input.

#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLOTS = 64, CELL = 64, OPEN = 1, CLAIMED = 1, COMMITTED = 2, ABORTED = 3, FULL = -1, CORRUPT = -2 };

static uint8_t *ring;
static uint64_t capacity;
static unsigned slot;

static _Atomic uint64_t *word64(uint64_t offset) { return (_Atomic uint64_t *)(ring + offset); }
static _Atomic uint64_t *tail(void) { return word64(128); }
static _Atomic uint64_t *head(void) { return word64(256); }
static _Atomic uint64_t *owner(unsigned s) { return word64(4096 + 64 * (uint64_t)s); }
static _Atomic uint64_t *word_of(uint64_t position) { return word64(8192 + 8 * (position % capacity)); }
static uint8_t *body_of(uint64_t position) { return ring + 8192 + 8 * capacity + CELL * (position % capacity); }

static uint64_t cells(uint64_t length) { return length == 0 ? 1 : (length + CELL - 1) / CELL; }
static uint64_t lap(uint64_t position) { return position / capacity & 0xFFFFFFFF; }
static uint64_t length_in(uint64_t word) { return word >> 32 & 0xFFFF; }
static uint64_t state_in(uint64_t word) { return word >> 56; }

static uint64_t word(uint64_t state, uint64_t length, uint64_t position) {
    return state << 56 | (uint64_t)slot << 48 | length << 32 | lap(position);
}

static void fail(const char *what) {
    fprintf(stderr, "intake_writer: %s\n", what);
    exit(1);
}

static uint64_t identity(void) {
    char text[1024];
    FILE *stat = fopen("/proc/self/stat", "r");
    size_t read = stat ? fread(text, 1, sizeof text - 1, stat) : 0;
    if (stat) fclose(stat);
    text[read] = 0;
    char *field = strrchr(text, ')'); // field 2 ends here; its text may hold blanks and brackets
    if (!field) fail("cannot read /proc/self/stat");
    for (int number = 2; number < 22; number++) field = strchr(field + 1, ' ');
    return (uint64_t)getpid() << 42 | strtoull(field + 1, NULL, 10);
}

static void open_ring(const char *path) {
    struct stat file, namespace;
    int fd = open(path, O_RDWR);
    if (fd < 0 || fstat(fd, &file) != 0 || file.st_size < 8192) fail("cannot open the ring");
    ring = mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (ring == MAP_FAILED) fail("cannot map the ring");
    uint32_t *numbers = (uint32_t *)ring;
    if (memcmp(ring, "HGINTAKE", 8) != 0 || numbers[2] != 1 || numbers[3] != SLOTS) fail("no ring of version 1");
    capacity = *(uint64_t *)(ring + 16);
    int is_power = capacity >= 4096 && capacity <= 4194304 && (capacity & (capacity - 1)) == 0;
    if (!is_power || (uint64_t)file.st_size != 8192 + 72 * capacity + 65536) fail("the ring is damaged");
    if (stat("/proc/self/ns/pid", &namespace) == 0 && *(uint64_t *)(ring + 24) != namespace.st_ino)
        fail("the ring is of another namespace of process ids");
    uint64_t self = identity();
    for (slot = 0; slot < SLOTS; slot++) {
        uint64_t nobody = 0;
        if (atomic_compare_exchange_strong(owner(slot), &nobody, self)) return;
    }
    fail("all slots are taken");
}

static int64_t claim(uint64_t length) {
    uint64_t k = cells(length);
    while (1) {
        if (*(volatile uint32_t *)(ring + 40) != OPEN) return CORRUPT;
        uint64_t t = atomic_load_explicit(tail(), memory_order_acquire);
        uint64_t h = atomic_load_explicit(head(), memory_order_acquire);
        if ((int64_t)(t + k - h) > (int64_t)capacity) return FULL;
        uint64_t w = atomic_load_explicit(word_of(t), memory_order_acquire);
        if (w == lap(t)) {
            if (atomic_compare_exchange_strong(word_of(t), &w, word(CLAIMED, length, t))) {
                uint64_t expected = t;
                atomic_compare_exchange_strong(tail(), &expected, t + k);
                return (int64_t)t;
            }
        } else if ((w & 0xFFFFFFFF) == lap(t) && state_in(w) >= CLAIMED && state_in(w) <= ABORTED) {
            uint64_t expected = t;
            atomic_compare_exchange_strong(tail(), &expected, t + cells(length_in(w)));
        } else if (atomic_load_explicit(tail(), memory_order_acquire) == t) {
            return CORRUPT;
        }
    }
}

static void commit(uint64_t position, uint64_t length) {
    atomic_store_explicit(word_of(position), word(COMMITTED, length, position), memory_order_release);
    atomic_fetch_add_explicit(word64(4096 + 64 * (uint64_t)slot + 8), 1, memory_order_release);
}

static uint64_t message_length(uint64_t n) { return 12 + n * 97 % 300; }

static uint64_t claim_patiently(uint64_t length) {
    int64_t position = claim(length);
    while (position == FULL) {
        atomic_fetch_add_explicit(word64(4096 + 64 * (uint64_t)slot + 16), 1, memory_order_release);
        sched_yield();
        position = claim(length);
    }
    if (position == CORRUPT) fail("the ring is corrupt");
    return (uint64_t)position;
}

static void fill(uint8_t *body, uint32_t id, uint64_t n) {
    memcpy(body, &id, 4);
    memcpy(body + 4, &n, 8);
    for (uint64_t i = 12; i < message_length(n); i++) body[i] = (uint8_t)(n + i);
}

int main(int count, char **arguments) {
    if (count < 4) fail("usage: intake_writer RING ID COUNT [hold]");
    open_ring(arguments[1]);
    uint32_t id = (uint32_t)strtoul(arguments[2], NULL, 10);
    uint64_t messages = strtoull(arguments[3], NULL, 10);
    int is_holding = count > 4;
    for (uint64_t n = 1; n <= messages + (is_holding ? 1 : 0); n++) {
        uint64_t length = message_length(n);
        uint64_t position = claim_patiently(length);
        if (n > messages) {
            puts("claimed");
            fflush(stdout);
            if (getchar() == EOF) return 1;
        }
        fill(body_of(position), id, n);
        commit(position, length);
    }
    atomic_store_explicit(owner(slot), 0, memory_order_release);
    puts("done");
    return 0;
}
