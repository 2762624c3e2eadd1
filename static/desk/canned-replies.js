// <canned-replies>: "/" in an empty box opens what is said often, typing filters it, Enter puts it
// into the box. Nothing is ever sent from here: the counsellor reads, mends and sends.

import { number } from "live/words";

class CannedReplies extends HTMLElement {
    #chosen = -1;

    connectedCallback() {
        this.details = this.querySelector("details");
        this.options = [...this.querySelectorAll('[role="option"]')];
        this.box = this.closest("live-conversation").querySelector("textarea");
        this.box.setAttribute("aria-controls", "canned-options");
        this.box.setAttribute("aria-autocomplete", "list");
        this.box.addEventListener("input", () => this.#typed());
        // Before the composer hears it, for which Enter means sending.
        document.addEventListener("keydown", this.#key, true);
        this.details.addEventListener("toggle", () => this.#toggled());
        this.addEventListener("mousedown", (event) => event.target.closest("[role]") && event.preventDefault());
        this.addEventListener("click", ({ target }) => this.#insert(target.closest('[role="option"]')));
    }

    disconnectedCallback() {
        document.removeEventListener("keydown", this.#key, true);
    }

    get #shown() {
        return this.options.filter((option) => !option.hidden);
    }

    get #query() {
        return this.box.value.startsWith("/") ? this.box.value.slice(1) : "";
    }

    #typed() {
        this.details.open = this.box.value.startsWith("/");
        if (this.details.open) this.#filter(this.#query);
    }

    #toggled() {
        if (!this.details.open) return this.#choose(-1);
        this.#filter(this.#query);
        return this.box.focus();
    }

    /** By shortcut and title; by the whole text where no title answers. */
    #filter(query) {
        const words = folded(query).split(/\s+/);
        const answers = (text) => words.every((word) => folded(text).includes(word));
        const titled = this.options.filter(({ dataset }) => answers(dataset.title));
        const found = titled.length ? titled : this.options.filter((each) => answers(each.textContent));
        for (const option of this.options) option.hidden = !found.includes(option);
        const { length } = found;
        this.querySelector(".none").hidden = length > 0;
        this.#tell(length ? `${number(length)} ${this.dataset.found}` : this.dataset.none);
        this.#choose(length ? 0 : -1);
    }

    #key = (event) => {
        if (event.target !== this.box || !this.details.open || event.isComposing) return;
        const steps = { ArrowDown: 1, ArrowUp: -1 };
        const shown = this.#shown;
        if (event.key in steps && !event.altKey && shown.length) {
            this.#choose((this.#chosen + steps[event.key] + shown.length) % shown.length);
        } else if (event.key === "Enter" && shown[this.#chosen]) this.#insert(shown[this.#chosen]);
        else if (event.key === "Escape") this.details.open = false;
        else return;
        event.preventDefault();
        event.stopImmediatePropagation();
    };

    #choose(index) {
        this.#chosen = index;
        const chosen = this.#shown[index];
        for (const option of this.options) option.setAttribute("aria-selected", option === chosen);
        chosen?.scrollIntoView({ block: "nearest" });
        this.box.setAttribute("aria-activedescendant", chosen?.id ?? "");
    }

    #insert(option) {
        if (!option) return;
        const { value, selectionStart, selectionEnd } = this.box;
        const { body, missing } = option.dataset;
        this.details.open = false;
        this.box.focus();
        if (value.startsWith("/")) this.box.value = body;
        else this.box.setRangeText(body, selectionStart, selectionEnd, "end");
        this.box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        this.dispatchEvent(new CustomEvent("reply", { bubbles: true, detail: missing }));
    }

    #tell(text) {
        this.querySelector('[data-slot="status"]').textContent = text;
    }
}

/** As the search folds: one yeh, one kaf, no marks. */
function folded(text) {
    const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\u200c/g, " ");
    return bare.replace(/[يى]/g, "ی").replace(/ك/g, "ک").toLowerCase().trim();
}

customElements.define("canned-replies", CannedReplies);
