import type { Person } from "./consumers.js"
import type { Guard } from "./guard.js"
import { isSameSettings, type PluginSettings } from "./plugin-settings.js"
import { permits } from "./restriction.js"

/** Who may call a route. */
export type Access = { readonly kind: "open" } | Guarded

export interface Guarded {
  readonly kind: "guarded"
  /** Absent when nobody may call, so that nobody's token is looked for. */
  readonly settings?: PluginSettings
  /** Usernames. */
  readonly allow: ReadonlySet<string> | "any"
  /** Whether a request without a token passes. */
  readonly optional: boolean
}

/** Who may call by some methods; without `methods`, by all that the ones before do not name. */
export interface MethodAccess {
  readonly methods?: readonly string[]
  readonly access: Access
}

/** What these guards let through, with one entry for all methods where they make no difference. */
export function accessesOf(
  guard: Guard,
  people: readonly Person[],
  methods: readonly string[] | undefined,
): readonly MethodAccess[] {
  const named = new Set(
    guard.restrictions.flatMap(({ byMethods }) => byMethods.flatMap((one) => one.methods)),
  )
  // Here a rule for GET covers HEAD. There HEAD is a method that nobody named.
  if (named.has("GET")) named.add("HEAD")
  const apart = [...named].filter((method) => methods?.includes(method) ?? true).sort(headFirst)
  const rest = methods?.filter((method) => !named.has(method))
  const groups = new Map<string, { methods: string[]; access: Access }>()
  for (const method of apart) {
    const access = accessOf(guard, people, method)
    const group = groups.get(keyOf(access)) ?? { methods: [], access }
    group.methods.push(method)
    groups.set(keyOf(access), group)
  }
  if (rest?.length === 0) return [...groups.values()]
  return [
    ...groups.values(),
    { ...(rest !== undefined && { methods: rest }), access: accessOf(guard, people, undefined) },
  ]
}

function headFirst(a: string, b: string): number {
  return Number(b === "HEAD") - Number(a === "HEAD")
}

function accessOf(guard: Guard, people: readonly Person[], method: string | undefined): Access {
  const { jwtAuth, restrictions, hasOther, isClosed } = guard
  if (isClosed) return nobody
  if (jwtAuth === undefined) return restrictions.length > 0 ? nobody : { kind: "open" }
  const may = (person: Person) => restrictions.every((restriction) => permits(restriction, person, method))
  const { settings, anonymous } = jwtAuth
  const stranger = people.find(({ username }) => username === anonymous)
  const optional = stranger !== undefined && may(stranger) && !hasOther
  if (restrictions.length === 0) return { kind: "guarded", settings, allow: "any", optional }
  const allowed = people.filter((person) => person.credentials.length > 0 && may(person))
  return { kind: "guarded", settings, allow: new Set(allowed.map(({ username }) => username)), optional }
}

const nobody: Guarded = { kind: "guarded", allow: new Set(), optional: false }

/** What satisfies both. Nobody's token is read in two ways at once. */
export function strictest(one: Access, other: Access): Access {
  if (one.kind === "open") return other
  if (other.kind === "open") return one
  const settings = one.settings ?? other.settings
  const optional = one.optional && other.optional
  const isOne = settings === undefined || isSameSettings(settings, other.settings ?? settings)
  const allow = isOne ? inBoth(one.allow, other.allow) : new Set<string>()
  return { kind: "guarded", ...(settings !== undefined && { settings }), allow, optional }
}

function inBoth(one: Guarded["allow"], other: Guarded["allow"]): Guarded["allow"] {
  if (one === "any") return other
  return other === "any" ? one : new Set([...one].filter((name) => other.has(name)))
}

/** True when these let the same requests through. */
export function isSameAccess(one: Access, other: Access): boolean {
  return keyOf(one) === keyOf(other)
}

function keyOf(access: Access): string {
  return JSON.stringify(access, (_, value: unknown) => (value instanceof Set ? [...value].sort() : value))
}
