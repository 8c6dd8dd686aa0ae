// One socket for the page: follows streams, notices gaps, keeps the server's clock. Without a socket it says so, and the
// page asks over HTTP. docs/live-protocol.md describes what travels.

const HEADS_LOST = 20_000; // no head for so long: the socket is as good as closed
const GRACE = 1_500; // an entry that a head announces may still be on its way

const now = () => performance.now();

/** The server's clock by the round trip that took least: half of it is the most by which it can be wrong. */
class Clock {
  best = Infinity;
  offset = 0;

  heard(server, sent, received) {
    const trip = received - sent;
    if (trip > this.best * 1.5) return;
    this.best = Math.min(this.best, trip);
    this.offset = server - (Date.now() - trip / 2);
  }

  now() {
    return Date.now() + this.offset;
  }
}

/**
 * Follow streams from the numbers that the page was written with.
 * `entry(entry)` is called once for each entry in order (without `kind` if it is not for this reader), `gap(stream)` when
 * some were missed and cannot be told again, `state(isLive)` when the socket comes and goes.
 */
export class Live {
  clock = new Clock();
  isLive = false;
  #seen = new Map();
  #streams;
  #on;
  #socket = null;
  #lastHead = 0;
  #watch = null;

  constructor(streams, on) {
    this.#streams = streams;
    this.#on = on;
    for (const [stream, seq] of Object.entries(streams)) this.#seen.set(stream, seq);
  }

  async start() {
    let io;
    try {
      ({ io } = await import("socket.io-client"));
    } catch {
      return this.#tell(false); // the page without a build has no such part
    }
    this.#socket = io({ transports: ["websocket"], reconnectionDelay: 1_000, reconnectionDelayMax: 30_000, randomizationFactor: 0.7 });
    this.#socket.on("connect", () => this.#join());
    this.#socket.on("disconnect", (why) => {
      this.#tell(false);
      // The server takes leave when it restarts: come back, not all in the same moment.
      if (why === "io server disconnect") setTimeout(() => this.#socket.connect(), 1_000 + Math.random() * 4_000);
    });
    this.#socket.on("connect_error", () => this.#tell(false));
    this.#socket.on("entry", (entry) => this.#entry(entry));
    this.#socket.on("head", (head) => this.#head(head));
    this.#watch = setInterval(() => {
      if (this.isLive && now() - this.#lastHead > HEADS_LOST) this.#socket.disconnect().connect();
    }, 5_000);
    document.addEventListener("visibilitychange", () => document.hidden || this.#askTime());
  }

  stop() {
    clearInterval(this.#watch);
    this.#socket?.disconnect();
  }

  #tell(isLive) {
    if (isLive === this.isLive && this.#lastHead) return;
    this.isLive = isLive;
    this.#lastHead = now();
    this.#on.state?.(isLive);
  }

  #join() {
    const sent = Date.now();
    this.#socket.emit("join", { streams: Object.fromEntries(this.#seen) }, (answer) => {
      if (!answer?.ok) return this.#tell(false);
      this.clock.heard(answer.now, sent, Date.now());
      this.#lastHead = now();
      this.#tell(true);
      for (const [stream, found] of Object.entries(answer.streams)) {
        if (!found) continue;
        if (found.missed === null) this.#gap(stream, found.head);
        else found.missed.forEach((entry) => this.#entry(entry));
      }
    });
  }

  #askTime() {
    if (!this.isLive) return;
    const sent = Date.now();
    this.#socket.emit("time", {}, (answer) => answer?.ok && this.clock.heard(answer.now, sent, Date.now()));
  }

  #entry(entry) {
    const seen = this.#seen.get(entry.stream);
    if (seen === undefined || entry.seq <= seen) return;
    if (entry.seq > seen + 1) return this.#catchUp(entry.stream);
    this.#seen.set(entry.stream, entry.seq);
    this.#on.entry?.(entry);
  }

  #head(head) {
    this.#lastHead = now();
    if (head.seq > (this.#seen.get(head.stream) ?? Infinity)) {
      setTimeout(() => head.seq > this.#seen.get(head.stream) && this.#catchUp(head.stream), GRACE * (0.5 + Math.random()));
    }
  }

  /** Something is missing: joining again tells it, in order. */
  #catchUp(stream) {
    this.#socket.emit("join", { streams: { [stream]: this.#seen.get(stream) } }, (answer) => {
      const found = answer?.ok && answer.streams[stream];
      if (!found || found.missed === null) return this.#gap(stream, found?.head);
      found.missed.forEach((entry) => this.#entry(entry));
    });
  }

  #gap(stream, head) {
    if (head !== undefined) this.#seen.set(stream, Math.max(head, this.#seen.get(stream)));
    this.#on.gap?.(stream);
  }
}
