// How many screens, telephones and desks are connected: each process tells how many it holds, the sum is shown.

const FORGOTTEN = 12_000; // a process that has told nothing for so long holds nobody any more

export class Crowd {
  #element;
  #told = new Map();

  constructor(element) {
    this.#element = element;
    setInterval(() => this.#show(), 3_000);
  }

  told(process, here) {
    this.#told.set(process, { here, at: performance.now() });
    this.#show();
  }

  #show() {
    for (const [process, { at }] of this.#told) if (performance.now() - at > FORGOTTEN) this.#told.delete(process);
    const all = [...this.#told.values()].reduce((sum, { here }) => sum + here, 0);
    const { one, many } = this.#element.dataset;
    this.#element.textContent = all ? (all === 1 ? one : many).replace("{n}", all) : "";
  }
}
