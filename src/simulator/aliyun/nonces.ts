/** The nonces that were used: remembered for at least one window and for at most two, in two sets that take turns. */
export class Nonces {
  readonly #window: number
  #current = new Set<string>()
  #before = new Set<string>()
  #since = 0

  /** @param window in milliseconds */
  constructor(window: number) {
    this.#window = window
  }

  /** False when it was used before. */
  add(nonce: string, at: number): boolean {
    if (at >= this.#since + this.#window) {
      this.#before = at >= this.#since + 2 * this.#window ? new Set() : this.#current
      this.#current = new Set()
      this.#since = at
    }
    if (this.#current.has(nonce) || this.#before.has(nonce)) return false
    this.#current.add(nonce)
    return true
  }
}
