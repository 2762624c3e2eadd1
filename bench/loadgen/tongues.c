/* What is said and understood on the wire. */
#include "loadgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the value of `key` (given with its quotes) begins, past a quote of its own; or NULL. */
static char *value_of(const char *text, size_t size, const char *key) {
    char *found = memmem(text, size, key, strlen(key));
    if (!found) return NULL;
    found += strlen(key);
    while (*found == ':' || *found == ' ' || *found == '"') found++;
    return found;
}

static int begins(const char *text, const char *with) {
    return text && !strncmp(text, with, strlen(with));
}

static void enter_at_once(Socket *socket) { let_in(socket); }

/* The house: docs/protocol.md. */
static void house_enter(Socket *socket) {
    char frame[256];
    if (*socket->consultation)
        snprintf(frame, sizeof frame, "{\"type\":\"hello\",\"protocol\":1,\"cursors\":{\"%s\":%lu}}",
                 socket->consultation, socket->last);
    else
        snprintf(frame, sizeof frame, "{\"type\":\"hello\",\"protocol\":1,\"cursors\":{}}");
    put_text(socket, frame);
}

static size_t house_say(Socket *socket, uint64_t mark, char *frame) {
    return snprintf(frame, LONGEST,
                    "{\"type\":\"message.post\",\"consultation\":\"%s\",\"stream\":\"%s-%u\",\"n\":%lu,"
                    "\"client_id\":\"%s.%lu\",\"text\":\"%s\"}",
                    socket->consultation, run, socket->side, socket->n, run, mark, text_of(socket));
}

static void house_hear(Socket *socket, char *text, size_t size) {
    char *type = value_of(text, size, "\"type\"");
    if (begins(type, "welcome\"")) return let_in(socket);
    if (begins(type, "message.refused\"") || begins(type, "refused\""))
        return note_refusal(text, size);
    int stored = begins(type, "message.stored\"");
    if (!stored && !begins(type, "message.posted\"")) return;
    char *name = value_of(text, size, "\"client_id\"");
    size_t prefix = strlen(run);
    if (!name || strncmp(name, run, prefix) || name[prefix] != '.') return; /* not of this run */
    uint64_t mark = strtoull(name + prefix + 1, NULL, 10);
    if (stored) {
        char *seq = value_of(text, size, "\"seq\"");
        note_acknowledgement(socket, mark, seq ? strtoull(seq, NULL, 10) : 0);
    } else if ((mark & 1) != socket->side) { /* one's own may come back, too */
        note_delivery(socket, mark);
    }
}

/* bench/peers/relay.py: {"type", "cid", "text"}. */
static size_t relay_say(Socket *socket, uint64_t mark, char *frame) {
    return snprintf(frame, LONGEST, "{\"type\":\"msg\",\"cid\":%lu,\"text\":\"%s\"}", mark,
                    text_of(socket));
}

static void relay_hear(Socket *socket, char *text, size_t size) {
    char *cid = value_of(text, size, "\"cid\"");
    if (!cid) return;
    uint64_t mark = strtoull(cid, NULL, 10);
    if (begins(value_of(text, size, "\"type\""), "ack"))
        note_acknowledgement(socket, mark, 0);
    else
        note_delivery(socket, mark);
}

/* bench/peers/tutorial: {"message"} goes to everybody in the room; the mark leads the text. */
static size_t tutorial_say(Socket *socket, uint64_t mark, char *frame) {
    return snprintf(frame, LONGEST, "{\"message\": \"%lu %s\"}", mark, text_of(socket));
}

static void tutorial_hear(Socket *socket, char *text, size_t size) {
    char *message = value_of(text, size, "\"message\"");
    if (!message) return;
    uint64_t mark = strtoull(message, NULL, 10);
    if ((mark & 1) == socket->side)
        note_acknowledgement(socket, mark, 0);
    else
        note_delivery(socket, mark);
}

/* bench/peers/socketio: Engine.IO 4 packets; an event asks for its answer by a number. */
static void wait_for_greeting(Socket *socket) { (void)socket; }

static size_t socketio_say(Socket *socket, uint64_t mark, char *frame) {
    return snprintf(frame, LONGEST, "42%lu[\"chat message\",\"%s\",\"%s.%lu\"]", mark,
                    text_of(socket), run, mark);
}

static void socketio_hear(Socket *socket, char *text, size_t size) {
    if (begins(text, "0")) return put_text(socket, "40");
    if (begins(text, "2")) return put_text(socket, "3");
    if (begins(text, "40")) return let_in(socket);
    if (begins(text, "43")) {
        char *seq;
        uint64_t mark = strtoull(text + 2, &seq, 10);
        return note_acknowledgement(socket, mark, strtoull(seq + 1, NULL, 10));
    }
    char *offset = memrchr(text, '.', size); /* …,"run.mark",seq] */
    if (!begins(text, "42[") || !offset) return note_refusal(text, size);
    note_delivery(socket, strtoull(offset + 1, NULL, 10));
}

static const Tongue TONGUES[] = {
    {"house", house_enter, house_say, house_hear, "{\"type\":\"heartbeat\"}"},
    {"relay", enter_at_once, relay_say, relay_hear, NULL},
    {"tutorial", enter_at_once, tutorial_say, tutorial_hear, NULL},
    {"socketio", wait_for_greeting, socketio_say, socketio_hear, NULL},
};

const Tongue *tongue_called(const char *name) {
    for (size_t i = 0; i < sizeof TONGUES / sizeof *TONGUES; i++)
        if (!strcmp(TONGUES[i].name, name)) return &TONGUES[i];
    return NULL;
}
