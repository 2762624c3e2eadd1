// The box one writes in: Enter sends (a touch keyboard's Enter breaks the line), the length is told
// before it is too much, and a half-written text survives a reload.

import { number } from "live/words";

const TOLD_FROM = 200;
const TYPING_EVERY = 2500;

export class Composer {
    #form;
    #box;
    #room;
    #limit;
    #key;
    #typedAt = 0;

    constructor({ form, key, send, typing }) {
        this.#form = form;
        this.#box = form.elements.text;
        this.#room = form.querySelector('[data-slot="room"]');
        this.#limit = Number(form.dataset.limit);
        this.#key = `draft:${key}`;
        form.noValidate = true;
        this.#box.value ||= sessionStorage.getItem(this.#key) ?? "";
        this.#measure();
        form.addEventListener("submit", (event) => this.#submit(event, send));
        this.#box.addEventListener("keydown", (event) => this.#entered(event));
        this.#box.addEventListener("input", () => this.#written(typing));
    }

    #submit(event, send) {
        event.preventDefault();
        const text = this.#box.value.trim();
        if (!text || this.#excess > 0) return this.#box.focus();
        send(text);
        this.#box.value = "";
        this.#box.focus();
        this.#written();
    }

    #entered(event) {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        if (matchMedia("(pointer: coarse)").matches) return;
        event.preventDefault();
        this.#form.requestSubmit();
    }

    #written(typing) {
        sessionStorage.setItem(this.#key, this.#box.value);
        this.#measure();
        if (!typing || !this.#box.value.trim() || Date.now() - this.#typedAt < TYPING_EVERY) return;
        this.#typedAt = Date.now();
        typing();
    }

    get #excess() {
        return [...this.#box.value.trim()].length - this.#limit;
    }

    #measure() {
        const excess = this.#excess;
        this.#box.toggleAttribute("aria-invalid", excess > 0);
        this.#room.hidden = excess < -TOLD_FROM;
        this.#room.classList.toggle("over", excess > 0);
        this.#room.textContent = this.#room.hidden ? "" : this.#told(excess);
        if (CSS.supports("field-sizing: content")) return;
        this.#box.style.blockSize = "auto";
        this.#box.style.blockSize = `${this.#box.scrollHeight}px`;
    }

    #told(excess) {
        const { leftOne, leftMany, overOne, overMany } = this.#room.dataset;
        const [one, many] = excess > 0 ? [overOne, overMany] : [leftOne, leftMany];
        const count = Math.abs(excess);
        return (count === 1 ? one : many).replace("%n", number(count));
    }
}
