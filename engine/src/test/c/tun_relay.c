// SPDX-License-Identifier: Apache-2.0
/*
 * Makes pairs of tun devices and carries IP packets between the two of each, as a VPN does between two machines:
 *
 *     tun_relay NAME1 NAME2 [NAME3 NAME4 ...]
 *
 * The devices are made where it runs and may be moved into other network namespaces then; they go when it ends, which it does
 * when its standard input ends. It says "ready" when they are there. To each octet on its standard input it says "paused N": for
 * how many ms it did not get to look at the devices, at the longest, since it was asked last.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 16, BATCH = 64, PACKET = 65536, LOOK_MS = 20 };

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int open_tun(const char *name)
{
    struct ifreq request;
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    if (fd < 0) {
        return -1;
    }
    memset(&request, 0, sizeof request);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    return ioctl(fd, TUNSETIFF, &request) < 0 ? -1 : fd;
}

/* Packets for a device that is down are lost, as anywhere. */
static int carry(int from, int to)
{
    static char packet[PACKET];
    for (int i = 0; i < BATCH; i++) {
        ssize_t length = read(from, packet, sizeof packet);
        if (length <= 0) {
            return i;
        }
        if (write(to, packet, (size_t) length) < 0 && errno == EBADFD) {
            return -1;
        }
    }
    return BATCH;
}

int main(int count, char **words)
{
    struct pollfd files[MOST + 1];
    int devices = count - 1;
    if (devices < 2 || devices > MOST || devices % 2 != 0) {
        fprintf(stderr, "usage: tun_relay NAME1 NAME2 [NAME3 NAME4 ...]\n");
        return 2;
    }
    for (int i = 0; i < devices; i++) {
        files[i].fd = open_tun(words[i + 1]);
        files[i].events = POLLIN;
        if (files[i].fd < 0) {
            perror(words[i + 1]);
            return 1;
        }
    }
    files[devices].fd = STDIN_FILENO;
    files[devices].events = POLLIN;
    printf("ready\n");
    fflush(stdout);
    long looked_ms = now_ms();
    long paused_ms = 0;
    for (;;) {
        char word;
        int work = 0;
        int ready = poll(files, (nfds_t) devices + 1, LOOK_MS);
        long looks_ms = now_ms();
        paused_ms = looks_ms - looked_ms > paused_ms ? looks_ms - looked_ms : paused_ms;
        looked_ms = looks_ms;
        if (ready <= 0) {
            continue;
        }
        if (files[devices].revents != 0) {
            if (read(STDIN_FILENO, &word, 1) <= 0) {
                return 0;
            }
            printf("paused %ld\n", paused_ms);
            fflush(stdout);
            paused_ms = 0;
        }
        for (int i = 0; i < devices; i++) {
            int carried = files[i].revents & POLLIN ? carry(files[i].fd, files[i ^ 1].fd) : 0;
            if (carried < 0) {
                return 0;
            }
            work += carried;
        }
        if (work == 0) {
            /* A device that is not up yet is an error at once: look again in a while. */
            struct timespec while_ns = {0, 1000000};
            nanosleep(&while_ns, NULL);
        }
    }
}
