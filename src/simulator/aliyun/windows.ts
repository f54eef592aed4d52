/**
 * The frequency limits of the cloud, over what was accepted before. SMS minutes and hours are those of the clock, calls
 * are counted from the first one on; a day is 24 hours in both.
 */
import type { CloudAccount } from './keys.ts'
import type { Sent } from './records.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

type Candidate = { account: CloudAccount; sign: string; templateCode: string; purpose: string; at: number }

/** The message of the limit that one more SMS to this number would exceed. UTC+8 has the minutes and hours of UTC. */
export function smsLimit(earlier: readonly Sent[], candidate: Candidate): string | undefined {
  const { at } = candidate
  const lately = earlier.filter((sent) => sent.at > at - day)
  if (candidate.purpose !== 'verification') {
    const same = lately.filter((sent) => isSameSender(sent, candidate) && sent.templateCode === candidate.templateCode)
    return same.length >= 50 ? '触发天级流控Permits:50' : undefined
  }
  const codes = lately.filter((sent) => sent.purpose === 'verification')
  const same = codes.filter((sent) => isSameSender(sent, candidate))
  const within = (length: number) => same.filter((sent) => Math.floor(sent.at / length) === Math.floor(at / length))
  if (within(minute).length >= 1) return '触发分钟级流控Permits:1'
  if (within(hour).length >= 5) return '触发小时级流控Permits:5'
  if (same.length >= 10) return '触发天级流控Permits:10'
  return codes.length >= 40 ? '触发号码天级流控Permits:40' : undefined
}

const isSameSender = (sent: Sent, { account, sign }: Candidate): boolean =>
  sent.account === account && sent.sign === sign

/** How many fall into the window that `at` is in, when a window begins with the first call after the last window. */
function inWindow(times: readonly number[], length: number, at: number): number {
  let start = Number.NEGATIVE_INFINITY
  let count = 0
  for (const time of times) {
    if (time >= start + length) {
      start = time
      count = 0
    }
    count += 1
  }
  return at < start + length ? count : 0
}

/** Whether one more call for this purpose to this number would exceed a limit. */
export function exceedsCallLimit(earlier: readonly Sent[], candidate: Pick<Candidate, 'account' | 'purpose' | 'at'>) {
  const times = earlier
    .filter(({ account, purpose }) => account === candidate.account && purpose === candidate.purpose)
    .map(({ at }) => at)
  const limits: [number, length: number][] = [
    [1, minute],
    [5, hour],
    [20, day],
  ]
  return limits.some(([most, length]) => inWindow(times, length, candidate.at) >= most)
}
