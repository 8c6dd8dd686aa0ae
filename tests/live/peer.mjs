// A stranger: the client of npm as it is published, in a process of its own. It follows one stream as a page would, says on
// its output what it hears, and does what it is told on its input. Its clock is an hour off.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const [, , address, stream, from] = process.argv;
const real = Date.now;
Date.now = () => real() + 3_600_000;
let seen = Number(from);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const socket = io(address, { transports: ["websocket"], reconnectionDelay: 200, reconnectionDelayMax: 1_000 });

function take(entry) {
  if (entry.stream !== stream || entry.seq <= seen) return;
  if (entry.seq > seen + 1) return join();
  seen = entry.seq;
  say({ on: "entry", seq: entry.seq, kind: entry.kind ?? null });
}

function join() {
  socket.emit("join", { streams: { [stream]: seen }, now: Date.now(), at: "1970-01-01" }, (answer) => {
    const found = answer.streams[stream];
    found?.missed?.forEach(take);
    say({ on: "joined", head: found?.head ?? null, now: answer.now });
  });
}

socket.on("connect", () => {
  say({ on: "connect" });
  join();
});
socket.on("disconnect", (why) => {
  say({ on: "disconnect", why });
  if (why === "io server disconnect") setTimeout(() => socket.connect(), 200);
});
socket.on("entry", take);
socket.on("head", (head) => head.stream === stream && head.seq > seen && join());

createInterface({ input: process.stdin }).on("line", (line) => {
  const { event, data, times = 1, ack = true } = JSON.parse(line);
  for (let n = 0; n < times; n += 1) {
    if (ack) socket.emit(event, data, (answer) => say({ on: "ack", event, answer }));
    else socket.emit(event, data);
  }
});
