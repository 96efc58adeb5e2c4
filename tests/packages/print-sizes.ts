// `pnpm size`: what each package weighs in a bundle.
import { measured } from "./sizes.js"

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const rows: Record<string, object> = {}
for (const [what, measure] of Object.entries(measured)) {
  const { minified, gzipped } = await measure()
  rows[what] = { minified: kB(minified), "minified + gzip": kB(gzipped) }
}
console.table(rows)
