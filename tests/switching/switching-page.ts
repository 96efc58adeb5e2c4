import { readdirSync } from "node:fs"
import { join } from "node:path"
import { blocksOf, root, tableAfter } from "../docs/pages.js"

const folder = "docs/switching"

export const pages: readonly string[] = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)

export type Side = "before" | "after"
export const sides: readonly Side[] = ["before", "after"]

/** The two programs of a page stand in this order. */
export function programOf(page: string, side: Side): string {
  const programs = blocksOf(page).filter(({ language }) => language === "ts")
  if (programs.length !== sides.length) throw new Error(`${page} must have two programs`)
  return programs[sides.indexOf(side)]?.text ?? ""
}

/** What a page says of a request, or of an answer, where the two programs differ. */
export interface Difference extends Readonly<Record<Side, string>> {
  readonly about: string
  /** The field by which the program after answers as the one before, such as `require_exp: false`; empty for none. */
  readonly asBefore: string
}

/** The rows of the table of differences. One row may be about several requests: `this; that`. */
export function differencesOf(page: string): readonly Difference[] {
  return tableAfter(page, "differences").flatMap(([about = "", before = "", after = "", , field = ""]) =>
    about.split("; ").map((one) => ({ about: one, before, after, asBefore: field.replaceAll("`", "") })),
  )
}
