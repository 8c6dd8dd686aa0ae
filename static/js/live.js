// One socket for the page: follows streams, notices gaps, keeps the server's clock. While there is no socket the same
// entries are asked for over HTTP, every few seconds where the page wants it. docs/live-protocol.md describes what travels.

const HEADS_LATE = 5_000; // a head is due every three seconds: from here on the page asks over HTTP as well
const HEADS_LOST = 9_000; // the socket is as good as closed
const GRACE = 1_500; // an entry that a head announces may still be on its way
const CALM = 5_000; // a cut shorter than this is not worth a word
const TRIPS = 5; // round trips for the clock, one after the other
const ASK_AGAIN = 30_000; // and again after so long
const OFF = 1_000; // a head that differs by more says that the clock of the page has slept
const ANSWER = 4_000; // a socket that does not answer within this time is asked no more
const CROWD = 15_000; // but when a thousand pages come back at once it takes its time

const now = () => performance.now();
const spread = (milliseconds, by) => milliseconds * (1 - by + 2 * by * Math.random());

/**
 * The server's clock, by the round trips that took least: half of one is the most by which it can be wrong. It counts on
 * the page's own stopwatch, never on its date, which may be wrong by hours and may be set while one looks.
 */
export class Clock {
  #samples = [];
  offset = Date.now() - now();

  /** The server's clock was `server` between two instants of the stopwatch; instants of the date end when this is called. */
  heard(server, sent, received) {
    const trip = received - sent;
    const at = received < 1e11 ? received : now();
    this.#samples = [...this.#samples.slice(1 - 2 * TRIPS), { trip, offset: server + trip / 2 - at }];
    this.offset = this.#samples.reduce((best, one) => (one.trip < best.trip ? one : best)).offset;
  }

  /** By how much a message that carries the server's clock says that this one is wrong, the way apart. */
  isOff(server) {
    const wrong = this.now() - server;
    return wrong < -OFF / 4 || wrong > OFF + 2 * (this.#samples.at(-1)?.trip ?? 0);
  }

  /** Forget what was measured: the page has slept, and its stopwatch may have stood still. */
  forget(server = null) {
    this.#samples = [];
    if (server !== null) this.offset = server - now();
  }

  now() {
    return now() + this.offset;
  }
}

/**
 * Follow streams from the numbers that the page was written with.
 * `entry(entry)` is called once for each entry in order (without `kind` if it is not for this reader), `gap(stream)` when
 * some were missed and cannot be told again, `state(isLive)` when the socket comes and goes, and `pulse({is, since, full})`
 * when it changes how the page learns of news: "live" (a socket), "polled" (over HTTP every few seconds), "waiting" (cut a
 * moment ago), "cut" (for five seconds and more, said once a second), "closed" (nothing here is for this reader any more).
 * `since` is how many milliseconds ago the page was last known to be up to date, `full` that all sockets are taken.
 * `poll` says how many milliseconds lie between two questions over HTTP; without it nothing is asked, and the page does as
 * it likes. `mandate` is the one under which one listens.
 */
export class Live {
  clock = new Clock();
  isLive = false;
  #seen = new Map();
  #on;
  #poll;
  #mandate;
  #socket = null;
  #heard = now(); // when the page was last known to be up to date
  #cutAt = now();
  #is = "waiting";
  #full = false;
  #timers = new Set();
  #asking = false;
  #reachable = true; // whether the last question over HTTP was answered
  #trying = false; // whether the socket is being opened right now
  #askedTime = -Infinity;
  #joins = 0;

  constructor(streams, on, { poll = 0, mandate = null } = {}) {
    this.#on = on;
    this.#poll = poll;
    this.#mandate = mandate;
    for (const [stream, seq] of Object.entries(streams)) this.#seen.set(stream, seq);
  }

  /** How many milliseconds ago the page was last known to be up to date. */
  get since() {
    return now() - this.#heard;
  }

  async start() {
    this.#every(1_000, () => this.#look());
    if (this.#poll) this.#every(this.#poll, () => this.#late() && this.#ask());
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#noSignal);
    document.addEventListener("visibilitychange", this.#seenAgain);
    addEventListener("pageshow", this.#seenAgain);
    let io;
    try {
      ({ io } = await import("socket.io-client"));
    } catch {
      this.#on.state?.(false); // the page without a build has no such part
      return;
    }
    this.#trying = true;
    this.#socket = io({
      transports: ["websocket"], // a proxy that lets none through is answered over HTTP
      reconnectionDelay: 650, // 0.3 to 1 second at first, half a minute at most, and never the last time
      reconnectionDelayMax: 30_000,
      randomizationFactor: 0.5,
      timeout: 8_000,
    });
    this.#socket.io.on("reconnect_attempt", () => (this.#trying = true));
    this.#socket.on("connect", () => this.#join());
    this.#socket.on("disconnect", (why) => {
      this.#lost();
      // The server takes leave when it restarts, or when a right has ended: come back, not all in the same moment.
      if (why === "io server disconnect") this.#after(spread(1_300, 0.8), () => this.#socket.connect());
    });
    this.#socket.on("connect_error", () => {
      this.#trying = false;
      this.#lost(true);
      if (!this.#socket.active) this.#after(spread(5_000, 0.5), () => this.#socket.connect()); // it would not try again
    });
    this.#socket.on("entry", (entry) => this.#entry(entry));
    this.#socket.on("head", (head) => this.#head(head));
    this.#socket.on("crowd", (crowd) => this.#on.crowd?.(crowd));
    this.#socket.on("turnout", (turnout) => this.#on.turnout?.(turnout));
  }

  stop() {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#noSignal);
    document.removeEventListener("visibilitychange", this.#seenAgain);
    removeEventListener("pageshow", this.#seenAgain);
    this.#socket?.disconnect();
  }

  #after(milliseconds, act) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Again and again, never at quite the same distance: a thousand pages must not ask in one moment. */
  #every(milliseconds, act) {
    this.#after(spread(milliseconds, 0.2), () => {
      this.#every(milliseconds, act);
      act();
    });
  }

  // --- how the page learns of news ------------------------------------------------------------------------------

  #late() {
    return !this.isLive || this.#isSilent(HEADS_LATE);
  }

  /** True if nothing has been heard for so long although something is followed. */
  #isSilent(milliseconds) {
    return this.#seen.size > 0 && this.since > milliseconds;
  }

  #set(isLive) {
    if (!isLive && this.isLive) this.#cutAt = this.#heard;
    const changed = isLive !== this.isLive;
    this.isLive = isLive;
    if (changed) this.#on.state?.(isLive);
  }

  /** The first time that it cannot be opened is told too: the page may wait for it. */
  #lost(isFirst = false) {
    if (isFirst && !this.isLive && this.#is === "waiting") this.#on.state?.(false);
    const was = this.isLive;
    this.#set(false);
    this.#look();
    if (was && this.#poll) this.#after(spread(700, 0.7), () => this.#late() && this.#ask());
  }

  #upToDate() {
    this.#heard = now();
    this.#look();
  }

  /** Say how things stand, if they stand differently. */
  #look() {
    if (this.isLive && this.#isSilent(HEADS_LOST)) this.#reconnect();
    const fresh = this.#poll && this.since < 2.5 * this.#poll + 1_000;
    const is = this.isLive ? "live" : now() - this.#cutAt < CALM ? "waiting" : fresh ? "polled" : "cut";
    if (is !== this.#is || is === "cut") this.#say(is);
  }

  #say(is) {
    this.#is = is;
    this.#on.pulse?.({ is, since: this.since, full: this.#full });
  }

  #reconnect() {
    this.#set(false);
    this.#open();
  }

  /** Try now, not when the pause is over; an attempt that is under way is left alone. */
  #open() {
    if (!this.#socket || this.#trying) return;
    this.#trying = true;
    this.#socket.disconnect().connect();
  }

  #close() {
    this.#set(false);
    this.stop();
    this.#say("closed");
  }

  #wake = () => {
    if (this.#socket && !this.#socket.connected) this.#open();
    if (this.#poll) this.#ask();
  };

  #noSignal = () => {
    this.#set(false);
    this.#look();
  };

  #seenAgain = () => {
    if (document.hidden) return;
    if (!this.isLive) return this.#wake();
    this.clock.forget();
    this.#askTime();
  };

  // --- over the socket ------------------------------------------------------------------------------------------

  /** What can be done over the socket: its answer, or null where nothing was answered or it was refused. */
  act(event, data) {
    return new Promise((done) => (this.isLive ? this.#emit(event, data, done) : done(null)));
  }

  #emit(event, data, answered, patience = ANSWER) {
    const sent = now();
    this.#socket.timeout(patience).emit(event, data, (error, answer) => {
      if (error) return answered(null);
      if (answer?.now) this.clock.heard(answer.now, sent, now());
      answered(answer?.ok ? answer : null);
    });
  }

  #join() {
    const join = ++this.#joins;
    this.#trying = false;
    const data = { streams: Object.fromEntries(this.#seen), mandate: this.#mandate };
    this.#emit("join", data, (answer) => {
      if (join !== this.#joins) return;
      if (!answer) return this.#after(spread(2_000, 0.8), () => join === this.#joins && this.#socket.connected && this.#reconnect());
      for (const [stream, found] of Object.entries(answer.streams)) {
        if (found) this.#caughtUp(stream, found);
        else this.#refused(stream);
      }
      if (this.#is === "closed") return;
      this.#full = false;
      this.#set(true);
      this.#upToDate();
      this.#askTime();
    }, CROWD);
  }

  /** A stream is not for this reader any more: the page finds out what is. */
  #refused(stream) {
    this.#seen.delete(stream);
    this.#on.gap?.(stream);
    if (!this.#seen.size) this.#close();
  }

  #askTime(trips = TRIPS) {
    if (trips === TRIPS && now() - this.#askedTime < 10_000) return; // who asks too often is sent away
    if (trips === TRIPS) this.#askedTime = now();
    if (!this.isLive || !trips) return;
    this.#emit("time", {}, (answer) => {
      if (!answer) return this.isLive && this.#reconnect(); // it slept, and nobody is there any more
      this.#after(60, () => this.#askTime(trips - 1));
    });
  }

  #entry(entry) {
    const seen = this.#seen.get(entry.stream);
    if (seen === undefined || entry.seq <= seen) return;
    if (entry.seq > seen + 1) return this.#catchUp(entry.stream);
    this.#seen.set(entry.stream, entry.seq);
    this.#heard = now();
    this.#on.entry?.(entry);
  }

  #head(head) {
    if (this.isLive) this.#upToDate();
    const isOff = this.clock.isOff(head.now);
    if (isOff) this.clock.forget(head.now);
    if (isOff || now() - this.#askedTime > ASK_AGAIN) this.#askTime();
    if (head.seq > (this.#seen.get(head.stream) ?? Infinity)) {
      this.#after(spread(GRACE / 2, 0.6), () => head.seq > this.#seen.get(head.stream) && this.#catchUp(head.stream));
    }
  }

  /** Something is missing: joining again tells it, in order. */
  #catchUp(stream) {
    this.#emit("join", { streams: { [stream]: this.#seen.get(stream) }, mandate: this.#mandate }, (answer) => {
      const found = answer?.streams[stream];
      if (found) this.#caughtUp(stream, found);
    });
  }

  #caughtUp(stream, found) {
    if (found.missed) found.missed.forEach((entry) => this.#entry(entry));
    if (this.#seen.get(stream) >= found.head) return;
    this.#seen.set(stream, found.head);
    this.#on.gap?.(stream);
  }

  // --- over HTTP ------------------------------------------------------------------------------------------------

  async #ask() {
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      for (const [stream, seen] of [...this.#seen]) await this.#askOne(stream, seen);
      if (this.#is === "closed") return;
      if (!this.#reachable && !this.isLive) this.#open(); // the server is back
      this.#reachable = true;
      this.#upToDate();
    } catch {
      this.#reachable = false; // the next round asks again
      if (this.isLive && this.#late()) this.#reconnect(); // no word on the socket and none over HTTP
      this.#look();
    } finally {
      this.#asking = false;
    }
  }

  async #askOne(stream, seen) {
    const sent = now();
    const address = `/diretta/${encodeURIComponent(stream)}?dopo=${seen}`;
    const giveUp = new AbortController();
    const patience = setTimeout(() => giveUp.abort(), 2 * ANSWER);
    try {
      const answer = await fetch(address, { cache: "no-store", redirect: "error", signal: giveUp.signal });
      if (answer.status === 404) return this.#refused(stream);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.clock.heard(found.now, sent, now());
      this.#full = found.full;
      this.#caughtUp(stream, found);
    } finally {
      clearTimeout(patience);
    }
  }
}
