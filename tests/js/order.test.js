// Messages by sequence: each once, none missed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Order } from "../../static/live/order.js";

test("the next message is taken and a repeat is not", () => {
    const order = new Order(4);

    assert.equal(order.take(5), "next");
    assert.equal(order.take(5), "repeat");
    assert.equal(order.take(2), "repeat");
    assert.equal(order.last, 5);
});

test("a message that comes too early is a gap and moves nothing", () => {
    const order = new Order(4);

    assert.equal(order.take(7), "gap");
    assert.equal(order.last, 4);
});

test("one's own message, acknowledged early, closes up when the missing one arrives", () => {
    const order = new Order(4);

    order.hold(6);
    assert.equal(order.hasGap, true);
    assert.equal(order.take(5), "next");

    assert.equal(order.last, 6);
    assert.equal(order.hasGap, false);
});

test("what was held is a repeat when the server sends it again", () => {
    const order = new Order(4);
    order.hold(6);
    order.take(5);

    assert.equal(order.take(6), "repeat");
});
