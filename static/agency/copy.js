// <copy-code text>: copies a code as Latin digits, whatever digits the page shows, and says so.

class CopyCode extends HTMLElement {
    connectedCallback() {
        const button = this.querySelector("button");
        if (!navigator.clipboard) return;
        button.hidden = false;
        button.addEventListener("click", () => this.#copy());
    }

    async #copy() {
        await navigator.clipboard.writeText(this.getAttribute("text"));
        const status = this.querySelector("[role=status]");
        status.textContent = status.dataset.done;
        setTimeout(() => (status.textContent = ""), 4000);
    }
}

customElements.define("copy-code", CopyCode);
