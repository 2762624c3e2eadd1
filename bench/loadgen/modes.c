/* What the crowd does. */
#include "loadgen.h"

#define HEARTBEAT (15 * SECOND)
#define PATIENCE (180 * SECOND) /* for everybody to be let in */
#define DRAIN (10 * SECOND)     /* for the last answers */

int reentering;

void beat(void) {
    static uint64_t next;
    uint64_t at = now();
    if (at < next || !tongue->heartbeat) return;
    next = at + SECOND / 4;
    for (unsigned i = 0; i < count; i++)
        if (sockets[i].stage == READY && at - sockets[i].spoke_at > HEARTBEAT)
            put_text(&sockets[i], tongue->heartbeat);
}

double connect_everybody(unsigned at_once) {
    uint64_t began = now();
    unsigned next = 0;
    while (tally.ready + tally.dead < count && now() - began < PATIENCE) {
        while (next < count && next - tally.ready - tally.dead < at_once)
            connect_to_server(&sockets[next++]);
        attend(SECOND / 20);
        beat();
    }
    if (tally.ready + tally.dead < count) note_fault("not everybody was let in", 24);
    return (now() - began) / 1e9;
}

void play_pingpong(void) {
    pingpong = 1;
    for (unsigned i = 0; i < count; i += 2) say(&sockets[i], now() - zero);
    while (now() < until) attend(SECOND / 20), beat();
}

void play_open(double rate) {
    double apart = 1e9 / rate;
    uint32_t chance = 12345;
    for (uint64_t k = 0; now() < until;) {
        for (; zero + (uint64_t)(k * apart) <= now(); k++) {
            chance = chance * 1664525u + 1013904223u;
            say(&sockets[(chance >> 8) % count], (uint64_t)(k * apart));
        }
        int64_t wait = zero + (uint64_t)(k * apart) - now();
        attend(wait > 0 ? (wait < 50000000 ? wait : 50000000) : 0);
        beat();
    }
}

void wait_for_the_last(void) {
    uint64_t end = now() + DRAIN;
    while (now() < end && !tally.dead)
        if (tally.acknowledged < tally.sent || tally.delivered < tally.sent) attend(SECOND / 20);
        else return;
}

double play_handshakes(unsigned at_once) {
    uint64_t began = now();
    unsigned next = 0;
    reentering = 1;
    tally.handshakes = 0;
    from = began;
    for (; now() < until && !tally.dead; attend(SECOND / 100)) {
        unsigned going = 0;
        for (unsigned i = 0; i < count; i++)
            going += sockets[i].stage == CONNECTING || sockets[i].stage == UPGRADING;
        for (; going < at_once; next++)
            if (sockets[next % count].stage == NEW) connect_to_server(&sockets[next % count]), going++;
    }
    return (now() - began) / 1e9;
}
