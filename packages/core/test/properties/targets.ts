import fc from "fast-check"
import { textOf } from "./settings.js"

const separators = ["/", "//", "\\", "/\\", "%2f", "%2F", "%5c", "%252f", "%255C"]
const dots = [".", "..", "%2e", "%2E%2e", ".%2e", "%252e%252e", "..;", "..;x=1", "%2e%2e;"]
const ends = ["", ";", ";v=1", "%3b", "%00", "%00.html", "#", "#/public", "?", "?/public/", "%", "%zz"]
const names = ["public", "PUBLIC", "%70ublic", "publi%63", "admin", "ADMIN", "%61dmin", "adm%2569n", "x", ""]
const others = ["%c3%a9", "%C3%89", "%ff", "%c0%ae", "~", "+", "%20", "@", "public2", "'"]
const starts = ["/", "/", "/", "/", "//", "/\\", "http://h", "http://h/", "http://u@h", "//u@h/", "/\\u@h"]

const pieces = fc.oneof(
  textOf([...separators, ...dots, ...ends, ...names, ...others], 10),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...separators),
        fc.constantFrom(...names, ...dots),
        fc.constantFrom("", "", ...ends),
      ),
      { maxLength: 6 },
    )
    .map((segments) => segments.flat().join("")),
)

/** A request target as Node's parser lets it through, put together from everything that is read in two ways. */
export const trickyTarget = fc.tuple(fc.constantFrom(...starts), pieces).map(([start, rest]) => start + rest)
