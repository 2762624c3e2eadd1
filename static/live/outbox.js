// What was written and is not yet stored. It outlives a lost connection and a reload of the page:
// everything unacknowledged is sent again, in order, and the server stores each message once. Only a
// window of it is on its way at a time, so that a long outbox is no flood.
// No DOM here; storage, clock and wire are handed in.

const WINDOW = 8;
const UNANSWERED = 15_000;
const SOON = 200;

export class Outbox {
    #key;
    #storage;
    #send;
    #newId;
    #later;
    #entries;
    #stream;
    #n = 0;
    #away = new Set(); // Sent on this connection and not yet answered.
    #resting = false;
    #watching = false;

    constructor({ key, storage, send, newId = () => crypto.randomUUID(), later = setTimeout }) {
        this.#key = `outbox:${key}`;
        this.#storage = storage;
        this.#send = send;
        this.#newId = newId;
        this.#later = (act, after) => later(act, after);
        this.#entries = JSON.parse(storage.getItem(this.#key) ?? "[]");
        this.#stream = newId();
    }

    get entries() {
        return [...this.#entries];
    }

    post(text) {
        const entry = { ...this.#place(), client_id: this.#newId(), text, state: "queued" };
        this.#entries.push(entry);
        this.#keep();
        this.#pump();
        return entry;
    }

    /** Everything unacknowledged, in the order in which it was written. */
    resend() {
        this.#resting = false;
        this.#away.clear();
        this.#pump();
    }

    /** The server wants patience; nothing leaves before, or it would arrive out of order. */
    rest(milliseconds) {
        if (this.#resting) return;
        this.#resting = true;
        this.#later(() => this.#resting && this.resend(), milliseconds);
    }

    /** Acknowledged: forget it, and let the next one go. */
    stored({ client_id }) {
        const entry = this.#find(client_id);
        if (!entry) return undefined;
        this.#entries = this.#entries.filter((other) => other !== entry);
        this.#keep();
        this.#pump();
        return entry;
    }

    /** The entry if it failed for good; null while it is still on its way. */
    refused({ client_id, stream, n, code, retry_ms, expect }) {
        const entry = this.#find(client_id);
        if (entry?.stream !== stream || entry.n !== n || entry.state === "failed") return null;
        const wanted = code === "gap" && this.#queued().some((e) => e.stream === stream && e.n === expect);
        if (wanted || retry_ms != null) {
            this.rest(retry_ms ?? SOON);
            return null;
        }
        const lostItsPlace = ["gap", "repeated"].includes(code) && !entry.moved;
        Object.assign(entry, lostItsPlace ? { moved: true } : { state: "failed" });
        this.#restart(stream);
        return lostItsPlace ? null : entry;
    }

    /** The writer asks for a failed one again: it goes to the end of the line. */
    again(client_id) {
        const entry = this.#find(client_id);
        if (entry?.state !== "failed") return;
        this.#entries = [...this.#entries.filter((other) => other !== entry), entry];
        Object.assign(entry, this.#place(), { state: "queued", moved: false });
        this.#away.delete(entry);
        this.#keep();
        this.#pump();
    }

    /** What came after a refused message cannot keep its number: it moves to a fresh stream. */
    #restart(stream) {
        this.#stream = this.#newId();
        this.#n = 0;
        for (const entry of this.#queued().filter((e) => e.stream === stream)) {
            Object.assign(entry, this.#place());
        }
        this.#keep();
        this.rest(SOON);
    }

    #place() {
        this.#n += 1;
        return { stream: this.#stream, n: this.#n };
    }

    /** Sends what has not left yet, as far as the window reaches. */
    #pump() {
        if (this.#resting) return;
        for (const entry of this.#queued().slice(0, WINDOW)) {
            if (this.#away.has(entry)) continue;
            if (!this.#send(entry)) return;
            this.#away.add(entry);
            this.#watch();
        }
    }

    /** An answer can get lost with nobody noticing; asking again does no harm. */
    #watch() {
        if (this.#watching) return;
        this.#watching = true;
        this.#later(() => {
            this.#watching = false;
            if (!this.#resting) this.resend();
        }, UNANSWERED);
    }

    #queued() {
        return this.#entries.filter(({ state }) => state === "queued");
    }

    #find(client_id) {
        return this.#entries.find((entry) => entry.client_id === client_id);
    }

    #keep() {
        this.#storage.setItem(this.#key, JSON.stringify(this.#entries));
    }
}
