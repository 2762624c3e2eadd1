// The page's one socket. Every frame becomes a DOM event named by its type; besides those there
// are "up" (the server has welcomed us) and "down" ({retry_ms}, null while the device is offline).

import { Backoff } from "live/backoff";
import { HEARTBEAT, HELLO, MINOR, RECONNECT, REFUSED, VERSION, WELCOME } from "live/protocol";

const NOT_YOU = 4403;
const FLOODING = [1008, 4008];
const MISSED_HEARTBEATS = 2.5;
const PATIENCE = 10_000; // Until the welcome.

export class Connection extends EventTarget {
    #url;
    #socket = null;
    #backoff = new Backoff();
    #cursors = new Map();
    #retry = null;
    #beat = null;
    #greeting = null;
    #wary = []; // Conversations to be asked for one by one: a hello was refused.
    #hellos = 0; // Said and not yet answered.
    #heartbeat = 15_000;
    #heardAt = 0;
    #up = false;

    constructor(url) {
        super();
        this.#url = new URL(url, location.href);
        this.#url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
        addEventListener("online", () => this.open());
        addEventListener("offline", () => this.#drop());
        addEventListener("pageshow", ({ persisted }) => persisted && this.open());
        this.addEventListener(WELCOME, ({ detail }) => this.#welcomed(detail));
        this.addEventListener(RECONNECT, ({ detail }) => this.#moved(detail));
        this.addEventListener(REFUSED, ({ detail }) => this.#refused(detail));
    }

    get up() {
        return this.#up;
    }

    /** Names a conversation of this page and how to learn the last sequence it holds. */
    follow(consultation, last) {
        this.#cursors.set(consultation, last);
        if (this.#socket?.readyState === WebSocket.OPEN) this.hello(consultation);
        else this.open();
    }

    forget(consultation) {
        this.#cursors.delete(consultation);
    }

    open() {
        clearTimeout(this.#retry);
        if (this.#socket || !navigator.onLine) return;
        const socket = (this.#socket = new WebSocket(this.#url));
        clearTimeout(this.#greeting); // A handshake, too, can stay without an answer.
        this.#greeting = setTimeout(() => socket === this.#socket && this.#drop(), PATIENCE);
        socket.addEventListener("open", () => this.#opened());
        socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#heard(data));
        socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#closed(code));
    }

    /** Tells the server what this page holds, of one conversation or of all; it answers with what
     *  was missed, then "welcome". */
    hello(...consultations) {
        const asked = consultations.length ? consultations : [...this.#cursors.keys()];
        const known = asked.filter((id) => this.#cursors.has(id));
        this.#say(Object.fromEntries(known.map((id) => [id, this.#cursors.get(id)()])));
    }

    /** Whether the frame left; false means that the sender keeps it for later. */
    send(frame) {
        if (this.#socket?.readyState !== WebSocket.OPEN) return false;
        this.#socket.send(JSON.stringify(frame));
        return true;
    }

    #heard(text) {
        this.#heardAt = Date.now();
        const frame = JSON.parse(text);
        if (typeof frame?.type !== "string") return;
        this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
    }

    #say(cursors) {
        this.#hellos += 1;
        this.send({ type: HELLO, protocol: VERSION, minor: MINOR, cursors });
    }

    #opened() {
        this.#hellos = 0;
        this.#wary = [];
        this.hello();
    }

    /** A hello can be refused: said again when the server has rest, or with nothing, so that the
     *  page goes on, and then for one conversation with every beat. */
    #refused({ code, retry_ms }) {
        if (code === "version") return void reloadedOnce();
        if (!this.#hellos) return;
        if (retry_ms != null) {
            this.#hellos = 0;
            clearTimeout(this.#retry);
            this.#retry = setTimeout(() => this.hello(), retry_ms);
        } else if (code !== "not_yours") {
            this.#wary = [...this.#cursors.keys()];
            this.#hellos = 0;
            this.#say({});
        }
    }

    #welcomed({ heartbeat_ms }) {
        clearTimeout(this.#greeting);
        this.#hellos = Math.max(0, this.#hellos - 1);
        this.#heartbeat = heartbeat_ms ?? this.#heartbeat;
        this.#backoff.reset();
        clearInterval(this.#beat);
        this.#beat = setInterval(() => this.#keepAlive(), this.#heartbeat);
        if (this.#up) return;
        this.#up = true;
        this.dispatchEvent(new CustomEvent("up"));
    }

    /** A socket can die without a word; silence for too long counts as closed. */
    #keepAlive() {
        if (Date.now() - this.#heardAt > MISSED_HEARTBEATS * this.#heartbeat) this.#drop();
        else this.send({ type: HEARTBEAT });
        const next = this.#wary.shift();
        if (next) this.hello(next);
    }

    #moved({ after_ms, jitter_ms }) {
        this.#drop(after_ms + Math.random() * jitter_ms);
    }

    #drop(retry) {
        const socket = this.#socket;
        this.#socket = null;
        socket?.close();
        this.#lost(retry);
    }

    #closed(code) {
        this.#socket = null;
        if (code === NOT_YOU && reloadedOnce()) return;
        if (FLOODING.includes(code) || code === NOT_YOU) this.#backoff.slower();
        this.#lost();
    }

    #lost(retry = this.#backoff.next()) {
        clearInterval(this.#beat);
        clearTimeout(this.#greeting);
        clearTimeout(this.#retry);
        this.#up = false;
        const detail = { retry_ms: navigator.onLine ? retry : null };
        if (navigator.onLine) this.#retry = setTimeout(() => this.open(), retry);
        this.dispatchEvent(new CustomEvent("down", { detail }));
    }
}

/** The page itself says best what one may see now. Once a minute, lest it turn in circles. */
function reloadedOnce() {
    const before = Number(sessionStorage.getItem("reloaded-at") ?? 0);
    if (Date.now() - before < 60_000) return false;
    sessionStorage.setItem("reloaded-at", String(Date.now()));
    location.reload();
    return true;
}

let only = null;

/** The connection of this page, or null where there is nothing to listen to. */
export function wire() {
    const url = document.querySelector('meta[name="live-url"]')?.content;
    if (!only && url) {
        only = new Connection(url);
        only.open();
    }
    return only;
}
