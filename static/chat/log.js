// The list of a conversation: places every message by its sequence, in the markup that the server
// rendered as a blank, and never moves a reader who has scrolled up.

import { climb } from "chat/ladder";
import { clock, counted, localized, number } from "live/words";

const NEAR_THE_END = 48;
const QUIET = 1000;

export class Log {
    #view;
    #list;
    #blank;
    #newer;
    #side;
    #you;
    #unread = 0;

    constructor({ view, list, blank, newer, side, you, read }) {
        this.#view = view;
        this.#list = list;
        this.#blank = blank;
        this.#newer = newer;
        this.#side = side;
        this.#you = you;
        newer.addEventListener("click", () => this.toEnd());
        view.addEventListener("scroll", () => this.atEnd && this.#read(read), { passive: true });
    }

    get atEnd() {
        return Math.abs(this.#view.scrollTop) < NEAR_THE_END;
    }

    toEnd() {
        this.#view.scrollTop = 0;
        this.#view.focus({ preventScroll: true });
    }

    /** A message or a line of the system that arrived; `aloud` unless it is one's own. */
    place(frame, { aloud = true } = {}) {
        if (this.#at(frame.seq)) return;
        const mine = frame.role === this.#side;
        const item = frame.role === "system" ? this.#line(frame) : this.#message(frame, mine);
        if (mine) climb(item, this.#blank, "stored");
        this.#insert(item, frame.seq, aloud && !mine);
    }

    /** One's own words, shown before the server has them. */
    pend({ client_id, text, state }) {
        if (this.#list.querySelector(`[data-client-id="${CSS.escape(client_id)}"]`)) return;
        const item = this.#message({ role: this.#side, text, masked: [] }, true);
        item.dataset.clientId = client_id;
        climb(item, this.#blank, state);
        this.#insert(item, Infinity, false);
        if (state === "queued") this.#view.scrollTop = 0;
    }

    /** Acknowledged: as the server keeps it, at its place. */
    settle({ client_id, seq, text, masked, at }) {
        const item = this.#pending(client_id);
        if (!item) return;
        item.remove();
        if (this.#at(seq)) return;
        slot(item, "text").textContent = text;
        this.#fill(item, { at, masked });
        climb(item, this.#blank, "stored");
        this.#insert(item, seq, false);
    }

    fail(client_id, reason) {
        const item = this.#pending(client_id);
        const rung = item && climb(item, this.#blank, "failed");
        if (rung) slot(rung, "reason").textContent = reason ? `: ${reason}` : "";
    }

    requeue(client_id) {
        const item = this.#pending(client_id);
        climb(item, this.#blank, "queued");
        this.#list.append(item);
    }

    /** The other party holds (or has read) everything up to `seq`. */
    reach(seq, rung) {
        for (const item of this.#list.querySelectorAll(".mine[data-seq]")) {
            if (Number(item.dataset.seq) <= seq) climb(item, this.#blank, rung);
        }
    }

    #line({ lines }) {
        const item = this.#blank.content.querySelector(".event").cloneNode(true);
        slot(item, "text").textContent = localized(lines);
        return item;
    }

    #message({ role, name, text, at, masked, citation }, mine) {
        const item = this.#blank.content.querySelector(".message").cloneNode(true);
        item.classList.add(role);
        item.classList.toggle("mine", mine);
        for (const rung of item.querySelectorAll("[data-rung]")) rung.remove();
        slot(item, "name").firstElementChild.textContent = mine ? this.#you : localized(name);
        slot(item, "name").classList.toggle("unseen", mine);
        if (mine || role !== "counsellor") slot(item, "role").remove();
        slot(item, "text").textContent = text;
        this.#fill(item, { at, masked });
        this.#cite(slot(item, "citation"), citation);
        return item;
    }

    #fill(item, { at, masked }) {
        if (at) slot(item, "time").dateTime = at;
        slot(item, "time").textContent = at ? clock(at) : "";
        slot(item, "masked").hidden = !masked?.length;
    }

    #cite(element, citation) {
        if (!citation) return element.remove();
        const label = localized(citation.field_label);
        slot(element, "edition").textContent = number(citation.edition);
        slot(element, "day").textContent = localized(citation.day);
        slot(element, "field").textContent = label;
        slot(element, "field").hidden = !label;
        slot(element, "title").textContent = localized(citation.title);
        slot(element, "link").href = localized(citation.url);
    }

    #insert(item, seq, aloud) {
        const stays = !this.atEnd;
        const before = this.#list.offsetHeight;
        if (!aloud) this.#hush();
        if (Number.isFinite(seq)) item.dataset.seq = seq;
        const isLater = ({ dataset }) => Number(dataset.seq) > seq || (dataset.clientId && !dataset.seq);
        const later = Number.isFinite(seq) && [...this.#list.children].find(isLater);
        this.#list.insertBefore(item, later || null);
        if (!stays || item.matches(".mine")) return;
        this.#view.scrollTop -= this.#list.offsetHeight - before;
        this.#unread += 1;
        this.#newer.textContent = counted(this.#newer, this.#unread);
        this.#newer.hidden = false;
    }

    /** One's own echo, and a heap of missed messages, are not read out one by one. */
    #hush() {
        this.#view.setAttribute("aria-live", "off");
        setTimeout(() => this.#view.setAttribute("aria-live", "polite"), QUIET);
    }

    #read(told) {
        this.#unread = 0;
        this.#newer.hidden = true;
        told();
    }

    #at(seq) {
        return this.#list.querySelector(`[data-seq="${Number(seq)}"]`);
    }

    #pending(client_id) {
        return this.#list.querySelector(`[data-client-id="${CSS.escape(client_id)}"]:not([data-seq])`);
    }
}

const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
