/*
 * The crowd: WebSocket clients on one thread, two to a conversation.
 *
 *     loadgen -m MODE -t TONGUE -p PORT -f CAST [-i RUN] [-d SECONDS] [-w WARM] [-r RATE]
 *             [-c AT_ONCE] [-b BOOKS]
 *
 * MODE    pingpong   each pair keeps one message in the air: who gets it answers it
 *         open       messages at a fixed rate, whatever comes back; late is late (the clock of a
 *                    message starts when it was due, not when it could be sent)
 *         idle       connect everybody, say so, and hold until we are ended
 *         handshake  connect, be let in, leave, again
 * TONGUE  house | relay | tutorial | socketio: what is said and understood on the wire
 * CAST    a file, one socket a line: path TAB cookie TAB consultation TAB last sequence;
 *         the sockets of lines 2k and 2k+1 talk to each other
 * RUN     tells this run's messages from those of every other
 * BOOKS   where to write, for each socket: consultation TAB acknowledged TAB highest sequence
 *
 * Prints one line of JSON. A message carries its mark, (nanoseconds since the start) * 2 + side,
 * which gives its latency and its author. Content and order are checked elsewhere (make chaos);
 * here every message must be acknowledged and delivered, or the line says how many were not.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ull
#define HEARTBEAT (15 * SECOND)
#define PATIENCE (180 * SECOND) /* for everybody to be let in */
#define DRAIN (10 * SECOND)     /* for the last answers */
#define LONGEST 4096            /* no frame that we say is longer */

/* --- What is said: about 120 bytes each; one in twenty carries something to mask ------------- */

static const char *const TEXTS[] = {
    "سلام، برای ثبت درخواست وام مسکن به راهنمایی شما نیاز دارم، لطفاً.",
    "Hello, I would like to know which papers I have to bring along to your office for the first visit, please?",
    "مدارک لازم را کجا باید بارگذاری کنم؟ سامانه خطا می‌دهد و جلو نمی‌رود.",
    "پروندهٔ من از تاریخ ۱۴۰۲/۰۵/۱۲ در نوبت بررسی است و هنوز پاسخی نیامده.",
    "Thank you, that helps a lot. Should I wait for a letter, or will somebody from your side phone me back?",
    "سه ماه است که کارفرما حقوق ما را نداده و جواب تلفن را هم نمی‌دهد.",
    "برای بازنشستگی پیش از موعد چند سال سابقهٔ بیمه باید داشته باشم؟",
    "The form asks for the number of people in my household; we are 4 at home, and 2 of them go to school.",
    "بله، متوجه شدم. پس اول فرم شمارهٔ ۳ را پر می‌کنم و بعد می‌آیم.",
    "خیلی ممنون از راهنمایی شما؛ فقط هزینهٔ این کار چقدر می‌شود؟",
    "I moved last month. Do I have to tell you about the new address, or does that happen by itself now?",
    "مهلت اعتراض به رأی هیئت چند روز است و از چه زمانی حساب می‌شود؟",
    "قرارداد کار من موقت بود و بعد از یک سال دیگر تمدید نشد، چه کنم؟",
    "Your colleague said the decision takes up to 45 working days. Is there any way to see how far it is?",
    "پدرم نمی‌تواند حضوری بیاید؛ آیا من می‌توانم به جای او امضا کنم؟",
    "سابقهٔ بیمهٔ من در سامانه کمتر از چیزی است که باید باشد، چرا؟",
    "Good morning. I am writing about the allowance for my daughter, who starts at the university in autumn.",
    "لطفاً راهنمایی کنید که نوبت حضوری را از کدام بخش باید بگیرم.",
    "هنوز برگهٔ تسویه حساب را از کارگاه نگرفته‌ام، بدون آن هم می‌شود؟",
    "شمارهٔ همراه من 09121234567 است، لطفاً خبر بدهید که کی بیایم.",
    "نامهٔ شما را دیروز گرفتم ولی بخش دوم آن را درست متوجه نشدم، راستش.",
    "Yes, I have the contract here and also the pay slips of the last twelve months. What else do you need?",
    "آیا می‌توانم درخواستم را پس بگیرم و دوباره از اول ثبت کنم؟",
    "کد خطا ۵۰۳ است و نوشته بعداً دوباره امتحان کنید، از صبح همین است.",
    "I am self-employed since spring, so there is no employer who could sign this page. What should I do?",
    "همسرم بیمهٔ خویش‌فرما دارد، می‌تواند من را هم تحت پوشش بگیرد؟",
    "چند روز طول می‌کشد تا نتیجهٔ کمیسیون به دست ما برسد؟ نگران هستیم.",
    "All right, then I will send the certificate by post and keep a copy of it. Which address is the right one?",
    "ساعت کار اداره در روزهای پنج‌شنبه چطور است؟ از ۸ تا ۱۲ باز است؟",
    "من کارگر ساختمانی هستم و کارت مهارتم سال گذشته باطل شده است.",
    "The online form lost everything when I went back one page. Can somebody see what I had filled in before?",
    "بسیار خوب، پس منتظر پیامک شما می‌مانم و فعلاً کاری نمی‌کنم.",
    "برای وام ازدواج باید هر دو نفر با هم به بانک مراجعه کنیم یا نه؟",
    "Is it possible to pay the fee in two parts? I can pay one half now and the other half next month.",
    "کارفرمای قبلی من ورشکست شده، طلبم را از چه کسی باید بخواهم؟",
    "آدرس شعبهٔ نزدیک به ما را دارید؟ ما در شرق شهر زندگی می‌کنیم.",
    "I received two letters with different dates. Which of them counts, the one of Monday or the one of Thursday?",
    "اگر روز تعطیل باشد، مهلت به روز کاری بعد منتقل می‌شود یا نه؟",
    "ممنونم. یک سؤال دیگر هم دارم: این کار برای برادرم هم لازم است؟",
    "My card for the refund is 6037 9900 0000 0006 and it is in my own name, if you need that for the form.",
};
#define TEXT_COUNT (sizeof TEXTS / sizeof *TEXTS)

/* --- One socket ------------------------------------------------------------------------------ */

enum stage { NEW, CONNECTING, UPGRADING, ENTERING, READY, DEAD };

typedef struct {
    uint8_t *bytes;
    size_t used, room;
} Buffer;

typedef struct {
    int fd;
    enum stage stage;
    unsigned side;                      /* 0 or 1: which of the pair */
    const char *path, *cookie, *consultation;
    uint64_t last;                      /* sequence held when it connects */
    uint64_t n, acknowledged, top;      /* said, acknowledged, highest sequence given */
    uint64_t spoke_at;
    Buffer in, out;
} Socket;

typedef struct {
    const char *name;
    void (*enter)(Socket *);                               /* the handshake is done */
    size_t (*say)(Socket *, uint64_t mark, char *frame);   /* write the frame of a message */
    void (*hear)(Socket *, char *text, size_t size);       /* a frame came; text[size] is 0 */
} Tongue;

typedef struct {
    uint32_t *each; /* nanoseconds, at most four seconds */
    size_t count, room;
} Latencies;

static Socket *sockets;
static unsigned count, ready, dead, refused, handshakes;
static const Tongue *tongue;
static int poller, port, pingpong, reentering;
static char run[16] = "run", fault[160];
static uint64_t zero, from, until = UINT64_MAX; /* what is measured lies between the last two */
static uint64_t sent, acknowledged, delivered, in_time_acknowledged, in_time_delivered;
static Latencies deliveries, acknowledgements;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void give_up(const char *why) {
    perror(why);
    exit(1);
}

static void note_fault(const char *text, size_t size) {
    if (*fault) return; /* the first one says most */
    if (size >= sizeof fault) size = sizeof fault - 1;
    for (size_t i = 0; i < size; i++)
        fault[i] = (uint8_t)text[i] < ' ' || text[i] == '"' || text[i] == '\\' ? '.' : text[i];
}

static void watch(Socket *socket, int how, int writing) {
    struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.ptr = socket};
    epoll_ctl(poller, how, socket->fd, &event);
}

static void bury(Socket *socket, const char *why) {
    if (socket->stage == DEAD) return;
    if (socket->stage == READY) ready--;
    note_fault(why, strlen(why));
    socket->stage = DEAD;
    dead++;
    close(socket->fd);
}

static void reserve(Buffer *buffer, size_t more) {
    if (buffer->used + more <= buffer->room) return;
    buffer->room = (buffer->used + more) * 2;
    if (!(buffer->bytes = realloc(buffer->bytes, buffer->room))) give_up("memory");
}

static void drop(Buffer *buffer, size_t size) {
    memmove(buffer->bytes, buffer->bytes + size, buffer->used - size);
    buffer->used -= size;
}

static void put(Socket *socket, const uint8_t *bytes, size_t size) {
    if (socket->stage == DEAD) return;
    if (!socket->out.used) {
        ssize_t taken = send(socket->fd, bytes, size, MSG_NOSIGNAL);
        if (taken < 0 && errno != EAGAIN) return bury(socket, strerror(errno));
        if (taken < 0) taken = 0;
        if ((size_t)taken == size) return;
        bytes += taken, size -= taken;
    }
    reserve(&socket->out, size);
    memcpy(socket->out.bytes + socket->out.used, bytes, size);
    socket->out.used += size;
    watch(socket, EPOLL_CTL_MOD, 1);
}

static void put_frame(Socket *socket, int kind, const char *text, size_t size) {
    static const uint8_t mask[4] = {0x12, 0x34, 0x56, 0x78};
    uint8_t frame[LONGEST + 8];
    size_t head = 2;
    if (size > LONGEST) size = LONGEST;
    frame[0] = 0x80 | kind;
    if (size < 126) {
        frame[1] = 0x80 | size;
    } else {
        frame[1] = 0x80 | 126, frame[2] = size >> 8, frame[3] = size;
        head = 4;
    }
    memcpy(frame + head, mask, 4);
    for (size_t i = 0; i < size; i++) frame[head + 4 + i] = text[i] ^ mask[i & 3];
    socket->spoke_at = now();
    put(socket, frame, head + 4 + size);
}

static void put_text(Socket *socket, const char *text) {
    put_frame(socket, 1, text, strlen(text));
}

/* --- What happened --------------------------------------------------------------------------- */

static void let_in(Socket *socket) {
    if (socket->stage == READY) return;
    socket->stage = READY;
    ready++;
    handshakes++;
}

static void note(Latencies *latencies, uint64_t nanoseconds) {
    if (latencies->count == latencies->room) {
        latencies->room = latencies->room ? latencies->room * 2 : 1 << 16;
        latencies->each = realloc(latencies->each, latencies->room * sizeof *latencies->each);
        if (!latencies->each) give_up("memory");
    }
    latencies->each[latencies->count++] = nanoseconds > 4 * SECOND ? 4 * SECOND : nanoseconds;
}

static void say(Socket *socket, uint64_t due) {
    char frame[LONGEST];
    if (socket->stage != READY) return;
    socket->n++;
    sent++;
    put_frame(socket, 1, frame, tongue->say(socket, due * 2 + socket->side, frame));
}

static const char *text_of(const Socket *socket) {
    return TEXTS[(socket->n + (socket - sockets) * 7) % TEXT_COUNT];
}

static void note_delivery(Socket *socket, uint64_t mark) {
    uint64_t at = now();
    delivered++;
    if (at >= from && at < until) {
        in_time_delivered++;
        note(&deliveries, at - zero - mark / 2);
    }
    if (pingpong && at < until) say(socket, at - zero);
}

static void note_acknowledgement(Socket *socket, uint64_t mark, uint64_t seq) {
    uint64_t at = now();
    acknowledged++;
    socket->acknowledged++;
    if (seq > socket->top) socket->top = seq;
    if (at >= from && at < until) {
        in_time_acknowledged++;
        note(&acknowledgements, at - zero - mark / 2);
    }
}

static void note_refusal(const char *text, size_t size) {
    refused++;
    note_fault(text, size);
}

/* --- Tongues --------------------------------------------------------------------------------- */

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
    {"house", house_enter, house_say, house_hear},
    {"relay", enter_at_once, relay_say, relay_hear},
    {"tutorial", enter_at_once, tutorial_say, tutorial_hear},
    {"socketio", wait_for_greeting, socketio_say, socketio_hear},
};

/* --- Coming and going ------------------------------------------------------------------------ */

static void connect_to_server(Socket *self) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port)};
    int at_once = 1;
    inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
    self->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (self->fd < 0) give_up("socket");
    setsockopt(self->fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    if (connect(self->fd, (void *)&there, sizeof there) < 0 && errno != EINPROGRESS)
        give_up("connect");
    self->stage = CONNECTING;
    self->in.used = self->out.used = 0;
    watch(self, EPOLL_CTL_ADD, 1);
}

static void ask_for_upgrade(Socket *socket) {
    char request[LONGEST];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        "%s%s%s\r\n",
                        socket->path, port, port, *socket->cookie ? "Cookie: " : "",
                        socket->cookie, *socket->cookie ? "\r\n" : "");
    socket->stage = UPGRADING;
    watch(socket, EPOLL_CTL_MOD, 0);
    put(socket, (uint8_t *)request, size);
}

static void leave(Socket *socket) {
    put_frame(socket, 8, "\x03\xe8", 2);
    if (socket->stage == DEAD) return;
    close(socket->fd);
    socket->stage = NEW;
    ready--;
}

static void take_upgrade(Socket *socket) {
    uint8_t *end = memmem(socket->in.bytes, socket->in.used, "\r\n\r\n", 4);
    if (!end) return;
    if (memcmp(socket->in.bytes, "HTTP/1.1 101", 12)) {
        socket->in.bytes[socket->in.used] = 0;
        return bury(socket, (char *)socket->in.bytes);
    }
    drop(&socket->in, end + 4 - socket->in.bytes);
    socket->stage = ENTERING;
    if (reentering) {
        let_in(socket);
        return leave(socket);
    }
    tongue->enter(socket);
}

static void take_frame(Socket *socket, int kind, char *bytes, size_t size) {
    if (kind == 8) {
        unsigned code = size >= 2 ? (uint8_t)bytes[0] << 8 | (uint8_t)bytes[1] : 1005;
        char why[40];
        snprintf(why, sizeof why, "closed with %u", code);
        bury(socket, why);
    } else if (kind == 9) {
        put_frame(socket, 10, bytes, size);
    } else if (kind <= 2) {
        char kept = bytes[size];
        bytes[size] = 0; /* there is room for it: see `receive` */
        tongue->hear(socket, bytes, size);
        bytes[size] = kept;
    }
}

static void take_frames(Socket *socket) {
    size_t done = 0;
    while (socket->stage != DEAD && socket->stage != NEW && socket->in.used - done >= 2) {
        uint8_t *frame = socket->in.bytes + done;
        size_t left = socket->in.used - done, size = frame[1] & 127, head = 2;
        if (size == 126) {
            if (left < 4) break;
            size = frame[2] << 8 | frame[3], head = 4;
        } else if (size == 127) {
            if (left < 10) break;
            size = 0, head = 10;
            for (int i = 0; i < 8; i++) size = size << 8 | frame[2 + i];
        }
        if (left < head + size) break;
        take_frame(socket, frame[0] & 15, (char *)frame + head, size);
        done += head + size;
    }
    if (done && socket->stage != DEAD && socket->stage != NEW) drop(&socket->in, done);
}

static void receive(Socket *socket) {
    for (;;) {
        reserve(&socket->in, 1025);
        size_t room = socket->in.room - socket->in.used - 1;
        ssize_t got = recv(socket->fd, socket->in.bytes + socket->in.used, room, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return bury(socket, got ? strerror(errno) : "ended without a word");
        socket->in.used += got;
        if (socket->stage == UPGRADING) take_upgrade(socket);
        if (socket->stage == ENTERING || socket->stage == READY) take_frames(socket);
        if (socket->stage == DEAD || socket->stage == NEW || (size_t)got < room) return;
    }
}

static void flush(Socket *socket) {
    ssize_t taken = send(socket->fd, socket->out.bytes, socket->out.used, MSG_NOSIGNAL);
    if (taken > 0) drop(&socket->out, taken);
    if (!socket->out.used) watch(socket, EPOLL_CTL_MOD, 0);
}

static void serve(Socket *socket, uint32_t events) {
    if (socket->stage == DEAD || socket->stage == NEW) return;
    if (socket->stage == CONNECTING) {
        if (events & (EPOLLERR | EPOLLHUP)) bury(socket, "nobody listens");
        else if (events & EPOLLOUT) ask_for_upgrade(socket);
        return;
    }
    if (events & EPOLLOUT && socket->out.used) flush(socket);
    if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) receive(socket);
}

static void attend(uint64_t nanoseconds) {
    static struct epoll_event events[1024];
    struct timespec wait = {nanoseconds / SECOND, nanoseconds % SECOND};
    int happened = epoll_pwait2(poller, events, 1024, &wait, NULL);
    for (int i = 0; i < happened; i++) serve(events[i].data.ptr, events[i].events);
}

static void beat(void) {
    static uint64_t next;
    uint64_t at = now();
    if (at < next || tongue != TONGUES) return; /* only the house asks for it */
    next = at + SECOND / 4;
    for (unsigned i = 0; i < count; i++)
        if (sockets[i].stage == READY && at - sockets[i].spoke_at > HEARTBEAT)
            put_text(&sockets[i], "{\"type\":\"heartbeat\"}");
}

/* --- Modes ----------------------------------------------------------------------------------- */

static double connect_everybody(unsigned at_once) {
    uint64_t began = now();
    unsigned next = 0;
    while (ready + dead < count && now() - began < PATIENCE) {
        while (next < count && next - ready - dead < at_once) connect_to_server(&sockets[next++]);
        attend(SECOND / 20);
        beat();
    }
    if (ready + dead < count) note_fault("not everybody was let in", 24);
    return (now() - began) / 1e9;
}

static void play_pingpong(void) {
    pingpong = 1;
    for (unsigned i = 0; i < count; i += 2) say(&sockets[i], now() - zero);
    while (now() < until) attend(SECOND / 20), beat();
}

static void play_open(double rate) {
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

static void wait_for_the_last(void) {
    uint64_t end = now() + DRAIN;
    while ((acknowledged < sent || delivered < sent) && now() < end && !dead) attend(SECOND / 20);
}

static double play_handshakes(unsigned at_once) {
    uint64_t began = now();
    unsigned next = 0;
    reentering = 1;
    handshakes = 0;
    from = began;
    for (; now() < until && !dead; attend(SECOND / 100)) {
        unsigned going = 0;
        for (unsigned i = 0; i < count; i++)
            going += sockets[i].stage == CONNECTING || sockets[i].stage == UPGRADING;
        for (; going < at_once; next++)
            if (sockets[next % count].stage == NEW) connect_to_server(&sockets[next % count]), going++;
    }
    return (now() - began) / 1e9;
}

/* --- The beginning and the end --------------------------------------------------------------- */

static char *word(char **line) { /* up to the next tab; never NULL */
    char *found = strsep(line, "\t\r\n");
    return found ? found : "";
}

static void read_cast(const char *name) {
    FILE *file = fopen(name, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) give_up(name);
    while (getline(&line, &room, file) > 0) {
        char *rest = strdup(line);
        sockets = realloc(sockets, (count + 1) * sizeof *sockets);
        Socket *socket = &sockets[count];
        *socket = (Socket){.side = count & 1};
        socket->path = word(&rest), socket->cookie = word(&rest);
        socket->consultation = word(&rest), socket->last = strtoull(word(&rest), NULL, 10);
        count++;
    }
    free(line);
    fclose(file);
}

static void write_books(const char *name) {
    FILE *file = fopen(name, "w");
    if (!file) give_up(name);
    for (unsigned i = 0; i < count; i++)
        fprintf(file, "%s\t%lu\t%lu\n", sockets[i].consultation, sockets[i].acknowledged,
                sockets[i].top);
    fclose(file);
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

static double processor_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void report(double seconds, double entering, double processor) {
    qsort(deliveries.each, deliveries.count, sizeof(uint32_t), by_size);
    qsort(acknowledgements.each, acknowledgements.count, sizeof(uint32_t), by_size);
    printf("{\"sockets\":%u,\"ready\":%u,\"dead\":%u,\"refused\":%u,\"fault\":\"%s\","
           "\"sent\":%lu,\"acknowledged\":%lu,\"delivered\":%lu,"
           "\"rate\":%.1f,\"acknowledged_rate\":%.1f,"
           "\"p50_ms\":%.3f,\"p95_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
           "\"acknowledged_p50_ms\":%.3f,\"acknowledged_p99_ms\":%.3f,"
           "\"handshakes_per_s\":%.1f,\"processor\":%.2f}\n",
           count, ready, dead, refused, fault, sent, acknowledged, delivered,
           in_time_delivered / seconds, in_time_acknowledged / seconds,
           milliseconds(&deliveries, .5), milliseconds(&deliveries, .95),
           milliseconds(&deliveries, .99), milliseconds(&deliveries, 1),
           milliseconds(&acknowledgements, .5), milliseconds(&acknowledgements, .99),
           handshakes / entering, processor);
    fflush(stdout);
}

int main(int argc, char **argv) {
    const char *mode = "pingpong", *speaks = "house", *cast = NULL, *books = NULL;
    double rate = 500, seconds = 5, warm = 1, entering = 1;
    unsigned at_once = 32;
    for (int option; (option = getopt(argc, argv, "m:t:p:f:i:d:w:r:c:b:")) != -1;) switch (option) {
        case 'm': mode = optarg; break;
        case 't': speaks = optarg; break;
        case 'p': port = atoi(optarg); break;
        case 'f': cast = optarg; break;
        case 'i': snprintf(run, sizeof run, "%s", optarg); break;
        case 'd': seconds = atof(optarg); break;
        case 'w': warm = atof(optarg); break;
        case 'r': rate = atof(optarg); break;
        case 'c': at_once = atoi(optarg); break;
        case 'b': books = optarg; break;
        default: return 2;
    }
    for (size_t i = 0; i < sizeof TONGUES / sizeof *TONGUES; i++)
        if (!strcmp(TONGUES[i].name, speaks)) tongue = &TONGUES[i];
    if (!tongue || !cast || !port) return fprintf(stderr, "What is said, by whom, to whom?\n"), 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    read_cast(cast);
    poller = epoll_create1(0);
    if (!strcmp(mode, "handshake")) {
        until = now() + (uint64_t)(seconds * SECOND);
        entering = play_handshakes(at_once);
        report(seconds, entering, processor_seconds() / seconds);
        return 0;
    }
    entering = connect_everybody(at_once);
    if (!strcmp(mode, "idle")) {
        report(seconds, entering, 0);
        for (;;) attend(SECOND / 20), beat();
    }
    double before = processor_seconds();
    zero = now();
    from = zero + (uint64_t)(warm * SECOND);
    until = from + (uint64_t)(seconds * SECOND);
    if (ready == count) *mode == 'p' ? play_pingpong() : play_open(rate);
    double processor = (processor_seconds() - before) / (seconds + warm);
    wait_for_the_last();
    report(seconds, entering, processor);
    if (books) write_books(books);
    return 0;
}
