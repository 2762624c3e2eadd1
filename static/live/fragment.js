// <live-fragment src on every gap calm status>: a part of the page that the server renders anew.
// It fetches `src` on the events named in `on` (never more often than every `gap` seconds) and, as
// the net below, every `every` seconds; it changes the page only where the words differ.

import { wire } from "live/connection";

const DEBOUNCE = 300;

class LiveFragment extends HTMLElement {
    #wire = wire();
    #leaving = new AbortController();
    #timer = null;
    #every = null;
    #fetchedAt = Date.now();
    #html = null;

    connectedCallback() {
        const { signal } = this.#leaving;
        const types = (this.getAttribute("on") ?? "").split(/\s+/).filter(Boolean);
        for (const type of [...types, "up"]) {
            this.#wire?.addEventListener(type, () => this.refresh(), { signal });
        }
        const every = Number(this.getAttribute("every"));
        if (every) this.#every = setInterval(() => this.refresh(), every * 1000);
        document.addEventListener("visibilitychange", () => this.refresh(), { signal });
    }

    disconnectedCallback() {
        this.#leaving.abort();
        clearTimeout(this.#timer);
        clearInterval(this.#every);
    }

    /** Soon: several events in a row are one question. */
    refresh() {
        if (document.hidden || this.#timer) return;
        const rest = this.#fetchedAt + Number(this.getAttribute("gap") ?? 0) * 1000 - Date.now();
        this.#timer = setTimeout(() => this.#fetch(), Math.max(DEBOUNCE, rest));
    }

    async #fetch() {
        this.#fetchedAt = Date.now();
        try {
            const response = await fetch(this.getAttribute("src"), { headers: { Accept: "text/html" } });
            if (response.redirected) return location.reload();
            if (response.ok) this.#show(await response.text());
        } catch {
            // Offline: what stands there stays, and the next event asks again.
        } finally {
            this.#timer = null;
        }
    }

    #show(html) {
        if (html === this.#html || !this.isConnected) return;
        if (this.hasAttribute("calm") && this.matches(":hover, :focus-within")) return;
        if (this.matches(":active")) return void setTimeout(() => this.refresh(), DEBOUNCE); // A click is under way.
        this.#html = html;
        const page = new DOMParser().parseFromString(html, "text/html");
        if (page.body.innerHTML.trim() === this.innerHTML.trim()) return;
        const focused = this.contains(document.activeElement) && document.activeElement.id;
        const { scrollTop } = this;
        this.replaceChildren(...page.body.childNodes);
        this.scrollTop = scrollTop;
        if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
        this.#tell();
    }

    /** What changed, once, in words, to those who hear the page. */
    #tell() {
        const status = document.getElementById(this.getAttribute("status"));
        const words = this.querySelector("[data-say]")?.textContent.replace(/\s+/g, " ").trim();
        if (status && words && status.textContent !== words) status.textContent = words;
    }
}

customElements.define("live-fragment", LiveFragment);
