/** The page of a list that a call asks for. */
import type { Parameters } from './parameters.ts'
import { refusal } from './refusals.ts'

type Names = { page: string; size: string }
export type Page = { page: number; size: number }

const largestPage = 50

function readWhole(parameters: Parameters, name: string, usual: number, most: number): number {
  const text = parameters.get(name)
  if (!text) return usual
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > most) throw refusal('isv.INVALID_PARAMETERS', `参数${name}不合法`)
  return value
}

export const readPage = (parameters: Parameters, { page, size }: Names): Page => ({
  page: readWhole(parameters, page, 1, 1_000_000),
  size: readWhole(parameters, size, 10, largestPage),
})

export const pageOf = <T>(list: readonly T[], { page, size }: Page): T[] => list.slice((page - 1) * size, page * size)
