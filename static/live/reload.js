// <live-reload consultation state>: when the consultation is in another state, the page is another
// page. Fetches it and puts the focus on its heading; asks first while something is half written.

import { wire } from "live/connection";
import { CONSULTATION_CHANGED } from "live/protocol";

const MOVED = "moved-to-another-state";

class LiveReload extends HTMLElement {
    #leaving = new AbortController();

    connectedCallback() {
        if (sessionStorage.getItem(MOVED)) this.#arrive();
        const { signal } = this.#leaving;
        wire()?.addEventListener(CONSULTATION_CHANGED, ({ detail }) => this.#changed(detail), { signal });
    }

    disconnectedCallback() {
        this.#leaving.abort();
    }

    #arrive() {
        sessionStorage.removeItem(MOVED);
        document.querySelector('h1[tabindex="-1"]')?.focus();
    }

    #changed({ consultation, state }) {
        if (consultation !== this.getAttribute("consultation")) return;
        if (state === this.getAttribute("state")) return;
        const written = [...document.querySelectorAll("textarea")].some(({ value }) => value.trim());
        if (written && this.firstElementChild && state === "closed") {
            this.firstElementChild.hidden = false;
            return;
        }
        sessionStorage.setItem(MOVED, "1");
        location.reload();
    }
}

customElements.define("live-reload", LiveReload);
