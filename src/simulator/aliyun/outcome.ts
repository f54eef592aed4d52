/** What will become of something that was accepted: its final code, when it is known, and how its receipt is pushed. */
import { type Faults, textOf, wholeOf } from '../faults.ts'
import type { Sent } from './records.ts'

type Usual = { code: string; failedCode: string; afterMs: number }

/** Decides it at the time of sending; the faults `receipt` and `receipt_off` change it. */
export function planOutcome(
  faults: Faults,
  { channel, phone, at }: Pick<Sent, 'channel' | 'phone' | 'at'>,
  usual: Usual,
): Pick<Sent, 'settledAt' | 'code' | 'push'> {
  const told = faults.take(channel, 'receipt', [phone])
  const isOff = faults.take(channel, 'receipt_off', [phone]) !== undefined
  if (!told) {
    return { settledAt: at + usual.afterMs, code: usual.code, push: isOff ? null : { repeat: 0, reversed: false } }
  }
  const status = textOf(told, 'status')
  const code = textOf(told, 'code') ?? (status === 'failed' ? usual.failedCode : usual.code)
  if (status === 'pending') return { settledAt: null, code, push: null }
  return {
    settledAt: at + (wholeOf(told, 'delay') ?? usual.afterMs),
    code,
    push: isOff ? null : { repeat: wholeOf(told, 'repeat') ?? 0, reversed: textOf(told, 'order') === 'reversed' },
  }
}
