import type { ClaimToHeader, Consumer, HeaderPlace } from "../../config/document.js"
import { joinPath } from "../../config/shape-issues.js"
import { ownValue } from "../../own-value.js"
import type { Findings } from "../findings.js"
import {
  type Fields,
  fieldOf,
  isGiven,
  noteUnknown,
  quoted,
  readFields,
  readFlag,
  readList,
  readText,
  readTexts,
} from "./source-values.js"

/** What its tokens are recognised by. The gateway trims the values, and `claims.iss` stands before `issuer`. */
export function readRecognition(
  fields: Fields,
  path: string,
  found: Findings,
): Pick<Consumer, "issuer" | "claims"> {
  const issuerPath = joinPath(path, "issuer")
  const issuer = trimmed(readText(fieldOf(fields, "issuer"), issuerPath, found))
  const given = readFields(fieldOf(fields, "claims"), joinPath(path, "claims"), found)
  const entries = Object.entries(given ?? {}).flatMap(([name, value]) => {
    const at = joinPath(joinPath(path, "claims"), name)
    if (value === undefined) found.error(at, "is undefined", "Give it a value, or leave it out.")
    const text = trimmed(readText(value, at, found))
    return text === undefined ? [] : [[name, text] as const]
  })
  const claims = Object.fromEntries(entries)
  const iss = ownValue(claims, "iss")
  if (issuer !== undefined && iss !== undefined && issuer !== iss) {
    const there = `not looked at beside claims.iss, which is ${quoted([iss])}`
    found.info(issuerPath, there, "left out; claims.iss counts")
  }
  return {
    ...(issuer !== undefined && iss === undefined && { issuer }),
    ...(entries.length > 0 && { claims }),
  }
}

/** Empty lists are as good as none: the gateway's defaults hold while no place is named. */
export function readPlaces(
  fields: Fields,
  path: string,
  found: Findings,
): Pick<Consumer, "from_headers" | "from_params" | "from_cookies"> {
  const list = (name: string) => readTexts(fieldOf(fields, name), joinPath(path, name), found) ?? []
  const from_headers = readHeaderPlaces(
    fieldOf(fields, "from_headers"),
    joinPath(path, "from_headers"),
    found,
  )
  const from_params = list("from_params")
  const from_cookies = list("from_cookies")
  return {
    ...(from_headers.length > 0 && { from_headers }),
    ...(from_params.length > 0 && { from_params }),
    ...(from_cookies.length > 0 && { from_cookies }),
  }
}

function readHeaderPlaces(value: unknown, path: string, found: Findings): readonly HeaderPlace[] {
  return readObjects(value, path, ["name", "value_prefix"], found).flatMap(({ at, fields }) => {
    const name = readText(fieldOf(fields, "name"), joinPath(at, "name"), found)
    const value_prefix = readText(fieldOf(fields, "value_prefix"), joinPath(at, "value_prefix"), found)
    if (!isGiven(fields, "name")) found.error(joinPath(at, "name"), "is required", "Name the header.")
    return name === undefined ? [] : [{ name, ...(value_prefix !== undefined && { value_prefix }) }]
  })
}

export function readForwarding(
  fields: Fields,
  path: string,
  found: Findings,
): Pick<Consumer, "claims_to_headers"> {
  const at = joinPath(path, "claims_to_headers")
  const value = fieldOf(fields, "claims_to_headers")
  const seen = new Set<string>()
  const claims_to_headers = readObjects(value, at, ["claim", "header", "override"], found).flatMap(
    ({ at, fields }): ClaimToHeader[] => {
      const [claim, header] = (["claim", "header"] as const).map((name) => {
        if (fieldOf(fields, name) === undefined)
          found.error(joinPath(at, name), "is required", "Name the two: claim and header.")
        return readText(fieldOf(fields, name), joinPath(at, name), found)
      })
      const override = readFlag(fieldOf(fields, "override"), joinPath(at, "override"), found)
      if (claim === undefined || header === undefined) return []
      if (seen.has(claim))
        found.error(joinPath(at, "claim"), `${quoted([claim])} is forwarded twice`, "Keep one of the two.")
      seen.add(claim)
      return [{ claim, header, ...(override !== undefined && { override }) }]
    },
  )
  if (claims_to_headers.length === 0) return {}
  const there =
    "a client's own header is kept when the claim is a list, an object or a boolean, and set to nothing when it is absent"
  const here =
    "a client's own headers of these names are removed from every request, except with override: false"
  found.differs(at, there, here)
  return { claims_to_headers }
}

function readObjects(value: unknown, path: string, known: readonly string[], found: Findings) {
  return (readList(value, path, found) ?? []).flatMap((item, i) => {
    const at = `${path}[${i}]`
    const fields = readFields(item ?? null, at, found)
    if (fields === undefined) return []
    noteUnknown(fields, at, known, found)
    return [{ at, fields }]
  })
}

/** The white space that C's `isspace` knows, which is what the gateway trims. */
function trimmed(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const isBlank = (i: number) => " \t\n\v\f\r".includes(text.charAt(i))
  let [start, end] = [0, text.length]
  while (start < end && isBlank(start)) start++
  while (end > start && isBlank(end - 1)) end--
  return text.slice(start, end)
}
