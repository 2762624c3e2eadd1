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
        this.addEventListener("click", ({ target }) => {
            const option = target.closest('[role="option"]');
            if (option) this.#insert(option);
        });
    }

    disconnectedCallback() {
        document.removeEventListener("keydown", this.#key, true);
    }

    get #shown() {
        return this.options.filter((option) => !option.hidden);
    }

    #typed() {
        const { value } = this.box;
        this.#warn();
        if (!value.startsWith("/")) return this.#close();
        this.details.open = true;
        return this.#filter(value.slice(1));
    }

    #toggled() {
        if (!this.details.open) return this.#choose(-1);
        this.#filter(this.box.value.startsWith("/") ? this.box.value.slice(1) : "");
        return this.box.focus();
    }

    #filter(query) {
        const words = folded(query).split(/\s+/);
        for (const option of this.options) {
            const text = folded(option.textContent);
            option.hidden = !words.every((word) => text.includes(word));
        }
        const { length } = this.#shown;
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
        else if (event.key === "Escape") this.#close();
        else return;
        event.preventDefault();
        event.stopImmediatePropagation();
    };

    #choose(index) {
        this.#chosen = index;
        const chosen = this.#shown[index];
        for (const option of this.options) option.setAttribute("aria-selected", option === chosen);
        chosen?.scrollIntoView({ block: "nearest" });
        if (chosen) this.box.setAttribute("aria-activedescendant", chosen.id);
        else this.box.removeAttribute("aria-activedescendant");
    }

    #insert({ dataset }) {
        const { value, selectionStart, selectionEnd } = this.box;
        this.missing = dataset.missing;
        this.#close();
        this.box.focus();
        if (value.startsWith("/")) this.box.setSelectionRange(0, value.length);
        else this.box.setSelectionRange(selectionStart, selectionEnd);
        this.box.setRangeText(dataset.body, this.box.selectionStart, this.box.selectionEnd, "end");
        this.box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        const gap = this.box.value.match(/\{[^{}\n]+\}/);
        if (gap) this.box.setSelectionRange(gap.index, gap.index + gap[0].length);
    }

    /** Says what still has to be filled in, for as long as the box shows it. */
    #warn() {
        const open = Boolean(this.missing) && /\{[^{}\n]+\}/.test(this.box.value);
        const notice = this.querySelector('[data-slot="missing"]');
        notice.hidden = !open;
        notice.querySelector("span").textContent = open ? `${this.dataset.missing} ${this.missing}` : "";
        if (open) this.#tell(notice.textContent.trim());
    }

    #close() {
        this.details.open = false;
        this.#choose(-1);
        if (!this.missing) this.#tell("");
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
