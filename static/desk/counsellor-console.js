// <counsellor-console>: the keys that go round the panes, the number that waits in the page's title,
// and a fresh page when the open conversation changes hands or ends.

import { wire } from "live/connection";
import { number } from "live/words";

class CounsellorConsole extends HTMLElement {
    #title = document.title;
    #owed = null;
    #leaving = new AbortController();

    connectedCallback() {
        const { signal } = this.#leaving;
        this.news = this.querySelector('[data-slot="news"]');
        this.list = this.querySelector(".list");
        this.watch = new MutationObserver(() => this.#count());
        this.watch.observe(this.list, { childList: true, subtree: true });
        this.#count();
        addEventListener("keydown", (event) => this.#key(event), { signal });
        wire()?.addEventListener("consultation.changed", ({ detail }) => this.#changed(detail), { signal });
    }

    disconnectedCallback() {
        this.watch.disconnect();
        this.#leaving.abort();
    }

    #count() {
        const owed = this.list.querySelectorAll("[data-owed]").length;
        const more = this.#owed !== null && owed > this.#owed;
        document.title = owed ? `(${number(owed)}) ${this.#title}` : this.#title;
        if (owed !== this.#owed) this.news.textContent = more ? `${number(owed)} ${this.dataset.waiting}` : "";
        this.#owed = owed;
    }

    /** Ended: time to wrap up. Taken away: it is nobody's to read here any more. */
    #changed({ consultation, state }) {
        const { open, state: known, home } = this.dataset;
        if (consultation !== open || state === known) return;
        if (["waiting", "parked"].includes(state)) location.assign(home);
        else location.reload();
    }

    #key(event) {
        if (event.altKey && event.key === "ArrowDown") {
            const next = this.list.querySelector("[data-owed]:not([aria-current])");
            if (!next) return;
            event.preventDefault();
            next.click();
        } else if (event.key === "F6" && !event.altKey && !event.ctrlKey) {
            event.preventDefault();
            this.#round(event.shiftKey ? -1 : 1);
        }
    }

    #round(step) {
        const panes = [...this.querySelectorAll(".pane")].filter((pane) => pane.checkVisibility());
        const here = panes.findIndex((pane) => pane.contains(document.activeElement));
        panes.at((here + step) % panes.length).focus();
    }
}

customElements.define("counsellor-console", CounsellorConsole);
