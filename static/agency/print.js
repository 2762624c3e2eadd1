// <print-page>: its button prints. Hidden without a script, because it could do nothing.

class PrintPage extends HTMLElement {
    connectedCallback() {
        const button = this.querySelector("button");
        button.hidden = false;
        button.addEventListener("click", () => print());
    }
}

customElements.define("print-page", PrintPage);
