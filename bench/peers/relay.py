# same as raw_picows, but every message also parsed (orjson), stamped and echoed to the sender as ack: the practical protocol without persistence
import sys
import time

import orjson
import uvloop
from picows import WSListener, WSMsgType, ws_create_server

sessions = {}


class L(WSListener):
    def __init__(self, sid):
        self.sid = sid

    def on_ws_connected(self, t):
        s = sessions.get(self.sid)
        if s is None:
            s = sessions[self.sid] = [0, []]
        s[1].append(t)
        self.s = s

    def on_ws_frame(self, t, f):
        if f.msg_type == WSMsgType.TEXT:
            m = orjson.loads(f.get_payload_as_bytes())
            s = self.s
            s[0] += 1
            now = time.time()
            b = orjson.dumps(
                {"type": "msg", "cid": m["cid"], "seq": s[0], "ts": now, "text": m["text"]}
            )
            a = orjson.dumps({"type": "ack", "cid": m["cid"], "seq": s[0], "ts": now})
            for o in s[1]:
                o.send(WSMsgType.TEXT, a if o is t else b)
        elif f.msg_type == WSMsgType.CLOSE:
            t.disconnect()

    def on_ws_disconnected(self, t):
        try:
            self.s[1].remove(t)
        except Exception:
            pass


async def main():
    s = await ws_create_server(
        lambda r: L(r.path.split(b"/")[2]),
        "127.0.0.1",
        int(sys.argv[1]),
        websocket_handshake_timeout=20,
    )
    await s.serve_forever()


uvloop.run(main())
