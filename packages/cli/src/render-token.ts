import { duration, moment } from "@jwt-auth/core/explain"
import { bold, type Line, red, table, yellow } from "./lines.js"
import type { JsonObject, LooseToken } from "./read-loosely.js"

/** A claim that is a time. */
export interface TimeClaim {
  readonly claim: string
  readonly seconds: number
  /** ISO 8601; absent when no calendar has it. */
  readonly time?: string
  /** Against the clock of this machine: `expired 3 h ago`, `in 5 min`. */
  readonly relative: string
}

const timeClaims = ["iat", "nbf", "auth_time", "exp"] as const

/** Later than the year 5138: nobody means such a second. */
const surelyMilliseconds = 1e11

/** The last second that a `Date` has. */
const lastOfCalendar = 8.64e12

export function timesOf(payload: JsonObject | undefined, now: number): readonly TimeClaim[] {
  return timeClaims.flatMap((claim) => {
    const seconds = payload !== undefined && Object.hasOwn(payload, claim) ? payload[claim] : undefined
    if (typeof seconds !== "number") return []
    const time = Math.abs(seconds) <= lastOfCalendar ? { time: moment(seconds) } : {}
    return [{ claim, seconds, ...time, relative: relate(claim, seconds, now) }]
  })
}

function relate(claim: string, seconds: number, now: number): string {
  if (seconds >= surelyMilliseconds) return "in milliseconds? A JWT has seconds"
  const distance = duration(now - seconds)
  if (claim === "exp") return now >= seconds ? `expired ${distance} ago` : `expires in ${distance}`
  if (claim === "nbf" && now < seconds) return `not valid before ${distance} from now`
  return now >= seconds ? `${distance} ago` : `in ${distance}`
}

export function renderToken({ header, payload = {}, kind, notes }: LooseToken, now: number): Line[] {
  const times = timesOf(payload, now)
  return [
    [yellow("Not verified: anybody can write such a token. To have it checked: jwt-auth explain.")],
    ...notes.map((text): Line => [yellow("note: "), text]),
    [],
    [bold("header")],
    ...renderMembers(header, []),
    ...(kind === "jwe" ? [] : [[], [bold("payload")], ...renderMembers(payload, times)]),
  ]
}

/** Each member in a line of its own, its value as JSON; a time also in words. */
function renderMembers(members: JsonObject, times: readonly TimeClaim[]): Line[] {
  const names = table(
    Object.keys(members).map((name) => [name]),
    "  ",
  )
  return Object.entries(members).map(([name, value], i): Line => {
    const time = times.find(({ claim }) => claim === name)
    return [
      ...(names[i] ?? []),
      JSON.stringify(value),
      ...(time === undefined ? [] : ["  ", ...inWords(time)]),
    ]
  })
}

function inWords({ time, relative }: TimeClaim): Line {
  const bad = /^(?:expired|not valid|in milliseconds)/.test(relative)
  return [...(time === undefined ? [] : [`${time}, `]), bad ? red(relative) : relative]
}
