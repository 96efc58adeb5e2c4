import {
  nodeReader,
  portableReader,
  type SegmentReader,
} from "../../packages/core/src/verify/read-segment.js"
import { createTokenBytes } from "../../packages/core/src/verify/token-bytes.js"
import { bentText } from "./bent-texts.js"
import type { Dice } from "./dice.js"
import type { Disagreement } from "./disagreement.js"
import { jsonBytes } from "./json-texts.js"
import { base64url } from "./keys.js"

const longest = 8192

/** The readers of a segment, by name. The first one's word is held against that of the others. */
export function segmentReaders(): Readonly<Record<string, SegmentReader>> {
  const onNode = nodeReader(createTokenBytes(longest + 1))
  if (onNode === undefined) throw new Error("this is not Node")
  return { node: onNode, portable: portableReader }
}

/** One segment, as every reader reads it. */
export function compareReaders(
  readers: Readonly<Record<string, SegmentReader>>,
  dice: Dice,
): { disagreement?: Disagreement; good: boolean } {
  const straight = base64url(jsonBytes(dice))
  const { how, text } = dice.onceIn(2) ? { how: "as it is", text: straight } : bentText(straight, dice)
  const segment = text.slice(0, longest)
  const saw = Object.fromEntries(
    Object.entries(readers).map(([name, reader]) => [
      name,
      {
        isCanonical: reader.takes(`.${segment}`, 1),
        object: reader.takes(`${segment}.`, segment.length + 1) ? reader.object(segment) : undefined,
      },
    ]),
  )
  // By a third way: what is canonical comes back as it went in.
  const comesBack = Buffer.from(segment, "base64url").toString("base64url") === segment
  const [first, ...others] = Object.values(saw)
  const agree =
    first?.isCanonical === comesBack && others.every((one) => JSON.stringify(one) === JSON.stringify(first))
  const good = first?.object !== undefined
  if (agree) return { good }
  return { good, disagreement: { about: "readers", how, saw: { ...saw, comesBack }, input: { segment } } }
}
