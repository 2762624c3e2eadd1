// <suggest-cards src results status [address]>: looks for service cards while the question is being typed. One
// request at a time; the number found is told once, after a pause in typing.

const PAUSE = 300;
const SHORTEST = 3;

class SuggestCards extends HTMLElement {
    #asked = "";
    #timer = null;
    #busy = false;

    connectedCallback() {
        this.box = this.querySelector("textarea, input[type=search]");
        this.results = document.getElementById(this.getAttribute("results"));
        this.#asked = this.box.value.trim();
        this.box.addEventListener("input", () => this.#soon());
        this.results.addEventListener("click", ({ target }) => this.#carry(target.closest("a")));
    }

    #soon() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }

    /** Whoever opens a card before the last words were looked for still brings them along. */
    #carry(link) {
        if (!link?.closest(".tile")) return;
        const url = new URL(link.href);
        url.searchParams.set("q", this.box.value.trim());
        link.href = url;
    }

    async #ask() {
        const query = this.box.value.trim();
        if (this.#busy || query === this.#asked || (query && query.length < SHORTEST)) return;
        this.#busy = true;
        this.#asked = query;
        try {
            const url = new URL(this.getAttribute("src"), location.href);
            url.searchParams.set("q", query);
            const response = await fetch(url, { headers: { Accept: "text/html" } });
            if (response.ok) this.#show(await response.text());
            if (response.ok && this.hasAttribute("address")) this.#tell(query);
        } catch {
            // Offline: the button below still asks in the old way.
        } finally {
            this.#busy = false;
        }
        if (this.box.value.trim() !== query) this.#soon();
    }

    /** The address is that of what is shown, so that it can be kept or sent on. */
    #tell(query) {
        const here = new URL(location.href);
        here.searchParams.delete("page");
        if (query) here.searchParams.set("q", query);
        else here.searchParams.delete("q");
        history.replaceState(history.state, "", here);
    }

    #show(html) {
        const page = new DOMParser().parseFromString(html, "text/html");
        this.results.replaceChildren(...page.body.childNodes);
        const words = this.results.querySelector("[data-say]")?.textContent.trim();
        const status = document.getElementById(this.getAttribute("status"));
        if (words) status.textContent = words;
    }
}

customElements.define("suggest-cards", SuggestCards);
