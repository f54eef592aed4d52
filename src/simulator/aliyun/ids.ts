/** Ids of the cloud's making: unique in this process and, by the time in them, over restarts. */
import { randomInt } from 'node:crypto'

let counter = randomInt(100_000)

function nextDigits(): string {
  counter = (counter + 1) % 100_000
  return String(counter).padStart(5, '0')
}

/** `512304768812345678^0` */
export const newBizId = (at: number): string => `${at}${nextDigits()}^0`

/** `116000000001^102000000001` */
export function newCallId(at: number): string {
  const time = String(at).padStart(13, '0')
  return `116${time.slice(-9)}^102${time.slice(0, 4)}${nextDigits()}`
}
