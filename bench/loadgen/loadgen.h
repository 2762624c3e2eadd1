/* What the parts of the crowd share; main.c says what it all is. */
#ifndef LOADGEN_H
#define LOADGEN_H
#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>

#define SECOND 1000000000ull
#define LONGEST 4096 /* no frame that we say is longer */

enum stage { NEW, CONNECTING, UPGRADING, ENTERING, READY, DEAD };

typedef struct {
    uint8_t *bytes;
    size_t used, room;
} Buffer;

typedef struct {
    int fd;
    enum stage stage;
    unsigned side; /* 0 or 1: which of the pair */
    const char *path, *cookie, *consultation;
    uint64_t last;                 /* sequence held when it connects */
    uint64_t n, acknowledged, top; /* said, acknowledged, highest sequence given */
    uint64_t spoke_at;
    Buffer in, out;
} Socket;

typedef struct {
    const char *name;
    void (*enter)(Socket *);                             /* the handshake is done */
    size_t (*say)(Socket *, uint64_t mark, char *frame); /* write the frame of a message */
    void (*hear)(Socket *, char *text, size_t size);     /* a frame came; text[size] is 0 */
    const char *heartbeat;                               /* what to say when silent; or NULL */
} Tongue;

/* main.c */
extern Socket *sockets;
extern unsigned count;
extern int port;
extern char run[16];
extern const Tongue *tongue;

/* texts.c */
const char *text_of(const Socket *);

/* tongues.c */
const Tongue *tongue_called(const char *name);

/* sockets.c */
uint64_t now(void);
void give_up(const char *why);
void open_poller(void);
void connect_to_server(Socket *);
void put_frame(Socket *, int kind, const char *text, size_t size);
void put_text(Socket *, const char *text);
void attend(uint64_t nanoseconds);

/* tally.c */
typedef struct {
    unsigned ready, dead, refused, handshakes;
    uint64_t sent, acknowledged, delivered;
} Tally;
extern Tally tally;
extern uint64_t zero, from, until; /* what is measured lies between the last two */
extern int pingpong;               /* whoever gets a message answers it */
void let_in(Socket *);
void say(Socket *, uint64_t due);
void note_delivery(Socket *, uint64_t mark);
void note_acknowledgement(Socket *, uint64_t mark, uint64_t seq);
void note_refusal(const char *text, size_t size);
void note_fault(const char *text, size_t size);
void report(double seconds, double entering, double processor);

/* modes.c */
extern int reentering; /* whoever is let in leaves again */
void beat(void);
double connect_everybody(unsigned at_once);
void play_pingpong(void);
void play_open(double rate);
double play_handshakes(unsigned at_once);
void wait_for_the_last(void);

#endif
