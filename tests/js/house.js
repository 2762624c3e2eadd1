// A browser small enough to test the connection in: a socket that records, a page that reloads, a
// clock that is wound by hand. The import map of templates/base.html is a hook here.

import { register } from "node:module";

const root = new URL("../../static/", import.meta.url).href;
const hook = `export const resolve = (name, context, next) => /^(live|chat|desk)\\//.test(name)
    ? next(${JSON.stringify(root)} + name + ".js", context) : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

export class Socket extends EventTarget {
    static OPEN = 1;
    static all = [];
    readyState = 0;
    sent = [];

    constructor(url) {
        super();
        this.url = String(url);
        Socket.all.push(this);
    }

    static get latest() {
        return Socket.all.at(-1);
    }

    send(text) {
        this.sent.push(JSON.parse(text));
    }

    close() {
        this.readyState = 3;
    }

    /** The handshake succeeded. */
    opens() {
        this.readyState = Socket.OPEN;
        this.dispatchEvent(new Event("open"));
        return this;
    }

    hears(frame) {
        const data = typeof frame === "string" ? frame : JSON.stringify(frame);
        this.dispatchEvent(Object.assign(new Event("message"), { data }));
    }

    ends(code) {
        this.readyState = 3;
        this.dispatchEvent(Object.assign(new Event("close"), { code }));
    }

    hellos() {
        return this.sent.filter(({ type }) => type === "hello").map(({ cursors }) => cursors);
    }
}

export const page = { reloads: 0, kept: new Map() };

Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
Object.assign(globalThis, {
    WebSocket: Socket,
    location: {
        href: "https://rayzan.example/",
        protocol: "https:",
        reload: () => (page.reloads += 1),
    },
    addEventListener: () => {},
    sessionStorage: {
        getItem: (key) => page.kept.get(key) ?? null,
        setItem: (key, text) => page.kept.set(key, text),
    },
});

/** A connection of a page, opened; `mock.timers` are on. */
export async function connection(t) {
    t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
    Socket.all = [];
    Object.assign(page, { reloads: 0, kept: new Map() });
    const { Connection } = await import("live/connection");
    const opened = new Connection("/ws/citizen/");
    opened.open();
    return opened;
}
