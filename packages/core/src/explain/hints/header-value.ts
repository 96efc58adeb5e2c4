import type { Place } from "../../config/policy.js"
import { placeName } from "../place-name.js"
import { show } from "../show.js"
import { looksLikeToken, schemeOf, tokenIn, withoutQuotes, withoutSeparator } from "./lookalike.js"

export type HeaderPlace = Extract<Place, { kind: "header" }>

/** Why no token was found in a header, although one stands there, or was meant to. `fix` says how it is sent. */
export function headerValueHint(place: HeaderPlace, sent: string, fix: string): string | undefined {
  const name = placeName(place)
  const value = sent.trim()
  const unquoted = withoutQuotes(value)
  if (looksLikeToken(unquoted)) {
    return `The ${name} holds a token without ${show(place.prefix)} before it. ${fix}`
  }
  const word = wordOf(place)
  if (unquoted !== value && startsWith(unquoted, word) && tokenIn(value) !== undefined) {
    return `The whole value of ${name} stands in quotation marks. Send it without them.`
  }
  if (word !== "" && startsWith(value, word)) {
    const after = value.slice(word.length)
    const rest = withoutSeparator(after)
    if (withoutQuotes(rest) === "") {
      return `The ${name} has ${show(word)} and no token after it. Look at the variable that the client takes it from: it is probably empty.`
    }
    if (tokenIn(rest) !== undefined) {
      return `In ${name}, ${show(word)} is followed by ${separatorName(after)}. ${fix}`
    }
  }
  const schemed = schemeOf(value)
  if (schemed !== undefined && tokenIn(schemed.rest) !== undefined) {
    return `The ${name} has a token with the scheme ${schemed.scheme}. ${fix}`
  }
  return looksLikeToken(lastWord(unquoted))
    ? `The ${name} holds a token, and not right after ${show(place.prefix)}. ${fix}`
    : undefined
}

/** The header is there for another way to log in. */
export function otherSchemeHint(place: HeaderPlace, sent: string, fix: string): string | undefined {
  const scheme = schemeOf(sent.trim())?.scheme
  return scheme === undefined || scheme.toLowerCase() === wordOf(place).toLowerCase()
    ? undefined
    : `The ${placeName(place)} has the scheme ${scheme} and no token. ${fix}`
}

/** `Bearer` of `Bearer `. */
function wordOf({ prefix }: HeaderPlace): string {
  return /^[\w-]*/.exec(prefix)?.[0] ?? ""
}

function startsWith(value: string, word: string): boolean {
  return value.slice(0, word.length).toLowerCase() === word.toLowerCase()
}

function separatorName(after: string): string {
  if (startsWith(after, "%20")) return "%20, an encoded space"
  switch (after.charAt(0)) {
    case ":":
      return "a colon"
    case "=":
      return "an equals sign"
    case "\t":
      return "a tab"
    case "+":
      return "a plus sign"
    case "e":
      return "the token at once"
    default:
      return "something other than it should"
  }
}

/** What stands after the last blank or other separator. */
function lastWord(value: string): string {
  const separators = [" ", "\t", "\u00a0", ":", "="].map((separator) => value.lastIndexOf(separator))
  return value.slice(Math.max(...separators) + 1)
}
