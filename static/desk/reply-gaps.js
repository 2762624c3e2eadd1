// <reply-gaps>: a canned reply with a gap in it, such as {minutes}, stays in the box until the gap is
// filled. Says which, chooses it for typing over, and holds back the sending.

const GAP = /\{[^{}\n]+\}/;

class ReplyGaps extends HTMLElement {
    #missing = "";

    connectedCallback() {
        const conversation = this.closest("live-conversation");
        this.box = conversation.querySelector("textarea");
        this.box.addEventListener("input", () => this.#warn());
        conversation.addEventListener("reply", ({ detail }) => this.#inserted(detail));
        // Before the composer hears it.
        conversation.addEventListener("submit", (event) => this.#submit(event), true);
    }

    #inserted(missing) {
        this.#missing = missing;
        this.#warn();
        this.#choose();
    }

    #submit(event) {
        if (this.#missing && this.#choose()) {
            event.preventDefault();
            event.stopPropagation();
            return;
        }
        this.#missing = "";
        this.#warn();
    }

    #warn() {
        const open = this.#missing !== "" && GAP.test(this.box.value);
        this.querySelector(".notice").hidden = !open;
        this.querySelector('[data-slot="gaps"]').textContent = open ? this.#missing : "";
    }

    #choose() {
        const gap = this.box.value.match(GAP);
        if (gap) this.box.setSelectionRange(gap.index, gap.index + gap[0].length);
        return gap;
    }
}

customElements.define("reply-gaps", ReplyGaps);
