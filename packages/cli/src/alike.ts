import type { ConsumerExplanation } from "@jwt-auth/core/explain"

/** Consumers whose steps went the same way. */
export interface Alike extends Pick<ConsumerExplanation, "steps"> {
  readonly consumers: readonly string[]
}

/** Puts together those that differ in nothing but their names; each group stands where its first member stood. */
export function alike(consumers: readonly ConsumerExplanation[]): readonly Alike[] {
  const groups = new Map<string, { consumers: string[]; steps: ConsumerExplanation["steps"] }>()
  for (const { consumer, steps } of consumers) {
    const key = JSON.stringify(steps)
    const group = groups.get(key) ?? { consumers: [], steps }
    group.consumers.push(consumer)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const mostNamed = 8

/** `web`, `web, partner`; of many the first. */
export function namesOf({ consumers }: Alike): string {
  const more = consumers.length - mostNamed
  return [...consumers.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(", ")
}
