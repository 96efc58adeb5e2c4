import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { cli, type World } from "./memory-io.js"

const jwks = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}'

const plugin = `global_auth: true
consumers:
  - name: web
    issuer: https://web.test
    jwks: '${jwks}'
  - name: partner
    issuer: https://partner.test
    keep_token: false
    jwks: '${jwks}'
_rules_:
  - _match_service_: [billing]
    allow: [web]
  - _match_route_: [orders]
    allow: [web]
  - _match_domain_: ["*.example.com"]
    allow: [partner]
    limit: 3
`
const resource = `apiVersion: v1
kind: ConfigMap
---
kind: WasmPlugin
spec:
  defaultConfig:
    consumers:
      - name: web
        issuer: https://web.test
        jwks: '${jwks}'
  matchRules:
    - ingress: [orders]
      config:
        allow: [web]
    - ingress: [refunds]
      configDisable: true
      config: {}
    - domain: [example.com]
      config:
        allow: [web]
---
`
const secret = "s".repeat(32)
const standalone = `consumers:
  - username: jack
    plugins:
      jwt-auth: { key: jack-key, secret: ${secret} }
routes:
  - uri: /orders/*
    name: orders
    plugins:
      jwt-auth: {}
      ip-restriction: { whitelist: [10.0.0.0/8] }
  - { uri: /health, id: 7 }
#END
`
const jack = { username: "jack", plugins: { "jwt-auth": { key: "jack-key", secret } } }
const rose = { username: "rose", plugins: { "jwt-auth": { key: "rose-key", secret } } }

const run = (gateway: string, text: string, ...options: string[]) =>
  cli(["import", gateway, "in.yaml", ...options], { files: { "in.yaml": text } })

/** `kind line:column path` of the notes. */
async function notesOf(gateway: string, files: Record<string, string>) {
  const { out } = await cli(["import", gateway, "--json", ...Object.keys(files)], { files })
  const { notes } = JSON.parse(out) as { notes: Record<string, string>[] }
  return notes.map(({ kind, file, line, column, path }) => `${kind} ${file}:${line}:${column} ${path}`)
}

/** The lines from a comment to the first line of what it is about. */
function commented(yaml: string): string[] {
  const blocks = yaml.match(/(?:^ +# .*\n)+^ +- .*\n/gm) ?? []
  return blocks.map((block) => {
    const about = block.trimEnd().split("\n").at(-1)?.trim()
    return `${about} | ${[...block.matchAll(/# (?:lost|differs|info): .*/g)].join(" | ")}`
  })
}

describe("import higress", () => {
  it("writes YAML to standard output, and the notes to standard error: lost, then differs, then info", async () => {
    const { out, err, code } = await run("higress", plugin)
    expect(code).toBe(1)
    expect(out.split("\n").slice(0, 2)).toEqual([
      "# yaml-language-server: $schema=./node_modules/@jwt-auth/core/dist/config.schema.json",
      "# Imported from in.yaml (Higress).",
    ])
    expect(parse(out).rules.map(({ match }: { match: object }) => match)).toEqual([
      { route: ["orders"] },
      { domain: ["*.example.com"] },
      {},
    ])
    expect(err.match(/^\w+(?=: )/gm)).toEqual(["lost", "differs"])
    expect(err).toContain(`  in.yaml:17:5: _rules_[2].limit
    there  not a field that the plugin knows
    here   left out.
`)
  })

  it("has every note above the consumer or rule that it is about, and the others at the top", async () => {
    const { out } = await run("higress", plugin)
    expect(commented(out)).toEqual([
      "- name: partner | # differs: consumers[1].keep_token",
      "- match: | # differs: _rules_[1]._match_route_",
      "- match: | # lost: _rules_[2].limit | # differs: _rules_[2]",
    ])
    const [header = ""] = out.split("\n\n")
    expect(header).toContain("\n# lost: _rules_[0]._match_service_\n")
    expect(header).toContain("\n# differs: consumers\n")
    expect(out.match(/# lost: _rules_\[2\].limit\n(?:.*# .*\n)+ {2}- match:\n {6}domain/)).not.toBeNull()
  })

  it("finds the resource among the documents of a file, and says where its parts are in that file", async () => {
    const { out, code } = await run("higress", resource)
    expect(code).toBe(0)
    expect(commented(out)).toEqual([
      "- match: | # differs: [1].spec.matchRules[0].ingress",
      "- match: | # differs: [1].spec.matchRules[2]",
    ])
    expect(await notesOf("higress", { a: resource })).toEqual(
      expect.arrayContaining([
        "info a:1:1 [0]",
        "info a:15:7 [1].spec.matchRules[1]",
        "differs a:12:7 [1].spec.matchRules[0].ingress",
      ]),
    )
  })

  it("reads several files as documents of one import", async () => {
    const [config = "", wasm = ""] = resource.split("---\n")
    const notes = await notesOf("higress", { a: config, b: wasm })
    expect(notes).toEqual(
      expect.arrayContaining(["info a:1:1 [0]", "differs b:9:7 [1].spec.matchRules[0].ingress"]),
    )
    const { err, code } = await cli(["import", "higress", "a", "b"], { files: { a: plugin, b: plugin } })
    expect(code).toBe(2)
    expect(err).toMatch(/^b:1:1: error: \[1\] is a second plugin/)
    const twice = await run("higress", `${plugin}---\n${plugin}`)
    expect(twice.err).toMatch(/^in\.yaml:19:1: error: \[1\] is a second plugin/)
  })

  it("takes JSON, also a list of resources, and standard input", async () => {
    const list = JSON.stringify([parse(plugin), { kind: "Service" }], null, 1)
    const { out, err, code } = await cli(["import", "higress", "-"], { stdin: list })
    expect(code).toBe(1)
    expect(out).toContain("# Imported from standard input (Higress).")
    expect(err).toMatch(/<stdin>:\d\d:5: \[0\]\._rules_\[2\]\.limit/)
  })
})

describe("import apisix", () => {
  it("writes what a standalone apisix.yaml says", async () => {
    const { out, code, err } = await run("apisix", standalone)
    expect(code).toBe(1)
    expect(commented(out)).toEqual(["- name: orders | # lost: routes[0].plugins.ip-restriction"])
    expect(parse(out)).toMatchObject({
      consumers: [{ name: "jack", claims: { key: "jack-key" } }],
      rules: [
        { name: "route 7", public: true },
        { name: "orders", allow: "any" },
      ],
    })
    expect(err).toContain("  in.yaml:10:7: routes[0].plugins.ip-restriction\n    there  A plugin")
  })

  it("joins what the admin API answers, in files and documents of any kind, and objects by themselves", async () => {
    const files = {
      "list.json": JSON.stringify({ total: 1, list: [{ key: "/apisix/consumers/jack", value: jack }] }),
      "one.json": JSON.stringify({ key: "/apisix/consumers/rose", value: rose }),
      "more.yaml": `username: mary\nplugins: { jwt-auth: { key: mary-key, secret: ${secret} } }\n---\n${standalone
        .replace("jack", "anna")
        .replace("jack-key", "anna-key")}`,
      "route.json": JSON.stringify({ uri: "/refunds", name: "refunds", plugins: { "jwt-auth": {} } }),
    }
    const { out, code } = await cli(["import", "apisix", ...Object.keys(files)], { files })
    expect(code).toBe(1)
    const { consumers, rules } = parse(out)
    expect(consumers.map(({ name }: { name: string }) => name)).toEqual(["jack", "rose", "mary", "anna"])
    expect(rules.map(({ name }: { name: string }) => name).toSorted()).toEqual([
      "orders",
      "refunds",
      "route 7",
    ])
    expect(await notesOf("apisix", files)).toContain("lost more.yaml:13:7 routes[0].plugins.ip-restriction")
    expect(out).toContain("# Imported from list.json, one.json, more.yaml, route.json (Apache APISIX).")
  })

  it("says of every document where its problem is", async () => {
    const files = {
      a: JSON.stringify(
        { list: [{ key: "/apisix/consumers/jack", value: { ...jack, plugins: 1 } }] },
        null,
        1,
      ),
      b: "username: rose\nplugins:\n  jwt-auth: { key: rose-key }\n",
    }
    const { err, code } = await cli(["import", "apisix", "a", "b"], { files })
    expect(code).toBe(2)
    expect(err.match(/^[ab]:\d+:\d+: error: \S+/gm)).toEqual([
      "a:7:5: error: consumers[0].value.plugins",
      "b:3:3: error: consumers[1].plugins.jwt-auth.secret",
    ])
  })

  it("takes credentials that the admin API lists apart", async () => {
    const files = {
      a: JSON.stringify({ username: "jack" }),
      b: JSON.stringify({
        list: [{ key: "/apisix/consumers/jack/credentials/one", value: { plugins: jack.plugins } }],
      }),
    }
    const { out, code } = await cli(["import", "apisix", "a", "b"], { files })
    expect([code, parse(out).consumers]).toMatchObject([0, [{ name: "jack", claims: { key: "jack-key" } }]])
  })

  it("joins lists only: two plugins, or maps of one name, are refused with their places", async () => {
    const { err, code } = await cli(["import", "apisix", "-"], {
      stdin: `plugin: { realm: a }\nconsumers: { jack: {} }\n---\nplugin: { realm: b }\nconsumers: []\n`,
    })
    expect(code).toBe(2)
    expect(err.match(/^<stdin>:\d+:\d+: error: \w+ stands in another document/gm)).toHaveLength(3)
  })

  it.each(["{}", "", "error_msg: failed to check token", '{"total":0,"list":[]}'])(
    "refuses what has nothing of the gateway in it: %j",
    async (stdin) => {
      expect(await cli(["import", "apisix", "-"], { stdin })).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringContaining("there are no consumers, routes or plugins to import"),
      })
    },
  )

  it("takes a weak secret only when asked to, and says so", async () => {
    const weak = standalone.replace(secret, "short")
    const refused = await run("apisix", weak)
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(
      /^in\.yaml:4:34: error: .*secret of consumer "jack" is too weak.*\n {4}→ .*--allow-weak-hmac/,
    )
    const { out } = await run("apisix", weak, "--allow-weak-hmac")
    expect(parse(out).consumers[0].allow_weak_hmac).toBe(true)
    expect(commented(out)[0]).toBe("- name: jack | # info: consumers[0].plugins.jwt-auth.secret")
  })

  it("puts no note above a rule whose name two routes have", async () => {
    const twice = standalone.replace("id: 7", "name: orders")
    expect(commented((await run("apisix", twice)).out)).toEqual([])
  })
})

describe.each([
  ["higress", plugin.replace("    limit: 3\n", "").replace(/ {2}- _match_service.*\n.*\n/, "")],
  ["apisix", standalone.replace(/ {6}ip-restriction.*\n/, "")],
])("import %s", (gateway, text) => {
  it("ends with 0 when nothing was lost, and check takes what it has written", async () => {
    const imported = await run(gateway, text, "-o", "out.yaml")
    expect([imported.code, imported.out]).toEqual([0, ""])
    expect(imported.err).toMatch(/\njwt-auth: out\.yaml is written\n$/)
    const { code, out } = await cli(["check", "out.yaml"], {
      files: Object.fromEntries(imported.files) as World["files"] & object,
    })
    expect([code, out.split("\n")[0]]).toEqual([0, "out.yaml: ok"])
  })

  it("writes the same every time, and to a file what it would print", async () => {
    const { out } = await run(gateway, text)
    expect((await run(gateway, text)).out).toBe(out)
    expect((await run(gateway, text, "-o", "f")).files.get("f")).toBe(out)
    expect((await run(gateway, text, "-o", "-")).out).toBe(out)
  })

  it("says nothing of the folder that the file is in", async () => {
    const { out } = await cli(["import", gateway, "secret/folder/in.yaml"], {
      files: { "secret/folder/in.yaml": text },
    })
    expect(out).toBe((await run(gateway, text)).out)
  })

  it("--json prints the same config with the notes and their places, and nothing for people", async () => {
    const { out, err, code } = await run(gateway, text, "--json")
    expect([code, err]).toEqual([0, ""])
    const { config, notes } = JSON.parse(out)
    const keyed = JSON.stringify(config, (name, value) =>
      name === "jwks" && typeof value === "string" ? JSON.parse(value) : value,
    )
    const printed = JSON.stringify(parse((await run(gateway, text)).out), (name, value) =>
      name === "jwks" ? JSON.parse(value) : value,
    )
    expect(JSON.parse(printed)).toEqual(JSON.parse(keyed))
    expect(notes[0]).toMatchObject({
      kind: expect.any(String),
      path: expect.any(String),
      there: expect.any(String),
      here: expect.any(String),
    })
  })

  it("colours the notes and never the YAML", async () => {
    const coloured = await cli(["import", gateway, "f"], {
      files: { f: text },
      env: { FORCE_COLOR: "1" },
      isTerminal: true,
    })
    const plain = await cli(["import", gateway, "f"], { files: { f: text }, isTerminal: true })
    expect(plain.out + plain.err).not.toContain("\u001b")
    expect(coloured.out).toBe(plain.out)
    expect(coloured.err).toContain("\u001b[")
    expect(coloured.err.replace(/\u001b\[\d+m/g, "")).toBe(plain.err)
  })
})

describe("a command line that is wrong ends with 2", () => {
  it.each([
    [["import"], "Usage: jwt-auth import"],
    [["import", "nginx", "f"], "unknown command nginx"],
    [["import", "higress"], "missing required argument 'file'"],
    [["import", "higress", "none"], "cannot read none: no such file"],
    [["import", "higress", "f", "--json", "-o", "g"], "give either --json or --out"],
    [["import", "higress", "f", "--allow-weak-hmac"], "unknown option --allow-weak-hmac"],
  ])("%j", async (argv, problem) => {
    const { code, out, err } = await cli(argv, { files: { f: plugin } })
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain(problem)
  })

  it.each(["", "higress", "apisix"])("and --help of import %s says what the codes mean", async (gateway) => {
    const { out, code } = await cli(["import", ...(gateway === "" ? [] : [gateway]), "--help"])
    expect(code).toBe(0)
    expect(out).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*lost.*\n {2}2 /)
    expect(out).toMatch(/Examples:\n {2}\$ jwt-auth import/)
    const [body = ""] = out.split("Examples:")
    expect(body.split("\n").filter((line) => line.length > 110)).toEqual([])
  })
})

it("the program writes a file that only its owner can read", () => {
  const folder = mkdtempSync(join(tmpdir(), "jwt-auth-cli-"))
  try {
    writeFileSync(join(folder, "apisix.yaml"), standalone)
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
    const tsx = fileURLToPath(import.meta.resolve("tsx"))
    const args = [
      "--conditions=@jwt-auth/source",
      "--import",
      tsx,
      main,
      "import",
      "apisix",
      "apisix.yaml",
      "-o",
      "out.yaml",
    ]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    })
    expect([status, stdout]).toEqual([1, ""])
    expect(stderr).toContain("apisix.yaml:10:7: routes[0].plugins.ip-restriction")
    expect(statSync(join(folder, "out.yaml")).mode & 0o777).toBe(0o600)
    expect(parse(readFileSync(join(folder, "out.yaml"), "utf8")).consumers).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)
