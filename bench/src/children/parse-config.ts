// How long it takes from the text of a config to an authenticator: parse-config.ts file
import { readFileSync } from "node:fs"
import { createAuthenticator } from "@jwt-auth/core"
import { report } from "./run-child.js"

const text = readFileSync(process.argv[2] ?? "", "utf8")

const start = performance.now()
const config = JSON.parse(text)
const parsed = performance.now()
createAuthenticator(config)
const ready = performance.now()

report({ json: parsed - start, authenticator: ready - parsed })
