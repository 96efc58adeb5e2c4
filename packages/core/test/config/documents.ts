import { randomBytes } from "node:crypto"
import { checkConfig } from "../../src/index.js"

// Documents under test are plain data of any shape, so nothing here has the type of a config.

/** A secret made for this run: as long as HS256 needs, unless said otherwise. */
export function secretOf(bytes = 32): string {
  return randomBytes(bytes).toString("base64url")
}

export function jwksOf(...keys: readonly object[]): { readonly keys: readonly object[] } {
  return { keys }
}

export const goodKey = { kty: "oct", k: secretOf() }

/** A consumer with nothing wrong, but for what is said here. */
export function consumerWith(fields: object = {}): object {
  return { name: "web", issuer: "https://issuer.example.com", jwks: jwksOf(goodKey), ...fields }
}

/** A document with one such consumer. */
export function documentWith(consumer: object = {}, fields: object = {}): object {
  return { consumers: [consumerWith(consumer)], ...fields }
}

/** A document with these rules, and nothing else that could be worth a warning. */
export function withRules(...rules: readonly unknown[]): object {
  return { global_auth: true, consumers: [consumerWith(), consumerWith({ name: "partner" })], rules }
}

interface Found {
  readonly path: string
  readonly message: string
  readonly fix?: string
}

export function errorsOf(document: unknown): readonly Found[] {
  return issuesOf(document, "error")
}

export function warningsOf(document: unknown): readonly Found[] {
  return issuesOf(document, "warning")
}

function issuesOf(document: unknown, wanted: "error" | "warning"): readonly Found[] {
  return checkConfig(document).issues.flatMap(({ severity, ...issue }) =>
    severity === wanted ? [issue] : [],
  )
}
