/** What is approved right now: the seeds with the states that were set by hand laid over them. */
import { type Fault, textOf, type VendorFaults } from '../faults.ts'
import { type Sign, type State, seededSigns, seededTemplates, type Template } from './seeds.ts'

const firstOfHand = 480_001
const isMissing = (fault: Fault): boolean => textOf(fault, 'state') === 'missing'
const isAbroad = (fault: Fault): boolean => fault.fields.international === true

function approvalOf(fault: Fault): { state: State; reason: string } {
  const state = textOf(fault, 'state') as State
  return { state, reason: textOf(fault, 'reason') ?? (state === 'rejected' ? '审核未通过' : '') }
}

/** The seeds in the states that were set, without those set missing, and what was added by hand after them. */
function lay<T extends object>(
  seeds: readonly T[],
  set: readonly Fault[],
  isOf: (seed: T, fault: Fault) => boolean,
  add: (fault: Fault, index: number) => T,
): T[] {
  const changed = seeds.flatMap((seed): T[] => {
    const fault = set.find((candidate) => isOf(seed, candidate))
    if (!fault) return [seed]
    return isMissing(fault) ? [] : [{ ...seed, ...approvalOf(fault) }]
  })
  const isNew = (fault: Fault) => !isMissing(fault) && !seeds.some((seed) => isOf(seed, fault))
  return [...changed, ...set.filter(isNew).map(add)]
}

export class Approvals {
  readonly #faults: VendorFaults

  constructor(faults: VendorFaults) {
    this.#faults = faults
  }

  signs(): Sign[] {
    return lay(
      seededSigns,
      this.#faults.inForce('sms', 'sign_state'),
      (sign, fault) => sign.name === textOf(fault, 'name') && sign.isInternational === isAbroad(fault),
      (fault, index): Sign => ({
        ...{ id: firstOfHand + index, name: textOf(fault, 'name') ?? '', isInternational: isAbroad(fault) },
        ...approvalOf(fault),
      }),
    )
  }

  templates(): Template[] {
    return lay(
      seededTemplates,
      this.#faults.inForce('sms', 'template_state'),
      ({ id }, fault) => id === textOf(fault, 'id'),
      (fault): Template => ({
        ...{
          id: textOf(fault, 'id') ?? '',
          name: textOf(fault, 'name') ?? '',
          content: textOf(fault, 'content') ?? '',
        },
        ...{ international: isAbroad(fault) ? 1 : 0, isForCodes: false, ...approvalOf(fault) },
      }),
    )
  }
}
