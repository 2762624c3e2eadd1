// "… is writing": a hint that fades by itself and is never read out.

const FADES = 5000;

export class Typing {
    #element;
    #fading = null;

    constructor(element) {
        this.#element = element;
    }

    show() {
        clearTimeout(this.#fading);
        this.#element.hidden = false;
        this.#fading = setTimeout(() => this.hide(), FADES);
    }

    hide() {
        this.#element.hidden = true;
    }
}
