/** What arrived at a sink and when, and the questions that a measurement asks about it. */
import { setTimeout as wait } from 'node:timers/promises'

type Arrival = { to: string; at: number }

const now = () => performance.timeOrigin + performance.now()

export class Arrivals {
  #all: Arrival[] = []
  #latest = now()
  readonly #waiting: { count: number; resolve(at: number): void; reject(error: Error): void }[] = []

  readonly #patience: number

  /** @param patience when nothing new has come for so many milliseconds, what is waited for was lost: the measurement fails */
  constructor(patience = 60_000) {
    this.#patience = patience
    setInterval(() => this.#giveUp(), patience / 10).unref()
  }

  /** Answers how many have arrived. */
  note(to: string): number {
    const at = now()
    this.#latest = at
    this.#all.push({ to, at })
    for (let next = this.#waiting[0]; next && next.count <= this.#all.length; next = this.#waiting[0]) {
      this.#waiting.shift()
      next.resolve(at)
    }
    return this.#all.length
  }

  /** Handlers for `answerQuestions`. */
  readonly questions = {
    forget: () => {
      this.#all = []
    },
    /** Resolves with the moment at which the message of that number arrived. */
    arrival: (count: number) => {
      const known = this.#all[count - 1]
      if (known) return known.at
      this.#latest = now()
      return new Promise<number>((resolve, reject) => {
        this.#waiting.push({ count, resolve, reject })
        this.#waiting.sort((a, b) => a.count - b.count)
      })
    },
    /** The first arrival of each of these recipients, once all of them have come. @throws Error when one does not */
    arrivalsOf: async (recipients: string[]) => {
      const first = new Map<string, number>()
      const until = now() + this.#patience / 2
      for (let read = 0; recipients.some((to) => !first.has(to)); ) {
        if (now() > until) {
          const missing = recipients.filter((to) => !first.has(to)).length
          throw new Error(`${missing} of ${recipients.length} messages did not arrive in ${this.#patience / 2000} s.`)
        }
        for (const { to, at } of this.#all.slice(read)) if (!first.has(to)) first.set(to, at)
        read = this.#all.length
        await wait(20)
      }
      return [...first]
    },
  }

  #giveUp(): void {
    if (this.#waiting.length === 0 || now() - this.#latest < this.#patience) return
    const error = new Error(
      `Only ${this.#all.length} messages arrived, and none in the last ${this.#patience / 1000} s.`,
    )
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
