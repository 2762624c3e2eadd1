// <live-conversation consultation side last-seq you>: keeps the conversation of the page up to date
// and sends what is written. Without a script the form inside posts itself.

import { openInPlace } from "chat/cited";
import { Composer } from "chat/composer";
import { Log } from "chat/log";
import { Receipts } from "chat/receipts";
import { Strip } from "chat/strip";
import { Typing } from "chat/typing";
import { wire } from "live/connection";
import { Order } from "live/order";
import { Outbox } from "live/outbox";
import * as protocol from "live/protocol";
import { counted, localized } from "live/words";

const SETTLES = 150;

class LiveConversation extends HTMLElement {
    #wire = wire();
    #consultation = this.getAttribute("consultation");
    #side = this.getAttribute("side");
    #order = new Order(Number(this.getAttribute("last-seq")));
    #leaving = new AbortController();
    #missed = 0;
    #asking = null;
    #log;
    #outbox;
    #receipts;
    #strip;
    #typing;

    connectedCallback() {
        if (!this.#wire || !this.#part("composer")) return;
        this.#strip = new Strip(this.#part("strip"));
        this.#typing = new Typing(this.#part("typing"));
        this.#log = new Log({
            view: this.#part("log"),
            list: this.#part("list"),
            blank: this.#part("blank"),
            newer: this.#part("newer"),
            side: this.#side,
            you: this.getAttribute("you"),
            read: () => this.#receipts.tell(),
        });
        openInPlace(this.#part("list"), this.getAttribute("cited"));
        this.#receipts = new Receipts({
            say: (type, rest) => this.#say(type, rest),
            last: () => this.#order.last,
            visible: () => this.#log.atEnd,
        });
        this.#outbox = new Outbox({
            key: this.#consultation,
            storage: sessionStorage,
            send: ({ stream, n, client_id, text }) =>
                this.#wire.up && this.#say(protocol.MESSAGE_POST, { stream, n, client_id, text }),
        });
        new Composer({
            form: this.#part("composer"),
            key: this.#consultation,
            send: (text) => this.#log.pend(this.#outbox.post(text)),
            typing: () => this.#say(protocol.TYPING_SHOW),
        });
        for (const entry of this.#outbox.entries) this.#log.pend(entry);
        this.#listen(this.#leaving.signal);
        this.#wire.follow(this.#consultation, () => this.#order.last);
        if (this.#wire.up) this.#up();
    }

    disconnectedCallback() {
        this.#leaving.abort();
        this.#wire?.forget(this.#consultation);
    }

    #listen(signal) {
        const ours = (type, act) =>
            this.#wire.addEventListener(
                type,
                ({ detail }) => detail.consultation === this.#consultation && act(detail),
                { signal },
            );
        const theirs = (type, act) => ours(type, (frame) => frame.by !== this.#side && act(frame));
        ours(protocol.MESSAGE_POSTED, (frame) => this.#posted(frame));
        ours(protocol.MESSAGE_STORED, (frame) => this.#stored(frame));
        ours(protocol.MESSAGE_REFUSED, (frame) => this.#refused(frame));
        theirs(protocol.MESSAGE_DELIVERED, ({ seq }) => this.#log.reach(seq, "delivered"));
        theirs(protocol.MESSAGE_SEEN, ({ seq }) => this.#log.reach(seq, "seen"));
        theirs(protocol.TYPING_SHOWN, () => this.#typing.show());
        const flooded = ({ detail }) => detail.retry_ms && this.#outbox.rest(detail.retry_ms);
        this.#wire.addEventListener(protocol.REFUSED, flooded, { signal });
        this.#wire.addEventListener("up", () => this.#up(), { signal });
        this.#wire.addEventListener("down", ({ detail }) => this.#down(detail), { signal });
        this.addEventListener("click", ({ target }) => this.#clicked(target), { signal });
        document.addEventListener("visibilitychange", () => this.#receipts.tell(), { signal });
    }

    #posted(frame) {
        const mine = this.#outbox.entries.some(({ client_id }) => client_id === frame.client_id);
        if (mine) return this.#stored(frame);
        const verdict = this.#order.take(frame.seq);
        if (verdict === "gap") return this.#askAgain();
        if (verdict === "repeat") return undefined;
        if (!this.#wire.up) this.#missed += 1;
        if (frame.role !== this.#side) this.#typing.hide();
        this.#log.place(frame, { aloud: this.#wire.up });
        return this.#receipts.tell();
    }

    #stored(frame) {
        this.#outbox.stored(frame);
        this.#log.settle(frame);
        this.#order.hold(frame.seq);
        if (this.#order.hasGap) this.#askAgain();
    }

    #refused(frame) {
        const failed = this.#outbox.refused(frame);
        if (failed) this.#log.fail(failed.client_id, localized(frame.detail));
    }

    #clicked(target) {
        if (!target.closest("[data-again]")) return;
        const { clientId } = target.closest("[data-client-id]").dataset;
        this.#log.requeue(clientId);
        this.#outbox.again(clientId);
    }

    /** A message is missing; most often it is just a moment behind. */
    #askAgain() {
        clearTimeout(this.#asking);
        this.#asking = setTimeout(() => this.#wire.hello(), SETTLES);
    }

    #up() {
        const status = this.#part("status");
        this.#strip.up();
        if (this.#missed > 1) status.textContent = counted(status, this.#missed);
        this.#missed = 0;
        this.#outbox.resend();
        this.#receipts.tell();
    }

    #down({ retry_ms }) {
        this.#strip.down(retry_ms);
        this.#typing.hide();
    }

    #say(type, rest) {
        return this.#wire.send({ type, consultation: this.#consultation, ...rest });
    }

    #part(name) {
        return this.querySelector(`[data-part="${name}"]`);
    }
}

customElements.define("live-conversation", LiveConversation);
