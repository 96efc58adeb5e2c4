import type { Findings } from "../findings.js"
import { type Entry, entriesOf, isMap } from "./entries.js"
import { at, bookkeeping, field, noteUnknown, readObject, readText, type Source } from "./fields.js"
import { kindOfPlugin } from "./known-plugins.js"

/** A `jwt-auth` of somebody, not read yet. */
export interface Held {
  readonly username: string
  /** Empty for the one that stands in the consumer itself. */
  readonly id: string
  readonly source: Source
}

export interface Holder {
  readonly username: string
  readonly groupId?: string
  readonly path: string
}

/** Who there is, and whose every credential is: the gateway keeps them in consumers, among them and apart from them. */
export function readHolders(
  { consumers, credentials }: { readonly consumers?: unknown; readonly credentials?: unknown },
  findings: Findings,
): { readonly holders: readonly Holder[]; readonly held: readonly Held[] } {
  const entries = entriesOf(consumers, "consumers", findings)
  const people = entries.filter((entry) => ownerOf(entry) === undefined)
  const read = people.map((entry) => ({ entry, holder: readHolder(entry, findings) }))
  const inside = read.flatMap(({ entry, holder }) => heldInside(entry, holder.username, findings))
  const apart = [
    ...entries.filter((entry) => ownerOf(entry) !== undefined),
    ...credentialEntries(credentials, findings),
  ].flatMap((entry) => heldApart(entry, findings))
  return { holders: read.map(({ holder }) => holder), held: [...inside, ...apart] }
}

function readHolder(entry: Entry, findings: Findings): Holder {
  noteUnknown(entry, [...bookkeeping, "username", "plugins", "group_id", "credentials", "jwt-auth"], findings)
  const username = readText(entry, "username", findings) ?? lastPart(entry.key ?? "")
  if (!/^[\w-]+$/.test(username)) {
    const fix = "Letters, digits, _ and - only, as the gateway wants it."
    findings.error(at(entry, "username"), "is not a username", fix)
  }
  const groupId = readText(entry, "group_id", findings)
  if (groupId !== undefined) {
    const there = "The plugins of the group apply to this consumer."
    findings.lost(at(entry, "group_id"), there, "Not carried over, but for consumer-restriction by group.")
  }
  return { username, path: entry.path, ...(groupId !== undefined && { groupId }) }
}

function heldInside(entry: Entry, username: string, findings: Findings): readonly Held[] {
  const nested = entriesOf(field(entry, "credentials"), at(entry, "credentials"), findings)
  return [
    ...jwtAuthOf(entry, findings).map((source) => ({ username, id: "", source })),
    ...nested.flatMap((one) =>
      jwtAuthOf(one, findings).map((source) => ({ username, id: idOf(one), source })),
    ),
  ]
}

/** `credentials` by themselves: as the admin API lists them, or in a map by username. */
function credentialEntries(credentials: unknown, findings: Findings): readonly Entry[] {
  if (!isMap(credentials)) return entriesOf(credentials, "credentials", findings)
  return Object.entries(credentials).flatMap(([username, value]) =>
    entriesOf(value, `credentials.${username}`, findings).map((entry) => ({
      ...entry,
      key: `${username}/credentials/${idOf(entry)}`,
    })),
  )
}

function heldApart(entry: Entry, findings: Findings): readonly Held[] {
  const username = ownerOf(entry)
  if (username !== undefined)
    return jwtAuthOf(entry, findings).map((source) => ({ username, id: idOf(entry), source }))
  const fix = "Put it under credentials.<username>, or give it as the admin API does, with its key."
  findings.error(entry.path, "does not say whose credential it is", fix)
  return []
}

/** `jack` of `/apisix/consumers/jack/credentials/one`: its key in etcd, or the end of that as its id in apisix.yaml. */
function ownerOf({ key, fields }: Entry): string | undefined {
  for (const text of [key, fields["id"]]) {
    const owner = typeof text === "string" ? /([^/]+)\/credentials\//.exec(text)?.[1] : undefined
    if (owner !== undefined) return owner
  }
  return undefined
}

function idOf({ key = "", fields }: Entry): string {
  const { id } = fields
  return lastPart(typeof id === "string" || typeof id === "number" ? String(id) : key)
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/** The `jwt-auth` among the plugins, which may be left out around it. What other plugins there are is told. */
function jwtAuthOf(entry: Entry, findings: Findings): readonly Source[] {
  const plugins = field(entry, "plugins") === undefined ? entry : readObject(entry, "plugins", findings)
  if (plugins === undefined) return []
  if (plugins !== entry)
    for (const name of Object.keys(plugins.fields)) noteOther(name, at(plugins, name), findings)
  const source = readObject(plugins, "jwt-auth", findings)
  return source === undefined ? [] : [source]
}

const otherCredentials = ["key-auth", "basic-auth", "hmac-auth", "ldap-auth", "wolf-rbac", "jwe-decrypt"]

function noteOther(name: string, path: string, findings: Findings): void {
  if (name === "jwt-auth") return
  if (otherCredentials.includes(name)) {
    findings.differs(
      path,
      "Another way for this consumer to say who it is.",
      "Not carried over: tokens only.",
    )
  } else if (kindOfPlugin(name) === "shapes") {
    findings.info(path, "A plugin that does not decide who may call.", "Not carried over.")
  } else {
    findings.lost(path, "A plugin that applies to the requests of this consumer.", "Not carried over.")
  }
}
