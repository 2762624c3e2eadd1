// <case-pane>: searching, quoting and linking a card without leaving the page, so that a half-written
// answer stays in its box. The forms are ordinary ones; what comes back is the page's own pane.

class CasePane extends HTMLElement {
    connectedCallback() {
        this.addEventListener("submit", (event) => this.#submit(event));
    }

    /** A card was sent from elsewhere; here nothing knows it yet. */
    async refresh() {
        if (this.querySelector(".card")) return;
        try {
            await this.#show(await fetch(location.href));
        } catch {
            // It stands here when the page is next opened.
        }
    }

    async #submit(event) {
        const { target: form, submitter } = event;
        if (event.defaultPrevented || this.getAttribute("aria-busy") === "true") {
            return event.preventDefault();
        }
        event.preventDefault();
        this.setAttribute("aria-busy", "true");
        const fields = new FormData(form, submitter);
        try {
            await this.#show(await this.#ask(form, fields));
            this.#go(fields);
        } catch {
            form.submit();
        } finally {
            this.removeAttribute("aria-busy");
        }
        return undefined;
    }

    async #ask(form, fields) {
        const url = new URL(form.action);
        url.hash = "";
        if (form.method === "post") return fetch(url, { method: "POST", body: fields });
        url.search = new URLSearchParams(fields);
        const answer = await fetch(url);
        history.replaceState(null, "", `${url}${location.hash}`);
        return answer;
    }

    async #show(answer) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const pane = page.querySelector("case-pane");
        if (!pane) throw new Error("The answer has no pane.");
        this.replaceChildren(...document.importNode(pane, true).childNodes);
    }

    /** Back to where the work goes on: the search box, or the answer being written. */
    #go(fields) {
        if (fields.has("card_q")) return this.querySelector('[name="card_q"]').focus();
        if (!fields.has("client_id")) return this.closest(".pane").focus();
        if (location.hash === "#case") location.hash = "#talk";
        return document.querySelector("live-conversation textarea")?.focus();
    }
}

customElements.define("case-pane", CasePane);
