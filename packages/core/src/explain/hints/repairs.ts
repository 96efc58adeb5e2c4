import type { Place } from "../../config/policy.js"
import { parseCompactJws } from "../../verify/compact-jws.js"
import { placeName } from "../place-name.js"
import { listed } from "../show.js"
import type { HeaderPlace } from "./header-value.js"
import { schemeOf, startsLikeJson, withoutQuotes } from "./lookalike.js"
import { textOf } from "./text-bytes.js"

/** A mistake that is easily undone. */
interface Repair {
  /** Completes "The token came with". */
  what(place: Place, text: string): string
  fix(place: Place): string
  /** The text without the mistake, or the same text when it has not been made. */
  undo(text: string): string
}

/**
 * Undoes what happens to tokens on their way, and tells it when a token comes out. Whatever is undone no token may have, so
 * nothing is told that was not in the way.
 */
export function repairHint(sent: string, place: Place): string | undefined {
  const needed = new Map<Repair, string>()
  let token = utf8Of(sent)
  for (let step = 0; step < mostSteps; step++) {
    const before = token
    const one = repairs.find(({ undo }) => undo(before) !== before)
    if (one === undefined) break
    needed.set(one, one.what(place, before))
    token = one.undo(before)
  }
  if (needed.size === 0 || parseCompactJws(token) === "token_malformed") return undefined
  const [first, ...more] = needed.keys()
  const fix = more.length === 0 ? first?.fix(place) : "Send header.payload.signature and nothing else."
  return `The token came with ${listed([...needed.values()], "and")}. ${fix}`
}

/** Quotes stand in quotes, and a scheme word before a scheme word: what is undone first may come again. */
const mostSteps = 12

const sendWithout = () => "Send it without."

/** In the order in which they are undone: no space may go while it parts a scheme word from the token. */
const repairs: readonly Repair[] = [
  {
    what: () => "percent escapes",
    fix: () => "Send it as it is, not URL-encoded.",
    undo: percentDecoded,
  },
  {
    what: () => "its name before it",
    fix: sendWithout,
    undo: withoutName,
  },
  {
    what: schemeMistake,
    fix: schemeFix,
    undo: (text) => schemeOf(text)?.rest ?? text,
  },
  { what: () => "quotation marks", fix: sendWithout, undo: withoutQuotes },
  {
    what: () => "brackets around it",
    fix: sendWithout,
    undo: (text) => (/^[<{[(]/.test(text) && /[>}\])]$/.test(text) ? text.slice(1, -1) : text),
  },
  {
    what: () => "the two characters \\n in it, which should have become a line break",
    fix: sendWithout,
    undo: (text) => text.replace(/\\[nrt]/g, ""),
  },
  {
    what: () => "white space, a line break or an invisible character",
    fix: () => "Send it without: a file or a copy often adds one.",
    undo: (text) => text.replace(/[\s\p{Cc}\p{Cf}]/gu, ""),
  },
  {
    what: () => "a comma or semicolon at its end",
    fix: sendWithout,
    undo: (text) => (/[,;]$/.test(text) ? text.slice(0, -1) : text),
  },
  {
    what: () => "base64 around the whole of it",
    fix: () => "Decode it once before it is sent.",
    undo: innerToken,
  },
  {
    what: () => '"+", "/" or "=" of plain base64',
    fix: () => "Have it encoded as base64url without padding (RFC 7515 §2).",
    undo: (text) => text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  },
]

/** `access_token=` and `Authorization:`, but not `Bearer:`, which is a scheme word: `token` and `jwt` may be both. */
function withoutName(text: string): string {
  const [start = "", name = ""] = /^([\w-]{0,40})[:=]\s*/.exec(text) ?? []
  if (start === "" || (schemeOf(name) !== undefined && !["token", "jwt"].includes(name.toLowerCase())))
    return text
  const rest = text.slice(start.length)
  return /^["'e]/.test(rest) || schemeOf(rest) !== undefined ? rest : text
}

function schemeMistake(place: Place, text: string): string {
  const { scheme = "" } = schemeOf(text) ?? {}
  if (!hasPrefix(place)) return `the word ${scheme} before it`
  return place.prefix.toLowerCase().startsWith(scheme.toLowerCase())
    ? `${scheme} twice`
    : `the word ${scheme} too`
}

function hasPrefix(place: Place): place is HeaderPlace {
  return place.kind === "header" && place.prefix.trim() !== ""
}

function schemeFix(place: Place): string {
  if (place.kind !== "header") return `Only a header has one: in ${placeName(place)} send the token alone.`
  return hasPrefix(place)
    ? "Give the client the token alone: it adds the word itself."
    : "Send the token alone, or set value_prefix in from_headers."
}

function percentDecoded(text: string): string {
  try {
    return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}

/** Such as a secret of Kubernetes as `kubectl` prints it. */
function innerToken(text: string): string {
  if (!/^ZX[\w+/-]+=*$/.test(text)) return text
  try {
    const inner = atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""))
    return startsLikeJson(inner) ? inner : text
  } catch {
    return text
  }
}

/** Headers come as one character per byte. */
function utf8Of(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text
  return textOf(Uint8Array.from(text, (character) => character.charCodeAt(0))) ?? text
}
