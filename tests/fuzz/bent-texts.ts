import type { Dice } from "./dice.js"

type Bend = (text: string, dice: Dice) => string

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/** What decoders forgive, pass over, or take for something else: U+0141 has the low byte of A. */
const strangers = [
  ..."+/=.,;:%'\"~*",
  ...[" ", "\t", "\r", "\n", "\v", "\f", "\0", "\u007f", "\u0080", "\u00a0", "\u00ad", "\u00ff"],
  ...["\u0141", "\u212a", "\uff21", "\u200b", "\u2028", "\ufeff", "\ufffd", "\ud800", "\udc41", "\u{1d400}"],
]

const at = (text: string, dice: Dice) => dice.below(text.length + 1)
const replaced = (text: string, i: number, by: string) => text.slice(0, i) + by + text.slice(i + 1)

const bends: Readonly<Record<string, Bend>> = {
  "a letter replaced": (text, dice) => replaced(text, at(text, dice), dice.pick([...alphabet])),
  "the last letter replaced": (text, dice) => text.slice(0, -1) + dice.pick([...alphabet]),
  "a letter more": (text, dice) => text + dice.pick([...alphabet]),
  "the end cut": (text, dice) => text.slice(0, -1 - dice.below(4)),
  "the start cut": (text, dice) => text.slice(1 + dice.below(4)),
  "a stranger inside": (text, dice) => {
    const i = at(text, dice)
    return text.slice(0, i) + dice.pick(strangers) + text.slice(i)
  },
  "a stranger for a letter": (text, dice) => replaced(text, at(text, dice), dice.pick(strangers)),
  "a stranger after it": (text, dice) => text + dice.pick(strangers),
  "a stranger before it": (text, dice) => dice.pick(strangers) + text,
  "a letter with the same low byte": (text, dice) => {
    const i = dice.below(text.length)
    return replaced(text, i, String.fromCharCode((text.charCodeAt(i) || 0) + 256 * (1 + dice.below(200))))
  },
  padding: (text) => `${text}${"=".repeat(text.length % 4 === 0 ? 4 : 4 - (text.length % 4))}`,
  "the other alphabet": (text) => text.replaceAll("-", "+").replaceAll("_", "/"),
  "white space to the next length": (text) => text + " ".repeat(4 - (text.length % 4)),
  any: (_, dice) =>
    Array.from({ length: dice.below(40) }, () => dice.pick(dice.onceIn(6) ? strangers : [...alphabet])).join(
      "",
    ),
  long: (text, dice) => text.repeat(Math.ceil(8300 / (text.length + 1))).slice(0, 8180 + dice.below(30)),
}

/** A text that is spelled in another way, or is another one. */
export function bentText(text: string, dice: Dice): { how: string; text: string } {
  const [how, bend] = dice.pick(Object.entries(bends)) as [string, Bend]
  return { how, text: bend(text, dice) }
}
