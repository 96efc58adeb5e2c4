import type { Findings } from "../findings.js"
import { type Credential, readCredential } from "./credential.js"
import { type Held, type Holder, readHolders } from "./held-credentials.js"

/** A consumer of the gateway. Each of its credentials becomes a consumer here. */
export interface Person {
  readonly username: string
  readonly groupId?: string
  readonly credentials: readonly NamedCredential[]
}

export interface NamedCredential extends Credential {
  /** The username, or for further credentials of the same consumer the username and the credential's id. */
  readonly name: string
}

/** Reads the consumers with their credentials. */
export async function readConsumers(
  collections: { readonly consumers?: unknown; readonly credentials?: unknown },
  options: { readonly allowWeakHmac: boolean },
  findings: Findings,
): Promise<readonly Person[]> {
  const { holders, held } = readHolders(collections, findings)
  const byUsername = checkHolders(holders, held, findings)
  for (const one of held) {
    const credential = await readCredential(one.source, { username: one.username, ...options }, findings)
    if (credential !== undefined) byUsername.get(one.username)?.push({ id: one.id, credential })
  }
  checkKeys(
    [...byUsername.values()].flat().map(({ credential }) => credential),
    findings,
  )
  const names = new Set(byUsername.keys())
  return holders.map(({ username, groupId }) => ({
    username,
    ...(groupId !== undefined && { groupId }),
    credentials: (byUsername.get(username) ?? []).map(({ id, credential }, i) => {
      if (i === 0) return { ...credential, name: username }
      const name = freeName(`${username}-${/^[\w.-]+$/.test(id) ? id : i + 1}`, names)
      const here = `A consumer of its own, "${name}", since names are unique. Rules that name "${username}" name both.`
      findings.differs(credential.path, `One more credential of "${username}".`, here)
      return { ...credential, name }
    }),
  }))
}

interface Identified {
  readonly id: string
  readonly credential: Credential
}

function checkHolders(
  holders: readonly Holder[],
  held: readonly Held[],
  findings: Findings,
): Map<string, Identified[]> {
  const byUsername = new Map<string, Identified[]>()
  for (const { username, path } of holders) {
    if (byUsername.has(username)) findings.error(path, `"${username}" is there twice`, "Keep one of the two.")
    byUsername.set(username, [])
  }
  for (const { username, source } of held) {
    if (byUsername.has(username)) continue
    const message = `belongs to "${username}", who is not among the consumers`
    findings.error(source.path, message, "Give the consumers and the credentials together.")
  }
  return byUsername
}

/** Of two consumers with one key, the gateway takes the one that it loaded last. */
function checkKeys(credentials: readonly Credential[], findings: Findings): void {
  const first = new Map<string, string>()
  for (const { key, path } of credentials) {
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, path)
    else findings.error(`${path}.key`, `is the key of ${earlier} too`, "Give every credential its own.")
  }
}

function freeName(wanted: string, names: Set<string>): string {
  let name = wanted
  for (let n = 2; names.has(name); n++) name = `${wanted}-${n}`
  names.add(name)
  return name
}
