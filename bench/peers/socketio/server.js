// The Socket.IO chat, as its documentation writes it: rooms, acknowledgements, the Redis adapter,
// and a row in PostgreSQL for every message before anybody hears of it.
//
//     DATABASE_URL=… REDIS_URL=… PORT=… node server.js

import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import pg from "pg";
import { createClient } from "redis";
import { Server } from "socket.io";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(`
  CREATE TABLE IF NOT EXISTS socketio_messages (
    id BIGSERIAL PRIMARY KEY,
    client_offset TEXT UNIQUE,
    room TEXT,
    content TEXT
  )
`);

const pubClient = createClient({ url: process.env.REDIS_URL });
const subClient = pubClient.duplicate();
await Promise.all([pubClient.connect(), subClient.connect()]);

const server = createServer();
const io = new Server(server, { adapter: createAdapter(pubClient, subClient) });

io.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);

  socket.on("chat message", async (message, clientOffset, callback) => {
    const result = await pool.query(
      "INSERT INTO socketio_messages (client_offset, room, content) VALUES ($1, $2, $3) RETURNING id",
      [clientOffset, room, message],
    );
    const { id } = result.rows[0];
    socket.to(room).emit("chat message", message, clientOffset, id);
    callback(id);
  });
});

server.listen(Number(process.env.PORT), "127.0.0.1");
