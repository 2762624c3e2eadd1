// Messages in sequence: 1, 2, 3 … each once. A repeat is dropped; a gap means asking again.

export class Order {
    #last;
    #ahead = new Set();

    constructor(last = 0) {
        this.#last = last;
    }

    /** The highest sequence below which nothing is missing. */
    get last() {
        return this.#last;
    }

    get hasGap() {
        return this.#ahead.size > 0;
    }

    /** "next" (and now held), "repeat", or "gap": something before it is still missing. */
    take(seq) {
        if (seq <= this.#last) return "repeat";
        if (seq > this.#last + 1) return "gap";
        this.#last = seq;
        while (this.#ahead.delete(this.#last + 1)) this.#last += 1;
        return "next";
    }

    /** A message already on the page (one's own, acknowledged) whatever may be missing before it. */
    hold(seq) {
        if (this.take(seq) === "gap") this.#ahead.add(seq);
    }
}
