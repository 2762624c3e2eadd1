// <card-finder src post>: Ctrl+K finds a card, Enter takes it, a figure or Enter sends the whole of it
// or one part; Escape goes back to the answer, of which nothing is touched. What is typed is looked for
// one question at a time, and an answer that comes too late for it is dropped.

const PAUSE = 150;
const APPLE = /^(Mac|iP)/.test(navigator.platform);

class CardFinder extends HTMLElement {
    #leaving = new AbortController();
    #timer = null;
    #busy = false;
    #asked = null;
    #hasty = false; // Enter was pressed before the cards had come.
    #card = null;
    #letter = {};
    #sending = false;

    connectedCallback() {
        const { signal } = this.#leaving;
        this.dialog = this.querySelector("dialog");
        this.box = this.querySelector('[role="combobox"]');
        this.cards = this.querySelector("#finder-cards");
        this.parts = this.#slot("part-list");
        this.#slot("open").hidden = false;
        this.#slot("open").addEventListener("click", () => this.#open());
        document.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
        this.dialog.addEventListener("keydown", (event) => this.#key(event));
        this.dialog.addEventListener("click", ({ target }) => this.#clicked(target));
        this.dialog.addEventListener("close", () => this.#closed());
        this.box.addEventListener("input", () => this.#soon());
    }

    disconnectedCallback() {
        this.#leaving.abort();
        clearTimeout(this.#timer);
    }

    /** By the place of the key: on a Persian keyboard it writes another letter. */
    #shortcut(event) {
        const chord = (APPLE ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
        if (!chord || event.code !== "KeyK" || event.isComposing) return;
        if (document.querySelector("dialog[open], [popover]:popover-open") && !this.dialog.open) return;
        event.preventDefault();
        if (!event.repeat && !this.dialog.open) this.#open();
    }

    #open() {
        this.#show("cards");
        this.#fault("");
        this.box.value = "";
        this.#asked = null;
        this.cards.replaceChildren();
        this.dialog.showModal();
        this.box.focus();
        this.#ask();
    }

    #closed() {
        clearTimeout(this.#timer);
        this.#hasty = false;
        this.closest("live-conversation").querySelector("textarea").focus();
    }

    #soon() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }

    async #ask() {
        const query = this.box.value.trim();
        if (this.#busy || query === this.#asked) return;
        this.#busy = true;
        let answered = false;
        try {
            const url = new URL(this.getAttribute("src"), location.href);
            url.searchParams.set("q", query);
            const response = await fetch(url, { headers: { Accept: "text/html" } });
            if (response.redirected || response.status === 404) return location.reload();
            answered = response.ok && this.dialog.open;
            if (answered && this.box.value.trim() === query) this.#found(query, await response.text());
        } catch {
            this.#hasty = false;
            this.#fault(this.dataset.unheard);
        } finally {
            this.#busy = false;
        }
        if (answered && this.box.value.trim() !== query) this.#ask();
        return undefined;
    }

    #found(query, html) {
        const page = new DOMParser().parseFromString(html, "text/html");
        const words = page.querySelector("[data-say]");
        words.remove();
        this.#asked = query;
        this.#fault("");
        this.cards.replaceChildren(...page.body.childNodes);
        this.#slot("heard").textContent = words.textContent.trim();
        this.#choose(0);
        if (this.#hasty) this.#take();
        this.#hasty = false;
    }

    #key(event) {
        if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
        const steps = { ArrowDown: 1, ArrowUp: -1 };
        const figure = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
        const part = this.#card && figure && !event.shiftKey && this.#options[figure[1] - 1];
        if (event.key in steps) this.#choose(this.#chosen + steps[event.key]);
        else if (event.key === "Enter") this.#entered();
        else if (part) this.#send(part);
        else if (event.key === "Backspace" && this.#card) this.#back();
        else return;
        event.preventDefault();
    }

    #entered() {
        if (!this.#card && this.box.value.trim() !== this.#asked) {
            this.#hasty = true;
            return this.#ask();
        }
        return this.#take();
    }

    #clicked(target) {
        if (target === this.dialog) return this.dialog.close(); // Beside it.
        const option = target.closest('[role="option"]');
        if (!option) return undefined;
        this.#choose(this.#options.indexOf(option));
        return this.#take();
    }

    /** A card opens its parts; a part is sent. */
    #take() {
        const option = this.#options[this.#chosen];
        if (!option) return;
        if (this.#card) return void this.#send(option);
        this.#show("parts", option);
        this.parts.replaceChildren(option.querySelector("template").content.cloneNode(true));
        this.parts.focus();
        this.#choose(0);
    }

    #back() {
        const { id } = this.#card;
        this.#show("cards");
        this.box.focus();
        this.#choose(this.#options.findIndex((option) => option.id === id));
    }

    #show(step, card = null) {
        this.#card = card;
        this.#slot("cards").hidden = step !== "cards";
        this.#slot("parts").hidden = step !== "parts";
        this.#slot("title").textContent = card?.dataset.title ?? "";
    }

    get #list() {
        return this.#card ? this.parts : this.cards;
    }

    get #options() {
        return [...this.#list.querySelectorAll('[role="option"]')];
    }

    get #chosen() {
        return this.#options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    }

    #choose(index) {
        const options = this.#options;
        const chosen = options.at(index % options.length);
        for (const option of options) option.setAttribute("aria-selected", option === chosen);
        const holder = this.#card ? this.parts : this.box;
        holder.setAttribute("aria-activedescendant", chosen?.id ?? "");
        chosen?.scrollIntoView({ block: "nearest" });
    }

    /** The same part sent again after a fault is the same message: it is stored once. */
    async #send(part) {
        if (this.#sending) return;
        const [card, field] = [this.#card.dataset.card, part.dataset.field];
        if (this.#letter.card !== card || this.#letter.field !== field) {
            this.#letter = { card, field, n: 1, stream: crypto.randomUUID(), client_id: crypto.randomUUID() };
        }
        this.#sending = true;
        try {
            const { csrfmiddlewaretoken } = this.closest("live-conversation").querySelector("form").elements;
            const body = new URLSearchParams({ ...this.#letter, csrfmiddlewaretoken: csrfmiddlewaretoken.value });
            const headers = { "X-Requested-With": "fetch" };
            const response = await fetch(this.getAttribute("post"), { method: "POST", body, headers });
            if (response.ok && !response.redirected) this.#sent();
            else this.#fault(response.status === 422 ? await response.text() : this.dataset.lost);
        } catch {
            this.#fault(this.dataset.lost);
        } finally {
            this.#sending = false;
        }
    }

    #sent() {
        this.#letter = {};
        this.dialog.close();
        this.#slot("status").textContent = this.dataset.sent;
        document.querySelector("case-pane")?.refresh();
    }

    #fault(words) {
        this.#slot("fault").hidden = !words;
        this.#slot("fault").textContent = words;
    }

    #slot(name) {
        return this.querySelector(`[data-slot="${name}"]`);
    }
}

customElements.define("card-finder", CardFinder);
