import { createAuthenticator, type JwtAuthConfig, parseConfig } from "@jwt-auth/core"
import { describe, expect, it } from "vitest"
import { fieldsIn } from "../../packages/core/src/config/parse.js"
import { denials } from "../../packages/core/src/denials.js"
import { blocksOf, programPages, tableAfter } from "./pages.js"

const code = (text: string) => `\`${text}\``
const configuration = "docs/configuration.md"
const ed25519 = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }
const consumer = { name: "web", issuer: "https://login.example.com", jwks: { keys: [ed25519] } }

describe("tables of denials say what denials.ts says", () => {
  it.each(["README.md", "docs/denials.md"])("%s", (page) => {
    const shown = tableAfter(page, "denials: status, code, message").map((row) => row.slice(0, 3))
    const real = Object.entries(denials).map(([name, { status, message }]) => [
      String(status),
      code(name),
      message,
    ])
    expect(shown).toEqual(real)
  })
})

describe("tables of fields list every field that the config has, and no other", () => {
  it.each([
    ["document", ""],
    ["consumer", "consumers"],
    ["rule", "rules"],
    ["match", "match"],
    ["from_headers", "from_headers"],
    ["claims_to_headers", "claims_to_headers"],
  ])("%s", (mark, name) => {
    const shown = tableAfter(configuration, `fields: ${mark}`).map(([field]) => field)
    expect(shown.toSorted()).toEqual(fieldsIn(name).map(code).toSorted())
  })
})

describe("the defaults in the tables are the defaults in force", () => {
  const place = { name: "Authorization" }
  const forward = { claim: "sub", header: "X-User-Id" }
  const full = parseConfig({
    consumers: [{ ...consumer, from_headers: [place], claims_to_headers: [forward] }],
    rules: [{ match: {}, allow: "any" }],
  })
  const [parsed] = full.consumers

  it.each([
    ["document", full],
    ["consumer", parsed],
    ["rule", full.rules?.[0]],
    ["from_headers", parsed?.from_headers?.[0]],
    ["claims_to_headers", parsed?.claims_to_headers?.[0]],
  ])("%s", (mark, inForce) => {
    const given = ["consumers", "rules", "name", "issuer", "jwks", "match", "allow", "claim", "header"]
    const listed = new Map(
      tableAfter(configuration, `fields: ${mark}`).map(([field, value]) => [field, value]),
    )
    for (const [field, value] of Object.entries(inForce ?? {})) {
      if (given.includes(field) || field === "from_headers" || field === "claims_to_headers") continue
      expect(listed.get(code(field)), field).toBe(code(value === "" ? '""' : String(value)))
    }
  })

  it("the README's own short table agrees", () => {
    const listed = new Map(tableAfter("README.md", "defaults").map(([field = "", value]) => [field, value]))
    for (const field of ["clock_skew_seconds", "require_exp", "keep_token"] as const) {
      expect(listed.get(code(field)), field).toMatch(new RegExp(`^\`${parsed?.[field]}\``))
    }
  })
})

describe("the table of global_auth says what the core does", () => {
  const rules: Readonly<Record<string, NonNullable<JwtAuthConfig["rules"]>>> = {
    none: [],
    "only `public` ones": [{ match: { path: "/public" }, public: true }],
    "some with `allow` or `consumers`": [{ match: { path: "/private" }, allow: "any" }],
  }
  const settings = [true, false, undefined]

  it.each(tableAfter(configuration, "global_auth").map((row) => [row[0] ?? "", row.slice(1)] as const))(
    "rules: %s",
    async (label, shown) => {
      const real = settings.map(async (global_auth) => {
        const { decide } = createAuthenticator({
          global_auth,
          consumers: [consumer],
          rules: rules[label] ?? [],
        })
        const { outcome } = await decide({ method: "GET", host: "localhost", path: "/other", headers: {} })
        return outcome === "deny" ? "yes" : "no"
      })
      expect(Object.keys(rules)).toContain(label)
      expect(shown).toEqual(await Promise.all(real))
    },
  )
})

describe("YAML examples name only fields that exist", () => {
  const known = new Set(
    ["", "consumers", "rules", "match", "from_headers", "claims_to_headers"].flatMap(fieldsIn),
  )
  // The files of a transcript are read by the command line itself, some of them for what is wrong in them.
  const examples = programPages
    .flatMap(blocksOf)
    .filter(({ language, marks }) => language === "yaml" && !marks.some((mark) => mark.startsWith("file: ")))

  it.each(examples.map(({ page, line, text }) => [`${page}:${line}`, text] as const))("%s", (_, text) => {
    const lines = text.split("\n").filter((line) => !/^\s*[#{]/.test(line))
    const fields = lines.flatMap((line) =>
      [...line.matchAll(/(?:^\s*(?:- )?|[{,] )(\w+):/g)].map(([, name]) => name),
    )
    expect(fields.filter((field) => field === undefined || !known.has(field))).toEqual([])
    expect(fields.length).toBeGreaterThan(0)
  })
})
