/* One thread for all sockets: connecting, frames in and out. */
#include "loadgen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int poller;

uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

void give_up(const char *why) {
    perror(why);
    exit(1);
}

void open_poller(void) { poller = epoll_create1(0); }

static void watch(Socket *socket, int how, int writing) {
    struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.ptr = socket};
    epoll_ctl(poller, how, socket->fd, &event);
}

static void bury(Socket *socket, const char *why) {
    if (socket->stage == DEAD) return;
    if (socket->stage == READY) tally.ready--;
    note_fault(why, strlen(why));
    socket->stage = DEAD;
    tally.dead++;
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

void put_frame(Socket *socket, int kind, const char *text, size_t size) {
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

void put_text(Socket *socket, const char *text) {
    put_frame(socket, 1, text, strlen(text));
}

void connect_to_server(Socket *self) {
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
    tally.ready--;
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

void attend(uint64_t nanoseconds) {
    static struct epoll_event events[1024];
    struct timespec wait = {nanoseconds / SECOND, nanoseconds % SECOND};
    int happened = epoll_pwait2(poller, events, 1024, &wait, NULL);
    for (int i = 0; i < happened; i++) serve(events[i].data.ptr, events[i].events);
}

