// The page's socket: what it says on opening, and how it comes back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { connection, page, Socket } from "./house.js";

const WELCOME = { type: "welcome", protocol: 1, minor: 1, heartbeat_ms: 15_000 };
const heardOn = (wire, type) => {
    const heard = [];
    wire.addEventListener(type, ({ detail }) => heard.push(detail));
    return heard;
};

test("it greets with its version and the last sequence of every conversation", async (t) => {
    const wire = await connection(t);
    wire.follow("c1", () => 7);

    Socket.latest.opens();

    assert.equal(Socket.latest.url, "wss://rayzan.example/ws/citizen/");
    const [hello] = Socket.latest.sent;
    assert.deepEqual(hello, { type: "hello", protocol: 1, minor: 1, cursors: { c1: 7 } });
});

test("a handshake that is never answered is given up for another", async (t) => {
    await connection(t);
    assert.equal(Socket.all.length, 1);

    t.mock.timers.tick(10_000);
    t.mock.timers.tick(60_000);

    assert.ok(Socket.all.length > 1);
    assert.equal(Socket.all[0].readyState, 3);
});

test("a conversation that comes later is greeted alone", async (t) => {
    const wire = await connection(t);
    wire.follow("c1", () => 7);
    Socket.latest.opens().hears(WELCOME);

    wire.follow("c2", () => 0);

    assert.deepEqual(Socket.latest.hellos(), [{ c1: 7 }, { c2: 0 }]);
});

test("events of a type that it does not know, and frames that are none, change nothing", async (t) => {
    const wire = await connection(t);
    const up = heardOn(wire, "up");
    Socket.latest.opens();

    for (const strange of [{ type: "moon.risen", phase: 3 }, {}, null, 7, { type: null }]) {
        Socket.latest.hears(strange);
    }
    Socket.latest.hears({ ...WELCOME, something_new: { deep: [1] } });

    assert.equal(up.length, 1);
});

test("a refused hello is followed by an empty one, then by one conversation with every beat", async (t) => {
    const wire = await connection(t);
    wire.follow("c1", () => 1);
    wire.follow("c2", () => 2);
    const up = heardOn(wire, "up");
    Socket.latest.opens().hears({ type: "refused", code: "too_big", detail: {}, retry_ms: null });
    Socket.latest.hears(WELCOME);
    assert.equal(up.length, 1);

    t.mock.timers.tick(15_000);
    Socket.latest.hears({ type: "heartbeat" });
    t.mock.timers.tick(15_000);

    assert.deepEqual(Socket.latest.hellos(), [{ c1: 1, c2: 2 }, {}, { c1: 1 }, { c2: 2 }]);
});

test("a hello that came too soon is said again after as long as was asked", async (t) => {
    const wire = await connection(t);
    wire.follow("c1", () => 1);
    Socket.latest.opens().hears({ type: "refused", code: "slow_down", detail: {}, retry_ms: 700 });

    t.mock.timers.tick(699);
    assert.equal(Socket.latest.hellos().length, 1);
    t.mock.timers.tick(1);

    assert.equal(Socket.latest.hellos().length, 2);
});

test("a refusal that is about something else leaves the hello alone", async (t) => {
    await connection(t);
    Socket.latest.opens().hears(WELCOME);

    Socket.latest.hears({ type: "refused", code: "bad_field", detail: {}, retry_ms: null });

    assert.equal(Socket.latest.hellos().length, 1);
});

test("a server of another version gets a fresh page, once", async (t) => {
    await connection(t);
    const refused = { type: "refused", code: "version", detail: {}, retry_ms: null };

    Socket.latest.opens().hears(refused);
    Socket.latest.hears(refused);

    assert.equal(page.reloads, 1);
});

test("a server that restarts is left, and found again after its time and some chance", async (t) => {
    t.mock.method(Math, "random", () => 0.5);
    const wire = await connection(t);
    Socket.latest.opens().hears(WELCOME);
    const down = heardOn(wire, "down");

    Socket.latest.hears({ type: "reconnect", after_ms: 1000, jitter_ms: 4000 });

    assert.deepEqual(down, [{ retry_ms: 3000 }]);
    t.mock.timers.tick(2999);
    assert.equal(Socket.all.length, 1);
    t.mock.timers.tick(1);
    assert.equal(Socket.all.length, 2);
});

test("what the former socket still says is not heard", async (t) => {
    const wire = await connection(t);
    const former = Socket.latest.opens();
    former.hears(WELCOME);
    former.hears({ type: "reconnect", after_ms: 0, jitter_ms: 0 });
    const up = heardOn(wire, "up");

    former.hears(WELCOME);

    assert.equal(up.length, 0);
});

test("a socket that falls silent, or never welcomes, is given up", async (t) => {
    await connection(t);
    Socket.latest.opens();
    t.mock.timers.tick(10_000);
    assert.equal(Socket.latest.readyState, 3);

    t.mock.timers.tick(1000);
    Socket.latest.opens().hears(WELCOME);
    t.mock.timers.tick(45_000);

    assert.equal(Socket.latest.readyState, 3);
});

test("after a flood it stays away for longer", async (t) => {
    t.mock.method(Math, "random", () => 0);
    const wire = await connection(t);
    Socket.latest.opens().hears(WELCOME);
    const down = heardOn(wire, "down");

    Socket.latest.ends(1008);

    assert.deepEqual(down, [{ retry_ms: 4000 }]);
});

test("what the last release sent is understood as it was", async (t) => {
    const wire = await connection(t);
    const lines = readFileSync(new URL("../live/recorded_1_0.jsonl", import.meta.url), "utf8");
    const frames = lines.trim().split("\n").map((line) => JSON.parse(line));
    const told = frames.filter(({ to }) => to === "client").map(({ frame }) => frame);
    wire.follow("8f2a6e8c-8967-4e2a-878d-31a434b72bd1", () => 0);
    const [up, posted] = [heardOn(wire, "up"), heardOn(wire, "message.posted")];
    Socket.latest.opens();

    for (const frame of told) Socket.latest.hears(frame);

    assert.equal(up.length, 1);
    assert.deepEqual(posted.map(({ seq }) => seq), [1, 2, 3, 4, 5]);
});
