// Sends files in pieces, each acknowledged: where the network was cut it goes on from what the server has.
// A file is known by name, size and day of change: chosen again after the page was closed, it goes on as well.
const PIECE = 256 * 1024;
const LIMIT = 5 * 1024 * 1024;
const WAITS = [1000, 2000, 4000, 8000, 15_000];

const rest = (ms) => new Promise((done) => { setTimeout(done, ms); });
const online = () => (navigator.onLine ? rest(0) : new Promise((done) => { addEventListener("online", done, { once: true }); }));

class Refused extends Error {
  constructor(status, told) {
    super(told.words ?? "");
    Object.assign(this, { status, told });
  }
}

async function ask(address, body, token) {
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin" });
  const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

// The same file has the same key on every device that sends it: sixteen hexadecimal signs twice over.
export function keyOf(file) {
  const words = `${file.name}\n${file.size}\n${file.lastModified}`;
  let one = 0xcbf29ce484222325n;
  let two = 0x9e3779b97f4a7c15n;
  for (const sign of new TextEncoder().encode(words)) {
    one = BigInt.asUintN(64, (one ^ BigInt(sign)) * 0x100000001b3n);
    two = BigInt.asUintN(64, (two + BigInt(sign)) * 0xff51afd7ed558ccdn) ^ (two >> 29n);
  }
  return one.toString(16).padStart(16, "0") + BigInt.asUintN(64, two).toString(16).padStart(16, "0");
}

async function pieces(file, place, token, show) {
  let at = place.received;
  while (at < file.size) {
    show("sending", at / file.size);
    try {
      const told = await ask(`${place.pieces}?da=${at}`, file.slice(at, at + PIECE), token);
      at = told.received;
    } catch (error) {
      if (error.status !== 409 || error.told.received === undefined) throw error;
      at = error.told.received;
    }
  }
}

async function once(file, form, show) {
  const token = form.elements.csrf_token.value;
  const common = { mandate: form.elements.mandate.value };
  const said = new URLSearchParams({ ...common, key: keyOf(file), name: file.name, size: file.size });
  const place = await ask(form.dataset.upload, said, token);
  if (place.attached) return place;
  await pieces(file, place, token, show);
  show("checking", 1);
  return ask(place.finish, new URLSearchParams(common), token);
}

// Tries again by itself while the reason is the network or a moment of the server; a refusal in words is final.
export async function send(file, form, show) {
  if (file.size > LIMIT) throw new Refused(422, { words: form.dataset.large });
  for (let turn = 0; ; turn += 1) {
    try {
      return await once(file, form, show);
    } catch (error) {
      const passing = !(error instanceof Refused) || [404, 408, 409, 429, 500, 502, 503, 504].includes(error.status);
      if (!passing || (error instanceof Refused && turn >= WAITS.length)) throw error;
      show("waiting");
      await online();
      await rest(WAITS[Math.min(turn, WAITS.length - 1)]);
    }
  }
}
