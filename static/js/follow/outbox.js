// What was pressed while there was no connection, kept on this device until the server has it: requests for the floor and
// remarks, which carry a key of their own, so that sending one twice does it once. Votes and indications never come here.
const PREFIX = "parere.outbox.";
const HELD = 12 * 3_600_000; // nothing of a sitting is sent the day after

function quietly(act) {
  try { return act(); } catch { return null; }
}

/** What is left of any sitting on this device the day after, whoever wrote it: a telephone may be lent. */
function sweep() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const kept = quietly(() => JSON.parse(localStorage.getItem(key)).kept) ?? 0; // by the device's own clock, right or wrong
    if (Date.now() - kept > 2 * HELD) localStorage.removeItem(key);
  }
}

/** One person at one sitting. Each entry has a place of its own, so that two tabs do not overwrite each other's. */
export class Outbox {
  #prefix;
  #changed;

  constructor(owner, changed) {
    this.#prefix = `${PREFIX}${owner}.`;
    this.#changed = changed;
    quietly(sweep);
    addEventListener("storage", (event) => (event.key === null || event.key.startsWith(this.#prefix)) && changed());
  }

  /** Oldest first. */
  all() {
    const keys = quietly(() => Object.keys(localStorage)) ?? [];
    const found = keys.filter((key) => key.startsWith(`${this.#prefix}sent.`)).map((key) => quietly(() => JSON.parse(localStorage.getItem(key))));
    return found.filter(Boolean).sort((a, b) => a.at - b.at);
  }

  waiting() {
    return this.all().filter((entry) => entry.state === "waiting");
  }

  /** False where storage is off or full: then nothing was kept, and the page has to say so. */
  put(entry) {
    const kept = quietly(() => { localStorage.setItem(`${this.#prefix}sent.${entry.key}`, JSON.stringify({ ...entry, kept: Date.now() })); return true; });
    this.#changed();
    return Boolean(kept);
  }

  drop(key) {
    quietly(() => localStorage.removeItem(`${this.#prefix}sent.${key}`));
    this.#changed();
  }

  /** What one types and has not sent: one sheet for each form. */
  keepSheet(name, sheet) { quietly(() => localStorage.setItem(`${this.#prefix}sheet.${name}`, JSON.stringify({ ...sheet, kept: Date.now() }))); }
  sheet(name) { return quietly(() => JSON.parse(localStorage.getItem(`${this.#prefix}sheet.${name}`))); }
  dropSheet(name) { quietly(() => localStorage.removeItem(`${this.#prefix}sheet.${name}`)); }

  /**
   * Send what waits, in order, from one tab at a time; `now()` is the server's clock. `send(entry)` answers {state, words}: "done", "refused" or "late"
   * settle an entry; "away" and "ended" leave it and what follows where they are.
   */
  async flush(send, now) {
    if (!this.waiting().length) return;
    const alone = navigator.locks ? (run) => navigator.locks.request(this.#prefix, run) : (run) => run();
    await alone(async () => {
      for (const entry of this.waiting()) {
        const { state, words } = now() - entry.at > HELD ? { state: "late" } : await send(entry);
        if (state === "away" || state === "ended") return;
        this.put({ ...entry, state, words, fields: [], settled: now() });
      }
    });
  }
}
