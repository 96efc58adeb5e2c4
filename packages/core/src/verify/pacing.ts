/** Decides which signatures are checked where they are asked for, and which on a thread. */
export interface Pacing {
  /** True when the next one goes to a thread. Then `returned` has to be called once. */
  leaves(): boolean
  returned(): void
}

/**
 * One signature after the other is checked soonest where it is asked for; several at once are done soonest on threads. Nobody
 * can know beforehand what comes next, so now and then one is sent as a scout. When others come while it is away, all follow
 * until the threads are idle; a scout that stays alone was in vain, and the next is sent after twice as many
 * (docs/decisions/011-engines.md).
 *
 * @param longest how many are checked in place between two scouts at most: what a first burst has to wait for
 */
export function createPacing(longest = 1024): Pacing {
  let away = 0
  let alone = true
  let inPlace = 0
  let patience = 1
  return {
    leaves() {
      if (away === 0 && inPlace < patience) {
        inPlace++
        return false
      }
      alone = away === 0
      inPlace = 0
      away++
      return true
    },
    returned() {
      away--
      if (away === 0) patience = alone ? Math.min(Math.max(1, 2 * patience), longest) : 0
    },
  }
}
