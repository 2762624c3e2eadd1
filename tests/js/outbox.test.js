// What was written and is not yet stored: nothing lost, nothing twice, nothing out of order.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../static/live/outbox.js";

class Drawer {
    #kept = new Map();

    getItem(key) {
        return this.#kept.get(key) ?? null;
    }

    setItem(key, text) {
        this.#kept.set(key, text);
    }
}

/** An outbox on a wire that can be cut, with a clock that is wound by hand. */
function desk({ storage = new Drawer(), ids = counting("id") } = {}) {
    const sent = [];
    const alarms = [];
    const wire = { up: true };
    const outbox = new Outbox({
        key: "c1",
        storage,
        newId: ids,
        later: (act, after) => alarms.push({ act, after }),
        send: ({ stream, n, client_id, text }) => wire.up && sent.push({ stream, n, client_id, text }),
    });
    const ring = () => alarms.splice(0).forEach(({ act }) => act());
    return { outbox, sent, wire, alarms, ring, storage };
}

function counting(prefix) {
    let count = 0;
    return () => `${prefix}${(count += 1)}`;
}

const texts = (sent) => sent.map(({ text }) => text);

test("messages of a page are numbered from one in one stream", () => {
    const { outbox, sent } = desk();

    outbox.post("a");
    outbox.post("b");

    assert.deepEqual(sent.map(({ n }) => n), [1, 2]);
    assert.equal(sent[0].stream, sent[1].stream);
});

test("an acknowledged message is forgotten", () => {
    const { outbox, sent } = desk();
    outbox.post("a");

    outbox.stored(sent[0]);

    assert.deepEqual(outbox.entries, []);
});

test("what is written while the wire is cut leaves in order when it is mended", () => {
    const { outbox, sent, wire } = desk();
    wire.up = false;
    outbox.post("a");
    outbox.post("b");
    assert.deepEqual(sent, []);

    wire.up = true;
    outbox.resend();

    assert.deepEqual(texts(sent), ["a", "b"]);
});

test("a reload of the page keeps stream, number and name of what was not yet stored", () => {
    const before = desk();
    before.outbox.post("a");

    const after = desk({ storage: before.storage, ids: counting("later") });
    after.outbox.resend();
    after.outbox.post("b");

    assert.deepEqual(after.sent[0], before.sent[0]);
    assert.deepEqual([after.sent[1].n, after.sent[1].stream === after.sent[0].stream], [1, false]);
});

test("a server that asks for patience gets the message again after that long, and in order", () => {
    const { outbox, sent, alarms, ring } = desk();
    outbox.post("a");
    outbox.refused({ ...sent[0], code: "slow_down", retry_ms: 700 });

    outbox.post("b");
    assert.deepEqual(texts(sent), ["a"]);
    assert.equal(alarms.at(-1).after, 700);
    ring();

    assert.deepEqual(texts(sent), ["a", "a", "b"]);
});

test("a gap sends again from the number that the server expects", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("a");
    outbox.post("b");
    outbox.refused({ ...sent[1], code: "gap", retry_ms: null, expect: 1 });

    ring();

    assert.deepEqual(sent.slice(2), sent.slice(0, 2));
});

test("a message refused for good is shown failed and does not hold up the next ones", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("too long");
    outbox.post("b");

    const failed = outbox.refused({ ...sent[0], code: "too_long", retry_ms: null, expect: null });
    ring();

    assert.equal(failed.text, "too long");
    assert.deepEqual([sent[2].text, sent[2].n, sent[2].client_id], ["b", 1, sent[1].client_id]);
    assert.notEqual(sent[2].stream, sent[0].stream);
});

test("the refusal of a number that has been given up is no news", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("too long");
    outbox.post("b");
    outbox.refused({ ...sent[0], code: "too_long", retry_ms: null, expect: null });
    ring();

    const failed = outbox.refused({ ...sent[1], code: "gap", retry_ms: null, expect: 1 });

    assert.equal(failed, null);
    assert.equal(outbox.entries[1].state, "queued");
});

test("a place that another message has taken is left once, then the message has failed", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("a");
    assert.equal(outbox.refused({ ...sent[0], code: "repeated", retry_ms: null, expect: null }), null);
    ring();

    const failed = outbox.refused({ ...sent[1], code: "repeated", retry_ms: null, expect: null });

    assert.equal(failed.text, "a");
});

test("a failed message that its writer sends again goes to the end of the line", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("closed");
    outbox.post("b");
    outbox.refused({ ...sent[0], code: "closed", retry_ms: null, expect: null });
    ring();

    outbox.again(sent[0].client_id);

    assert.deepEqual(texts(outbox.entries), ["b", "closed"]);
    assert.deepEqual([sent.at(-1).text, sent.at(-1).n], ["closed", 2]);
});

test("an answer that never comes is asked for again", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("a");

    ring();

    assert.deepEqual(texts(sent), ["a", "a"]);
});

test("nothing is asked again once everything is stored", () => {
    const { outbox, sent, ring } = desk();
    outbox.post("a");
    outbox.stored(sent[0]);

    ring();

    assert.equal(sent.length, 1);
});
