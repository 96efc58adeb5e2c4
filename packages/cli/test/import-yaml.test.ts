import { type Consumer, checkConfig, type JwtAuthConfig, type Rule } from "@jwt-auth/core"
import type { ImportNote } from "@jwt-auth/core/import"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { placeNotes } from "../src/import/note-places.js"
import { renderYaml } from "../src/import/render-yaml.js"
import { parseText } from "../src/parse-document.js"

const key = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }
const jwks = { keys: [key] }
const web: Consumer = { name: "web", issuer: "https://web.test", jwks }

/** The text means this config: key sets stand in it as JSON text. */
function meaningOf(yaml: string): unknown {
  const parsed = parseText(yaml)
  if ("problem" in parsed) throw new Error(`${parsed.problem.message}\n${yaml}`)
  return withParsedKeys(parsed.value as JwtAuthConfig)
}

function withParsedKeys({ consumers, rules, ...rest }: JwtAuthConfig): unknown {
  const read = (list: readonly Consumer[]) =>
    list.map(({ jwks, ...consumer }) => ({
      ...consumer,
      jwks: typeof jwks === "string" ? (JSON.parse(jwks) as unknown) : jwks,
    }))
  const rulesRead = rules?.map((rule) => ({
    ...rule,
    ...(rule.consumers && { consumers: read(rule.consumers) }),
  }))
  return { ...rest, consumers: read(consumers), ...(rulesRead && { rules: rulesRead }) }
}

const noNotes = placeNotes([], () => undefined)
const written = (config: JwtAuthConfig, notes: readonly ImportNote[] = [], title = "Imported.") =>
  renderYaml(
    config,
    placeNotes(notes, (path) => ({ list: path.startsWith("r") ? "rules" : "consumers", index: 0 })),
    title,
  )

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(..."\n\r\t #:-'\"&*!|>%@`[]{},?<=~\\\u2028\u0085\u202e\u034f\ufe0f\ufeff"),
    maxLength: 8,
  }),
  fc.constantFrom(
    "yes",
    "no",
    "on",
    "null",
    "~",
    "1e3",
    "0x1f",
    "0o7",
    "1_000",
    "12:30:45",
    "2026-01-15",
    "<<",
    "=",
  ),
  fc.constantFrom(
    "---",
    "...",
    "# x",
    "",
    " ",
    "x".repeat(100),
    "a\nb: c\n",
    "%YAML 1.1",
    "\ud800",
    "\u{e0100}",
  ),
)
const name = text.filter((value) => value !== "__proto__")
const consumer = fc.record({
  name: text,
  claims: fc.dictionary(name, text, { maxKeys: 4 }),
  jwks: fc.record({ keys: fc.array(fc.dictionary(name, text, { maxKeys: 3 }), { maxLength: 3 }) }),
  types: fc.array(text, { maxLength: 3 }),
})
const config = fc.record(
  {
    global_auth: fc.boolean(),
    realm: text,
    consumers: fc.array(consumer, { minLength: 1, maxLength: 3 }),
    rules: fc.array(
      fc.record({
        name: text,
        match: fc.record({ path: text }),
        consumers: fc.array(consumer, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ["consumers", "rules"] },
)
const note = fc.record({
  kind: fc.constantFrom("lost" as const, "differs" as const, "info" as const),
  path: text,
  there: text,
  here: text,
})

describe("the written YAML means exactly the config", () => {
  it("whatever texts are in it, and whatever the notes and the file's name say", () => {
    fc.assert(
      fc.property(config, fc.array(note, { maxLength: 5 }), text, (config, notes, title) => {
        expect(meaningOf(written(config, notes, title))).toEqual(withParsedKeys(config))
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it("also to a parser of YAML 1.1, where yes is true and 12:30 is a number", () => {
    const values = [
      "yes",
      "off",
      "012",
      "0b1",
      "1_000",
      "12:30:45",
      "2026-01-15",
      "~",
      "null",
      ".5",
      "=",
      "y",
    ]
    const claims = Object.fromEntries(values.map((value) => [value, value]))
    const yaml = written({ consumers: [{ ...web, claims }] })
    const { consumers } = parse(yaml, { version: "1.1" }) as JwtAuthConfig
    expect(consumers[0]?.claims).toEqual(claims)
  })

  it("and nothing else: no anchor, no alias, no tag", () => {
    const types = ["JWT"]
    const yaml = written({
      consumers: [
        { ...web, types },
        { ...web, name: "b", issuer: "b", types },
      ],
    })
    expect(yaml).not.toMatch(/[&*!]/)
  })

  it("is taken by the library, and key sets given as text or as objects are the same to it", () => {
    const compact = JSON.stringify({ keys: [key] })
    const one = written({ global_auth: true, consumers: [web] })
    expect(written({ global_auth: true, consumers: [{ ...web, jwks: compact }] })).toBe(one)
    expect(checkConfig((parseText(one) as { value: unknown }).value)).toMatchObject({ issues: [] })
  })

  it("has nothing in it that a terminal or an editor would obey or not show", () => {
    fc.assert(
      fc.property(config, fc.array(note, { maxLength: 3 }), text, (config, notes, title) => {
        const yaml = written(config, notes, title).replaceAll("\n", "")
        expect(yaml).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

describe("the written YAML is made to be read", () => {
  it("with the keys in lines of their own, after the name, and short lists in one", () => {
    const rules: readonly Rule[] = [{ match: { route: ["a", "b"] }, allow: ["web"] }]
    expect(renderYaml({ consumers: [{ ...web, keep_token: false }], rules }, noNotes, "From here.")).toBe(
      `# yaml-language-server: $schema=./node_modules/@jwt-auth/core/dist/config.schema.json
# From here.

consumers:
  - name: web
    issuer: https://web.test
    jwks: |
      {
        "keys": [
          {
            "kty": "OKP",
            "crv": "Ed25519",
            "x": "${key.x}"
          }
        ]
      }
    keep_token: false
rules:
  - match:
      route: [a, b]
    allow: [web]
`,
    )
  })

  it("with a warning when it holds a secret", () => {
    const secret = { keys: [{ kty: "oct", k: "A".repeat(43) }] }
    const warning = "# It holds HMAC secrets: whoever reads it can sign tokens.\n"
    const own: Rule = { match: {}, consumers: [{ ...web, jwks: JSON.stringify(secret) }] }
    expect(written({ consumers: [{ ...web, jwks: secret }] })).toContain(warning)
    expect(written({ consumers: [web], rules: [own] })).toContain(warning)
    expect(written({ consumers: [web] })).not.toContain(warning)
  })

  it("with each note where it belongs, what was lost first, and long ones in several lines", () => {
    const here = Array(30).fill("word").join(" ")
    const notes: ImportNote[] = [
      { kind: "info", path: "c", there: "t1", here: "h1" },
      { kind: "lost", path: "c", there: "t2", here },
      { kind: "info", path: "c", there: "t3", here: "h3" },
    ]
    expect(written({ consumers: [web] }, notes)).toContain(`
consumers:
  # lost: c
  #   there: t2
  #   here:  ${Array(20).fill("word").join(" ")}
  #          ${Array(10).fill("word").join(" ")}
  # info: c
  #   there: t1
  #   here:  h1
  #   there: t3
  #   here:  h3
  - name: web
`)
  })
})
