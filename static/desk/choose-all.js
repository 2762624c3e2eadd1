// <choose-all>: one box above a group of boxes that ticks them all, or none.

class ChooseAll extends HTMLElement {
    connectedCallback() {
        this.boxes = [...this.querySelectorAll("input[type=checkbox]")];
        if (this.boxes.length < 2) return;
        this.all = Object.assign(document.createElement("input"), { type: "checkbox" });
        const label = document.createElement("label");
        label.className = "choice all";
        label.append(this.all, this.dataset.label);
        this.querySelector("ul").before(label);
        this.addEventListener("change", ({ target }) => this.#change(target));
        this.#count();
    }

    #change(box) {
        if (box === this.all) for (const each of this.boxes) each.checked = box.checked;
        this.#count();
    }

    #count() {
        const ticked = this.boxes.filter(({ checked }) => checked).length;
        this.all.checked = ticked === this.boxes.length;
        this.all.indeterminate = ticked > 0 && !this.all.checked;
    }
}

customElements.define("choose-all", ChooseAll);
