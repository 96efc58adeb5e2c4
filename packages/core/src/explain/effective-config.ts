import { loadConfig } from "../check-config.js"
import type { Algorithm, JwtAuthConfig, Rule } from "../config/document.js"
import { algorithms as allAlgorithms } from "../config/key-algorithms.js"
import type { ParsedConsumer } from "../config/parse.js"
import { compileConsumers, type Place, type PolicyConsumer } from "../config/policy.js"
import { authenticatesByDefault } from "../rules/match-rule.js"
import { groupsByConsumer } from "./consumers.js"
import { placeName } from "./place-name.js"
import { printable } from "./show.js"

/** A config as it is applied, for people to read: the table of rules, and who the consumers are. */
export interface EffectiveConfig {
  readonly rules: readonly EffectiveRule[]
  readonly otherwise: Otherwise
  /** The global consumers, and those that a rule has of its own. */
  readonly consumers: readonly EffectiveConsumer[]
}

export interface EffectiveRule extends Omit<Rule, "consumers"> {
  readonly index: number
  /** Names of the rule's own consumers. */
  readonly consumers?: readonly string[]
}

/** What a request needs that no rule matches. */
export interface Otherwise {
  readonly needsToken: boolean
  /** What `global_auth` is set to; absent when it is not set, and the compatibility rule speaks. */
  readonly globalAuth?: boolean
}

export interface EffectiveConsumer {
  readonly name: string
  /** The rule that the consumer belongs to; absent for a global one. */
  readonly rule?: number
  /** The claims that a token must have to be the consumer's. */
  readonly recognisedBy: Readonly<Record<string, string>>
  /** What its keys can verify. */
  readonly algorithms: readonly Algorithm[]
  /** Where its tokens are looked for, in this order: `header Authorization: Bearer`, `cookie session`. */
  readonly places: readonly string[]
  readonly clockSkewSeconds: number
}

/**
 * Shows a config as it is applied, the defaults filled in. Holds no keys.
 *
 * @throws {ConfigError} with every problem, when the config cannot be used
 */
export function effectiveConfig(config: JwtAuthConfig): EffectiveConfig {
  const { rules = [], consumers, global_auth } = loadConfig(config)
  return {
    rules: rules.map(({ consumers, ...rule }, index) => ({
      ...rule,
      index,
      ...(consumers !== undefined && { consumers: consumers.map(({ name }) => name) }),
    })),
    otherwise: {
      needsToken: authenticatesByDefault({ rules, global_auth }),
      ...(global_auth !== undefined && { globalAuth: global_auth }),
    },
    consumers: [
      ...describe(consumers),
      ...rules.flatMap(({ consumers = [] }, rule) =>
        describe(consumers).map((consumer) => ({ ...consumer, rule })),
      ),
    ],
  }
}

function describe(consumers: readonly ParsedConsumer[]): readonly EffectiveConsumer[] {
  return [...groupsByConsumer(compileConsumers(consumers)).keys()].map(describeConsumer)
}

function describeConsumer({ name, claims, keys, places, clockSkew }: PolicyConsumer): EffectiveConsumer {
  return {
    name,
    recognisedBy: Object.fromEntries(claims),
    algorithms: allAlgorithms.filter((name) => keys.some(({ algorithms }) => algorithms.includes(name))),
    places: places.map(placeAndPrefix),
    clockSkewSeconds: clockSkew,
  }
}

function placeAndPrefix(place: Place): string {
  const prefix = place.kind === "header" ? place.prefix.trim() : ""
  return prefix === "" ? placeName(place) : `${placeName(place)}: ${printable(prefix)}`
}
