// Tells the other party how far its messages have come: received by this page, and seen by a person
// (the page is visible and its newest message is on the screen).

import { MESSAGE_RECEIVE, MESSAGE_SEE } from "live/protocol";

export class Receipts {
    #say;
    #last;
    #visible;
    #received = 0;
    #seen = 0;

    constructor({ say, last, visible }) {
        this.#say = say;
        this.#last = last;
        this.#visible = visible;
    }

    /** After every message, and whenever the reader looks again. */
    tell() {
        const seq = this.#last();
        if (this.#visible() && !document.hidden) {
            if (seq > this.#seen && this.#say(MESSAGE_SEE, { seq })) this.#seen = this.#received = seq;
        } else if (seq > this.#received && this.#say(MESSAGE_RECEIVE, { seq })) {
            this.#received = seq;
        }
    }
}
