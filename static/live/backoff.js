// How long to wait before trying again: 1, 2, 4 … 30 s, each shortened by chance so that a
// thousand browsers do not return in the same instant.

export class Backoff {
    #attempts = 0;
    #base;
    #cap;
    #random;

    constructor({ base = 1000, cap = 30_000, random = Math.random } = {}) {
        this.#base = base;
        this.#cap = cap;
        this.#random = random;
    }

    /** Milliseconds until the next attempt: at least half of the step, at most all of it. */
    next() {
        const step = Math.min(this.#cap, this.#base * 2 ** this.#attempts);
        this.#attempts += 1;
        return Math.round(step / 2 + (step / 2) * this.#random());
    }

    /** After a flood the server wants rest: begin further up. */
    slower() {
        this.#attempts = Math.max(this.#attempts, 3);
    }

    reset() {
        this.#attempts = 0;
    }
}
