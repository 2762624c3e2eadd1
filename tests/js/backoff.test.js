// How long a browser waits before it connects again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Backoff } from "../../static/live/backoff.js";

const waits = (backoff, count) => Array.from({ length: count }, () => backoff.next());

test("the wait doubles up to half a minute and stays there", () => {
    const latest = new Backoff({ random: () => 1 });

    assert.deepEqual(waits(latest, 7), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("chance shortens a wait by half at most", () => {
    const earliest = new Backoff({ random: () => 0 });

    assert.deepEqual(waits(earliest, 3), [500, 1000, 2000]);
});

test("after a success it begins anew", () => {
    const backoff = new Backoff({ random: () => 1 });
    waits(backoff, 5);

    backoff.reset();

    assert.equal(backoff.next(), 1000);
});

test("after a flood the first wait is long already", () => {
    const backoff = new Backoff({ random: () => 1 });

    backoff.slower();

    assert.equal(backoff.next(), 8000);
});
