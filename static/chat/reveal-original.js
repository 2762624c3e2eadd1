// <reveal-original>: shows what a mask covers, in its place, once a reason has been given. Without a
// script the same form answers with a page.

class RevealOriginal extends HTMLElement {
    connectedCallback() {
        this.addEventListener("submit", (event) => this.#submit(event));
    }

    async #submit(event) {
        event.preventDefault();
        const form = event.target;
        try {
            const headers = { "X-Requested-With": "fetch" };
            const body = new FormData(form);
            const answer = await fetch(form.action, { method: "POST", body, headers });
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const shown = document.importNode(page.querySelector(".revealed"), true);
            shown.tabIndex = -1;
            this.replaceChildren(shown);
            shown.focus();
        } catch {
            form.submit();
        }
    }
}

customElements.define("reveal-original", RevealOriginal);
