import { createHmac, randomBytes } from "node:crypto"
import { type ApisixSource, type FromApisixOptions, fromApisix } from "../../src/import/apisix/from-apisix.js"
import type { Imported, ImportNote } from "../../src/import/note.js"
import { type AuthRequest, ConfigError, createAuthenticator } from "../../src/index.js"
import { base64url, now, verdict } from "../keyring.js"

/** Long enough for HS512. */
export const secret = randomBytes(64).toString("hex")

/** A consumer whose tokens have `key: "<username>-key"`. */
export function consumer(username: string, fields: object = {}): object {
  return { username, plugins: { "jwt-auth": { key: `${username}-key`, secret, ...fields } } }
}

export const jack = consumer("jack")
export const rose = consumer("rose")

export function tokenOf(claims: object, alg = "HS256", signedWith: string | Uint8Array = secret): string {
  const input = `${base64url({ alg })}.${base64url(claims)}`
  const mac = createHmac(`sha${alg.slice(2)}`, signedWith)
    .update(input)
    .digest()
  return `${input}.${base64url(mac)}`
}

/** The token of a `consumer`. */
export function tokenFor(username: string): string {
  return tokenOf({ key: `${username}-key` })
}

export interface Asked extends Partial<AuthRequest> {
  /** Goes into `Authorization`. */
  readonly token?: string
}

/** Imports, and says in one line what each request comes to, such as `allow jack` or `jwt_missing: token_missing`. */
export async function verdictsOf(
  source: ApisixSource,
  asked: readonly Asked[],
  options?: FromApisixOptions,
): Promise<readonly string[]> {
  const { config } = await fromApisix(source, options)
  const authenticator = createAuthenticator(config, { now: () => now })
  const verdicts: string[] = []
  for (const { token, headers, ...fields } of asked) {
    const sent = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const request = { method: "GET", host: "api.example.com", path: "/", ...fields, headers: headers ?? sent }
    verdicts.push(verdict(await authenticator.decide(request)))
  }
  return verdicts
}

/** `path: message` of every issue of an import that has to fail. */
export async function issuesOf(
  source: ApisixSource,
  options?: FromApisixOptions,
): Promise<readonly string[]> {
  const error = await fromApisix(source, options).catch((thrown: unknown) => thrown)
  if (!(error instanceof ConfigError)) throw new Error(`expected a ConfigError, got ${String(error)}`)
  return error.issues.map(({ path, message }) => `${path}: ${message}`)
}

/** The notes about one place in the source. */
export function notesAt({ notes }: Imported, path: string): readonly ImportNote[] {
  return notes.filter((note) => note.path === path)
}

/** `kind path` of every note that does not hold for every import. */
export async function kindsOf(source: ApisixSource, options?: FromApisixOptions): Promise<readonly string[]> {
  const { notes } = await fromApisix(source, options)
  const standing = ["plugin", "routes"]
  return notes.filter(({ path }) => !standing.includes(path)).map(({ kind, path }) => `${kind} ${path}`)
}
