/**
 * The places of a worker: how many jobs of each group it has in hand. Promises that no group takes many more than it lately
 * got done, so that what only waits in front of a slow account takes nobody's place; that some are free for a group that has
 * none; and that what is urgent finds one although others of its group fill theirs.
 */

/** What a group may have before anything is known of it: a little more than the sessions that a mail account has. */
const fewest = 12
const most = 100
const inAll = 400
const largestBatch = 50
/** For how long what was done counts, in milliseconds. */
const lately = 2000

/** Jobs in hand, and how many were done since `since` and in the second before. */
type Group = { taken: number; isFull: boolean; since: number; done: number; doneBefore: number }

/** @param now milliseconds of a clock that is never set back */
export function openPlaces(now: () => number = () => performance.now()) {
  const groups = new Map<string, Group>()
  let taken = 0
  let hasNewcomer = true

  const roll = (group: Group) => {
    const passed = now() - group.since
    if (passed < lately / 2) return
    group.doneBefore = passed < lately ? group.done : 0
    group.done = 0
    group.since = now()
  }
  /** A third of what is free at most: the rest is for those who come later. */
  const share = () => Math.ceil((inAll - taken) / 3)
  const limitOf = (group: Group) => {
    roll(group)
    return Math.min(most, fewest + group.done + group.doneBefore, share())
  }
  /** Full until half its places are free, so that more than one can be taken; earlier where its account would be idle. */
  const isFull = (group: Group) => {
    const limit = limitOf(group)
    const again = Math.max(0.75 * fewest, limit / 2)
    group.isFull = group.taken >= limit || (group.isFull && group.taken > again)
    return group.isFull
  }
  /** One that had nothing to do for a moment is still known. */
  const forgetIdle = () => {
    for (const [name, group] of groups) if (group.taken === 0 && now() - group.since >= lately) groups.delete(name)
  }
  const namesOf = (test: (group: Group) => boolean) => [...groups].flatMap(([name, group]) => (test(group) ? name : []))

  return {
    /** The groups that may have no more. */
    full: () => namesOf(isFull),
    /** The groups that may have no more of what is urgent either. */
    fullOfUrgent: () => namesOf((group) => group.taken >= limitOf(group) + fewest),
    /** How many to take at once, since they may all be of one group: few as long as groups appear that nothing is known of. */
    batch() {
      forgetIdle()
      const rooms = [...groups.values()].flatMap((group) => (isFull(group) ? [] : limitOf(group) - group.taken))
      const known = hasNewcomer || rooms.length === 0 ? fewest : Math.max(fewest, Math.min(largestBatch, ...rooms))
      hasNewcomer = false
      return Math.min(known, share())
    },
    enter(name: string) {
      const known = groups.get(name)
      const group = known ?? { taken: 0, isFull: false, since: now(), done: 0, doneBefore: 0 }
      hasNewcomer ||= !known
      group.taken++
      taken++
      groups.set(name, group)
    },
    /** True when there is room again where there was none. */
    leave(name: string): boolean {
      const group = groups.get(name)
      if (!group) return false
      const wasFull = group.isFull || taken === inAll
      roll(group)
      group.done++
      group.taken--
      taken--
      return wasFull && !isFull(group)
    },
  }
}
