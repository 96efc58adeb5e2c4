import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { describe, expect, it } from "vitest"
import { filesOf, textOf } from "./installed.js"

const core = new URL("../../packages/core/package.json", import.meta.url)
const manifest = createRequire(core).resolve("jose/package.json")
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string }
const license = readFileSync(manifest.replace("package.json", "LICENSE.md"), "utf8")

describe("what the CommonJS build of core brings along of jose (decision 007)", () => {
  it("is in one file, once", () => {
    const copiesIn = (file: string) => textOf("core", file).split("function compactVerify(").length - 1
    const copies = filesOf("core").flatMap((file) =>
      file.endsWith(".cjs") && copiesIn(file) > 0 ? [[file, copiesIn(file)]] : [],
    )
    expect(copies).toEqual([["dist/index.cjs", 1]])
  })

  it("is what verifies a signature, and not what signs, encrypts or fetches", () => {
    const text = textOf("core", "dist/index.cjs")
    const modules = [...text.matchAll(/\/\/ .*\/jose@[^/]+\/node_modules\/jose\/dist\/webapi\/(.*)\.js$/gm)]
    expect(modules.map(([, module]) => module)).toMatchInlineSnapshot(`
      [
        "lib/buffer_utils",
        "util/errors",
        "util/base64url",
        "lib/validate",
        "lib/key",
        "lib/key_descriptor",
        "lib/jwe_algorithms",
        "lib/jws_algorithms",
        "lib/jws_verify",
        "jws/compact/verify",
        "lib/key_algorithm",
        "key/import",
      ]
    `)
  })

  it("comes with its license, and with its version for those who look for vulnerable ones", () => {
    const notice = textOf("core", "dist/THIRD-PARTY-LICENSES")
    expect(notice).toContain(`dist/index.cjs contains parts of jose ${version},`)
    expect(notice).toContain(license)
    expect(license).toContain("Permission is hereby granted")
  })
})
