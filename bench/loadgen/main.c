/*
 * The crowd: WebSocket clients on one thread, two to a conversation.
 *
 *     loadgen -m MODE -t TONGUE -p PORT -f CAST [-i RUN] [-d SECONDS] [-w WARM] [-r RATE]
 *             [-c AT_ONCE] [-b BOOKS]
 *
 * MODE    pingpong   each pair keeps one message in the air: who gets it answers it
 *         open       messages at a fixed rate, whatever comes back; late is late (the clock of a
 *                    message starts when it was due, not when it could be tally.sent)
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
#include "loadgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

Socket *sockets;
unsigned count;
int port;
char run[16] = "run";
const Tongue *tongue;

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

static double processor_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
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
    tongue = tongue_called(speaks);
    if (!tongue || !cast || !port) return fprintf(stderr, "What is said, by whom, to whom?\n"), 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    read_cast(cast);
    open_poller();
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
    if (tally.ready == count) *mode == 'p' ? play_pingpong() : play_open(rate);
    double processor = (processor_seconds() - before) / (seconds + warm);
    wait_for_the_last();
    report(seconds, entering, processor);
    if (books) write_books(books);
    return 0;
}
