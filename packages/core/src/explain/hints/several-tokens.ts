import type { Place } from "../../config/policy.js"
import { placeName } from "../place-name.js"
import { tokenIn } from "./lookalike.js"

/** More than one credential where one belongs. */
export function severalTokensHint(text: string, place: Place): string | undefined {
  const values = text.split(",", most).filter((value) => value.trim() !== "")
  if (place.kind === "header" && values.length > 1 && values.some((value) => tokenIn(value) !== undefined)) {
    return `The ${placeName(place)} was sent more than once, or holds several values. Send one: which of several counts must not depend on who reads them.`
  }
  const tokens = text.split(/[\s,;]/, most).filter((piece) => tokenIn(piece) !== undefined)
  return tokens.length > 1 ? `Several tokens stand in ${placeName(place)}. Send one.` : undefined
}

/** Enough to see that there is more than one. */
const most = 16
