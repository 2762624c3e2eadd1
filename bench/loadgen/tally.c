/* What happened to messages, and the line that says so. */
#include "loadgen.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    uint32_t *each; /* nanoseconds, at most four seconds */
    size_t count, room;
} Latencies;

Tally tally;
uint64_t zero, from, until = UINT64_MAX;
int pingpong;
static char fault[160];
static uint64_t in_time_acknowledged, in_time_delivered;
static Latencies deliveries, acknowledgements;

void note_fault(const char *text, size_t size) {
    if (*fault) return; /* the first one says most */
    if (size >= sizeof fault) size = sizeof fault - 1;
    for (size_t i = 0; i < size; i++)
        fault[i] = (uint8_t)text[i] < ' ' || text[i] == '"' || text[i] == '\\' ? '.' : text[i];
}

void let_in(Socket *socket) {
    if (socket->stage == READY) return;
    socket->stage = READY;
    tally.ready++;
    tally.handshakes++;
}

/* Counted by when it was due: an answer after the end is late, not missing. */
static void note(Latencies *latencies, uint64_t due, uint64_t at) {
    if (due < from || due >= until) return;
    if (latencies->count == latencies->room) {
        latencies->room = latencies->room ? latencies->room * 2 : 1 << 16;
        latencies->each = realloc(latencies->each, latencies->room * sizeof *latencies->each);
        if (!latencies->each) give_up("memory");
    }
    latencies->each[latencies->count++] = at - due > 4 * SECOND ? 4 * SECOND : at - due;
}

void say(Socket *socket, uint64_t due) {
    char frame[LONGEST];
    if (socket->stage != READY) return;
    socket->n++;
    tally.sent++;
    put_frame(socket, 1, frame, tongue->say(socket, due * 2 + socket->side, frame));
}

void note_delivery(Socket *socket, uint64_t mark) {
    uint64_t at = now();
    tally.delivered++;
    in_time_delivered += at >= from && at < until;
    note(&deliveries, zero + mark / 2, at);
    if (pingpong && at < until) say(socket, at - zero);
}

void note_acknowledgement(Socket *socket, uint64_t mark, uint64_t seq) {
    uint64_t at = now();
    tally.acknowledged++;
    socket->acknowledged++;
    if (seq > socket->top) socket->top = seq;
    in_time_acknowledged += at >= from && at < until;
    note(&acknowledgements, zero + mark / 2, at);
}

void note_refusal(const char *text, size_t size) {
    tally.refused++;
    note_fault(text, size);
}

static int by_size(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

static double milliseconds(Latencies *latencies, double share) {
    if (!latencies->count) return 0;
    size_t place = share * latencies->count;
    if (place >= latencies->count) place = latencies->count - 1;
    return latencies->each[place] / 1e6;
}

void report(double seconds, double entering, double processor) {
    qsort(deliveries.each, deliveries.count, sizeof(uint32_t), by_size);
    qsort(acknowledgements.each, acknowledgements.count, sizeof(uint32_t), by_size);
    printf("{\"sockets\":%u,\"ready\":%u,\"dead\":%u,\"refused\":%u,\"fault\":\"%s\","
           "\"sent\":%lu,\"acknowledged\":%lu,\"delivered\":%lu,"
           "\"rate\":%.1f,\"acknowledged_rate\":%.1f,"
           "\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
           "\"acknowledged_p50_ms\":%.3f,\"acknowledged_p99_ms\":%.3f,"
           "\"handshakes_per_s\":%.1f,\"processor\":%.2f}\n",
           count, tally.ready, tally.dead, tally.refused, fault, tally.sent, tally.acknowledged,
           tally.delivered,
           in_time_delivered / seconds, in_time_acknowledged / seconds,
           milliseconds(&deliveries, .5), milliseconds(&deliveries, .95),
           milliseconds(&deliveries, .99), milliseconds(&deliveries, 1),
           milliseconds(&acknowledgements, .5), milliseconds(&acknowledgements, .99),
           tally.handshakes / entering, processor);
    fflush(stdout);
}

