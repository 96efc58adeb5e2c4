import type { Findings } from "../findings.js"
import type { Person } from "./consumers.js"
import { at, bookkeeping, field, isObject, noteUnknown, readSome, readText, type Source } from "./fields.js"

/** A `consumer-restriction`, read. */
export interface Restriction {
  readonly by: "consumer_name" | "consumer_group_id"
  readonly whitelist?: readonly string[]
  readonly blacklist?: readonly string[]
  readonly byMethods: readonly UserMethods[]
}

interface UserMethods {
  readonly user: string
  readonly methods: readonly string[]
}

/** Reads what the schema of `consumer-restriction` has. Nothing is returned for a type that cannot be said here. */
export function readRestriction(source: Source, findings: Findings): Restriction | undefined {
  const known = ["type", "whitelist", "blacklist", "allowed_by_methods", "rejected_code", "rejected_msg"]
  noteUnknown(source, [...bookkeeping, ...known, "_meta"], findings)
  noteAnswer(source, findings)
  const by = readText(source, "type", findings) ?? "consumer_name"
  if (by !== "consumer_name" && by !== "consumer_group_id") {
    const here = "Not carried over: every consumer may call."
    findings.lost(at(source, "type"), "Restricts by something else than the consumer.", here)
    return undefined
  }
  const whitelist = readSome(source, "whitelist", findings)
  const blacklist = readSome(source, "blacklist", findings)
  if (blacklist !== undefined) {
    const here = "Names all the others: a consumer that is added later must be added to the rule."
    findings.differs(at(source, "blacklist"), "Everybody else may call, now and later.", here)
  }
  const byMethods = readByMethods(source, findings)
  if ([whitelist, blacklist, byMethods].every((list) => list === undefined || list.length === 0)) {
    const fix = "Give one of them, as the gateway's schema wants it, or remove the plugin."
    findings.error(source.path, "has none of whitelist, blacklist and allowed_by_methods", fix)
  }
  return {
    by,
    ...(whitelist !== undefined && { whitelist }),
    ...(blacklist !== undefined && { blacklist }),
    byMethods,
  }
}

/** Whether the gateway lets this consumer call with this method; `undefined` stands for a method that none names. */
export function permits(
  { by, whitelist, blacklist, byMethods }: Restriction,
  person: Pick<Person, "username" | "groupId">,
  method: string | undefined,
): boolean {
  const value = by === "consumer_name" ? person.username : person.groupId
  if (value === undefined || blacklist?.includes(value) === true) return false
  if (whitelist !== undefined) return whitelist.includes(value)
  // A consumer that the list does not name may call by any method.
  const own = byMethods.find(({ user }) => user === value)
  return own === undefined || (method !== undefined && own.methods.includes(method))
}

function readByMethods(source: Source, findings: Findings): readonly UserMethods[] {
  const path = at(source, "allowed_by_methods")
  const value = field(source, "allowed_by_methods")
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    findings.error(
      path,
      "is not a list",
      "Write [{ user, methods: [...] }], as the gateway's schema wants it.",
    )
    return []
  }
  return value.flatMap((fields, i) => {
    const item = { path: `${path}[${i}]`, fields: isObject(fields) ? fields : {} }
    const user = readText(item, "user", findings)
    const methods = readSome(item, "methods", findings)
    if (user !== undefined && methods !== undefined) return [{ user, methods }]
    findings.error(item.path, "must have a user and methods", "Write { user: jack, methods: [GET] }.")
    return []
  })
}

function noteAnswer(source: Source, findings: Findings): void {
  for (const name of ["rejected_code", "rejected_msg"]) {
    if (field(source, name) === undefined || source.fields[name] === 403) continue
    findings.differs(
      at(source, name),
      "Says how a refusal is answered.",
      "403 Access Denied, unless onDeny says otherwise.",
    )
  }
}
