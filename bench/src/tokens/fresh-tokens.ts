import type { Contestant, Part } from "../measure/rounds.js"

/** New tokens for each round, the same ones for every contestant of a round: nobody has seen them before. */
export class FreshTokens {
  #round: number | undefined
  #tokens: string[] = []
  readonly #make: () => string

  constructor(make: () => string) {
    this.#make = make
  }

  /** The tokens of a part of a round. */
  of({ round, from, count }: Part): readonly string[] {
    if (round !== this.#round) {
      this.#round = round
      this.#tokens = []
    }
    while (this.#tokens.length < from + count) this.#tokens.push(this.#make())
    return this.#tokens.slice(from, from + count)
  }

  /** Rounds of operations on new tokens. */
  operations(present: (token: string) => () => unknown): Contestant["prepare"] {
    return (part) => {
      const operations = this.of(part).map(present)
      return (index) => (operations[index] as () => unknown)()
    }
  }
}
