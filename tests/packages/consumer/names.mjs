// The names that each given subpath exports, imported and required.
import { createRequire } from "node:module"

const require = createRequire(import.meta.url)
const found = {}
for (const specifier of process.argv.slice(2)) {
  const imported = Object.keys(await import(specifier))
  const required = Object.keys(require(specifier))
  found[specifier] = { imported: imported.sort(), required: required.sort() }
}
console.log(JSON.stringify(found))
