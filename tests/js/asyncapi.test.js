// The published description of the wire, read by AsyncAPI's own parser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Parser } from "@asyncapi/parser";

test("docs/asyncapi.yaml is valid AsyncAPI 3 and nothing in it needs a remark", async () => {
    const text = readFileSync(new URL("../../docs/asyncapi.yaml", import.meta.url), "utf8");

    const { document, diagnostics } = await new Parser().parse(text);

    assert.deepEqual(diagnostics.map(({ code, message, path }) => [code, message, path]), []);
    assert.deepEqual(document.channels().all().map((channel) => channel.address()), ["/ws/citizen/", "/ws/staff/"]);
});
