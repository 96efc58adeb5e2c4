import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { describe, expect, it } from "vitest"
import { textOf, textsOf } from "./installed.js"

const core = new URL("../../packages/core/package.json", import.meta.url)
const manifest = createRequire(core).resolve("jose/package.json")
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string }
const license = readFileSync(manifest.replace("package.json", "LICENSE.md"), "utf8")

describe("what the CommonJS build of core brings along of jose (decision 007)", () => {
  it("is there once, whatever several entries use of it", () => {
    const copies = textsOf("core", /\.cjs$/).map((text) => text.split("function compactVerify(").length - 1)
    expect(copies.filter((count) => count > 0)).toEqual([1])
  })

  it("is what verifies, signs and makes keys, and not what encrypts or fetches", () => {
    const modules = textsOf("core", /\.cjs$/).flatMap((text) =>
      [...text.matchAll(/\/\/ .*\/jose@[^/]+\/node_modules\/jose\/dist\/webapi\/(.*)\.js$/gm)].map(
        ([, module]) => module,
      ),
    )
    expect([...new Set(modules)].toSorted()).toMatchInlineSnapshot(`
      [
        "jwk/thumbprint",
        "jws/compact/sign",
        "jws/compact/verify",
        "key/export",
        "key/generate_key_pair",
        "key/import",
        "lib/asn1",
        "lib/buffer_utils",
        "lib/jwe_algorithms",
        "lib/jws_algorithms",
        "lib/jws_sign",
        "lib/jws_verify",
        "lib/key",
        "lib/key_algorithm",
        "lib/key_descriptor",
        "lib/validate",
        "util/base64url",
        "util/errors",
      ]
    `)
  })

  it("comes with its license, and with its version for those who look for vulnerable ones", () => {
    const notice = textOf("core", "dist/THIRD-PARTY-LICENSES")
    expect(notice).toContain(`The .cjs files in dist contain parts of jose ${version},`)
    expect(notice).toContain(license)
    expect(license).toContain("Permission is hereby granted")
  })
})
