import { expect } from "vitest"
import { fromHigress, type ImportNote } from "../../src/import/index.js"
import {
  ConfigError,
  type ConfigIssue,
  type Consumer,
  type JwtAuthConfig,
  type Rule,
} from "../../src/index.js"
import { jwksOf, newSecret } from "../properties/tokens.js"

export const jwks = JSON.stringify(jwksOf(newSecret()))

/** A consumer of the gateway with nothing wrong, but for what is said here. */
export function consumerWith(fields: object = {}): object {
  return { name: "web", issuer: "abc", jwks, ...fields }
}

/** A plugin config with two consumers, web and partner. */
export function sourceWith(fields: object = {}): object {
  return { consumers: [consumerWith(), consumerWith({ name: "partner", issuer: "def" })], ...fields }
}

export function withRules(...rules: readonly unknown[]): object {
  return sourceWith({ global_auth: false, _rules_: rules })
}

/** The first consumer, when this one is imported. */
export function importedConsumer(fields: object): Consumer | undefined {
  return fromHigress({ consumers: [consumerWith(fields)] }).config.consumers[0]
}

export function importedRules(source: unknown): readonly Rule[] | undefined {
  return (fromHigress(source).config satisfies JwtAuthConfig).rules
}

/** The notes about this place, in a line each. */
export function notesAt(source: unknown, path: string): readonly string[] {
  const at = fromHigress(source).notes.filter((note) => note.path === path)
  return at.map(({ kind, there, here }: ImportNote) => `${kind}: ${there} -> ${here}`)
}

/** What is wrong with a source that is refused. */
export function problemsOf(source: unknown): readonly ConfigIssue[] {
  let thrown: unknown
  try {
    fromHigress(source)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(ConfigError)
  return thrown instanceof ConfigError ? thrown.issues : []
}

/** As "path: message". */
export function problemLines(source: unknown): readonly string[] {
  return problemsOf(source).map(({ path, message }) => `${path}: ${message}`)
}
