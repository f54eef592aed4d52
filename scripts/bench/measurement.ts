/** What a measurement is and what it gives back. */
import type { Installation } from './installation.ts'
import type { Stage } from './stage.ts'

/** One line of the table. Numbers are a value for each round. */
export type Line = {
  /** The number of the goal it belongs to, such as `P1`; a goal may have several lines. */
  goal: string
  what: string
  wanted: string
  stretch: string
  /** What is held against the goal. */
  reached: string
  isMet: boolean
  /** Both sides, and anything else that helps to judge. */
  detail: string
}

/** What measurements stand on, made when the first one asks for it; the stage is handed out with an empty queue. */
export type Ground = { stage(): Promise<Stage>; installation(): Promise<Installation> }

export type Measurement = {
  goals: readonly string[]
  /** How it was measured, in sentences, for the document. */
  how: string
  run(ground: Ground, rounds: number): Promise<Line[]>
}

/** Runs both sides once a round, the other one first each time, so that a busy moment hits both alike. */
export async function interleave<Ours, Bare>(
  rounds: number,
  ours: (round: number) => Promise<Ours>,
  bare: (round: number) => Promise<Bare>,
): Promise<{ ours: Ours; bare: Bare }[]> {
  const results: { ours: Ours; bare: Bare }[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) results.push({ ours: await ours(round), bare: await bare(round) })
    else {
      const first = await bare(round)
      results.push({ bare: first, ours: await ours(round) })
    }
    process.stdout.write('.')
  }
  return results
}
