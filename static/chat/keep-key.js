// <keep-key>: the tracking code and the PIN stand open until one has said something.

class KeepKey extends HTMLElement {
    #leaving = new AbortController();

    connectedCallback() {
        const fold = () => this.querySelector("details").removeAttribute("open");
        document.addEventListener("submit", fold, { signal: this.#leaving.signal });
    }

    disconnectedCallback() {
        this.#leaving.abort();
    }
}

customElements.define("keep-key", KeepKey);
