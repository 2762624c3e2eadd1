// The line above a conversation that says the connection is being mended, and that nothing is lost.

import { counted } from "live/words";

const PATIENCE = 1500;

export class Strip {
    #element;
    #seconds;
    #offline;
    #shown = null;
    #ticking = null;

    constructor(element) {
        this.#element = element;
        this.#seconds = element.querySelector('[data-slot="seconds"]');
        this.#offline = element.querySelector('[data-slot="offline"]');
    }

    /** Shown a moment late: most interruptions are over before anybody need know. */
    down(retry) {
        this.#shown ??= setTimeout(() => (this.#element.hidden = false), PATIENCE);
        this.#offline.hidden = retry !== null;
        const until = Date.now() + (retry ?? 0);
        clearInterval(this.#ticking);
        this.#tick(until);
        if (retry) this.#ticking = setInterval(() => this.#tick(until), 1000);
    }

    up() {
        clearTimeout(this.#shown);
        clearInterval(this.#ticking);
        this.#shown = null;
        this.#element.hidden = true;
    }

    #tick(until) {
        const left = Math.ceil((until - Date.now()) / 1000);
        this.#seconds.textContent = left > 0 ? counted(this.#seconds, left) : "";
    }
}
