import { headerView, sameValues } from "./edited-request.js"
import type { Observation, ObservedPassage, ObservedRefusal } from "./observation.js"
import type { ConformanceRow, ExpectedAllow, ExpectedDeny, ExpectedPass } from "./row.js"

/** Everything that is not as the row expects, a line each; none when it holds. Shows no token whole. */
export function mismatches(row: ConformanceRow, observed: Observation): readonly string[] {
  const { expect } = row
  if (expect.outcome === "deny") {
    return observed.outcome === "deny" ? refusal(expect, observed) : [outcome(expect.outcome, observed)]
  }
  return observed.outcome === expect.outcome
    ? passage(row, expect, observed)
    : [outcome(expect.outcome, observed)]
}

function outcome(expected: string, observed: Observation): string {
  const how =
    observed.outcome === "deny"
      ? `${observed.status} ${observed.code ?? ""}`
      : `consumer ${observed.consumer ?? "none"}`
  return `outcome: expected ${expected}, got ${observed.outcome} (${how.trim()})`
}

function refusal(expect: ExpectedDeny, observed: ObservedRefusal): readonly string[] {
  const { code, contentType, body } = observed
  return [
    ...differs("status", expect.status, observed.status),
    ...(code === undefined ? [] : differs("code", expect.code, code)),
    ...differs("WWW-Authenticate", expect.wwwAuthenticate, observed.wwwAuthenticate),
    ...(expect.contentType === undefined
      ? []
      : differs("Content-Type", expect.contentType, contentType?.split(";", 1)[0] ?? null)),
    ...(expect.body === undefined ? [] : bodyDiffers(expect.body, body)),
    ...(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/.test(body + observed.wwwAuthenticate)
      ? ["the answer repeats a token"]
      : []),
  ]
}

function bodyDiffers(expected: NonNullable<ExpectedDeny["body"]>, body: string): readonly string[] {
  if (typeof expected === "string") return differs("body", expected, body)
  const members = parseObject(body)
  if (members === undefined) return [`body: expected a JSON object, got ${shown(body)}`]
  return Object.entries(expected).flatMap(([name, value]) => differs(`body.${name}`, value, members[name]))
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function passage(
  row: ConformanceRow,
  expect: ExpectedAllow | ExpectedPass,
  observed: ObservedPassage,
): readonly string[] {
  const consumer = expect.outcome === "allow" ? expect.consumer : undefined
  const { wouldDeny = null } = observed
  return [
    ...differs("consumer", consumer, observed.consumer),
    ...differs("path", expect.path ?? row.request.path ?? "/", observed.path),
    ...differs(
      "Cache-Control",
      expect.outcome === "allow" ? expect.cacheControl : null,
      observed.cacheControl,
    ),
    ...(expect.outcome === "pass" ? differs("wouldDeny", expect.wouldDeny, wouldDeny) : []),
    ...headersDiffer(expectedHeaders(row, expect), observed.views),
  ]
}

/** What was sent, but for what the row says, and for the identity, which is the gate's alone. */
function expectedHeaders(row: ConformanceRow, expect: ExpectedAllow | ExpectedPass) {
  const expected = new Map<string, readonly string[]>(Object.entries(headerView(row.request.headers ?? [])))
  const identity = row.config.consumer_header?.toLowerCase() ?? "x-mse-consumer"
  expected.set(identity, expect.outcome === "allow" ? [expect.consumer] : [])
  for (const [name, value] of Object.entries(expect.downstream ?? {})) {
    expected.set(name, value === null ? [] : typeof value === "string" ? [value] : value)
  }
  return expected
}

function headersDiffer(
  expected: ReadonlyMap<string, readonly string[]>,
  views: ObservedPassage["views"],
): readonly string[] {
  return Object.entries(views).flatMap(([view, headers]) => {
    const names = new Set([...expected.keys(), ...Object.keys(headers)])
    return [...names].flatMap((name) => {
      const values = expected.get(name) ?? []
      if (sameValues(headers[name], values, name)) return []
      const wanted = values.length === 0 ? "no such header" : shown(values)
      const got = headers[name] === undefined ? "none" : shown(headers[name])
      return [`${name} in ${view}: expected ${wanted}, got ${got}`]
    })
  })
}

function differs(what: string, expected: unknown, got: unknown): readonly string[] {
  return expected === got ? [] : [`${what}: expected ${shown(expected)}, got ${shown(got)}`]
}

/** Long runs of token characters are cut: a report of a failure must not be where a token leaks. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing"
  return text.replace(/[\w.~+/-]{24,}/g, (run) => `${run.slice(0, 8)}…(${run.length} characters)`)
}
