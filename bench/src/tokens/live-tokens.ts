import type { Contestant } from "../measure/rounds.js"

/** Rounds of operations on tokens picked at random, each time as a new copy. */
export function operationsOn(
  tokens: readonly string[],
  present: (token: string) => () => unknown,
): Contestant["prepare"] {
  return ({ count }) => {
    const operations = Array.from({ length: count }, () => present(oneOf(tokens)))
    return (index) => (operations[index] as () => unknown)()
  }
}

function oneOf<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T
}
