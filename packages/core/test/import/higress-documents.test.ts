import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import {
  consumerWith,
  importedRules,
  notesAt,
  problemLines,
  sourceWith,
  withRules,
} from "./higress-source.js"

const web = { allow: ["web"] }
const defaultConfig = sourceWith({ global_auth: false })
const resource = (spec: object) => ({
  apiVersion: "extensions.higress.io/v1alpha1",
  kind: "WasmPlugin",
  metadata: { name: "jwt-auth", namespace: "higress-system" },
  spec: { url: "oci://images.example/jwt-auth:1.0.0", phase: "AUTHN", priority: 340, ...spec },
})
const withMatchRules = (...matchRules: readonly object[]) => resource({ defaultConfig, matchRules })

describe("a WasmPlugin resource", () => {
  it("is its defaultConfig with the rules of matchRules, as given and in order", () => {
    const source = withMatchRules(
      { ingress: ["default/foo", "default/bar"], config: web },
      { domain: ["*.example.com"], config: web, configDisable: false },
    )
    expect(fromHigress(source).config).toEqual({
      ...defaultConfig,
      rules: [
        { match: { route: ["default/foo", "default/bar"] }, allow: ["web"] },
        { match: { domain: ["*.example.com"] }, allow: ["web"] },
      ],
    })
    expect(notesAt(source, "spec.matchRules[0].ingress")).toHaveLength(1)
  })

  it("says nothing of how it is deployed", () => {
    expect(
      fromHigress(resource({ defaultConfig, failStrategy: "FAIL_OPEN" })).notes.map(({ path }) => path),
    ).toEqual(fromHigress(defaultConfig).notes.map(({ path }) => `spec.defaultConfig.${path}`))
  })

  it("may be given by its spec alone", () => {
    expect(fromHigress({ defaultConfig }).config).toEqual(fromHigress(defaultConfig).config)
  })

  it("a rule that is switched off is no rule", () => {
    const off = { domain: ["a.com"], config: { _disable_: true }, configDisable: true }
    expect(importedRules(withMatchRules(off))).toBeUndefined()
    expect(notesAt(withMatchRules(off), "spec.matchRules[0]")).toEqual([
      expect.stringMatching(/^info: switched off/),
    ])
    const { consumers } = defaultConfig as { consumers: unknown }
    expect(
      fromHigress(resource({ defaultConfig: { consumers }, matchRules: [off] })).config.global_auth,
    ).toBeUndefined()
  })

  it("a service is what an app cannot see", () => {
    const source = withMatchRules({ service: ["a.default.svc.cluster.local"], config: web })
    expect(notesAt(source, "spec.matchRules[0].service")).toEqual([expect.stringMatching(/^lost: /)])
  })

  it("ingress beside domain: the domain is not looked at", () => {
    const source = withMatchRules({ ingress: ["default/foo"], domain: ["a.com"], config: web })
    expect(importedRules(source)).toEqual([{ match: { route: ["default/foo"] }, allow: ["web"] }])
    expect(notesAt(source, "spec.matchRules[0].domain")).toHaveLength(1)
  })

  it("pluginConfig is the config as it is, and the rest is lost", () => {
    const pluginConfig = withRules({ _match_route_: ["a"], ...web })
    expect(fromHigress(resource({ pluginConfig })).config).toEqual(fromHigress(pluginConfig).config)
    const both = resource({ pluginConfig, matchRules: [] })
    expect(notesAt(both, "spec.matchRules")).toEqual([
      "lost: not looked at beside pluginConfig -> left out as well",
    ])
  })

  it("_rules_ in defaultConfig count while matchRules has none", () => {
    const inDefault = withRules({ _match_route_: ["a"], ...web })
    expect(importedRules(resource({ defaultConfig: inDefault }))).toHaveLength(1)
    const both = resource({ defaultConfig: inDefault, matchRules: [{ domain: ["b.com"], config: web }] })
    expect(importedRules(both)).toEqual([{ match: { domain: ["b.com"] }, allow: ["web"] }])
    expect(notesAt(both, "spec.defaultConfig._rules_")).toHaveLength(1)
  })

  it.each<[string, object, readonly string[]]>([
    [
      "no consumers, since the defaults are switched off",
      { defaultConfig, defaultConfigDisable: true, matchRules: [{ domain: ["a.com"], config: web }] },
      [
        "spec.defaultConfigDisable: leaves the rules without consumers, and then the gateway asks for no token",
      ],
    ],
    [
      "no defaultConfig",
      { matchRules: [{ domain: ["a.com"], config: web }] },
      ["spec.defaultConfig.consumers: is missing: without consumers the gateway asks for no token"],
    ],
    [
      "a rule without config",
      { defaultConfig, matchRules: [{ domain: ["a.com"] }] },
      ["spec.matchRules[0].config: has no allow, which denies everybody"],
    ],
    [
      "a rule about nothing",
      { defaultConfig, matchRules: [{ config: web }] },
      ["spec.matchRules[0]: names no requests"],
    ],
    ["rules that are no list", { defaultConfig, matchRules: {} }, ["spec.matchRules: must be a list"]],
    [
      "a broken consumer",
      { defaultConfig: { consumers: [consumerWith({ jwks: "" })] } },
      ["spec.defaultConfig.consumers[0].jwks: is not valid JSON"],
    ],
    [
      "an unknown name",
      { defaultConfig, matchRules: [{ ingress: ["a"], config: { allow: ["nobody"] } }] },
      ['spec.matchRules[0].config.allow[0]: "nobody" is not the name of a consumer'],
    ],
  ])("with %s is refused, with the path in the resource", (_, spec, expected) => {
    expect(problemLines(resource(spec))).toEqual(expected)
  })

  it("an unknown field is lost, and one that chooses traffic differs", () => {
    const source = resource({ defaultConfig, matchRule: [], selector: { matchLabels: { app: "a" } } })
    expect(notesAt(source, "spec.matchRule")).toEqual([expect.stringContaining("Did you mean matchRules?")])
    expect(notesAt(source, "spec.selector")).toEqual([expect.stringMatching(/^differs: /)])
  })
})

describe("the documents of a file", () => {
  const ingress = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "foo" }, spec: {} }

  it("one plugin among other resources and empty documents is imported", () => {
    const source = [null, ingress, withMatchRules({ ingress: ["default/foo"], config: web })]
    expect(importedRules(source)).toHaveLength(1)
    expect(notesAt(source, "[1]")).toEqual([
      'info: a resource of kind "Ingress" -> left out: it is no plugin',
    ])
    expect(notesAt(source, "[2].spec.matchRules[0].ingress")).toHaveLength(1)
  })

  it("a file with one document has the paths of that document, and so has a Kubernetes list its own", () => {
    expect(fromHigress([defaultConfig])).toEqual(fromHigress(defaultConfig))
    const list = { kind: "List", items: [resource({ defaultConfig })] }
    expect(fromHigress(list).config).toEqual(fromHigress(defaultConfig).config)
    expect(fromHigress(list).notes[0]?.path).toBe("items[0].spec.defaultConfig.consumers")
  })

  it("two plugins are refused: the gateway runs one after the other, and each decides", () => {
    expect(problemLines([resource({ defaultConfig }), defaultConfig])).toEqual([
      "[1]: is a second plugin, and the gateway runs both, one after the other",
    ])
  })

  it.each<[string, unknown, readonly string[]]>([
    ["none", [], [": holds no plugin config"]],
    ["none but empty ones", [null, null], [": holds no plugin config"]],
    ["no plugin", [ingress], [": holds no plugin config"]],
    ["a text", "global_auth: true", [": must be an object"]],
    ["nothing", undefined, [": must be an object"]],
    ["null", null, [": must be an object"]],
    ["texts", ["a", "b"], ["[0]: must be an object", "[1]: must be an object"]],
    ["an empty config", {}, ["consumers: is missing: without consumers the gateway asks for no token"]],
    ["a resource without spec", { kind: "WasmPlugin" }, ["spec: is required"]],
    ["a resource whose spec is a list", { kind: "WasmPlugin", spec: [] }, ["spec: must be an object"]],
  ])("%s: refused", (_, source, expected) => {
    expect(problemLines(source)).toEqual(expected)
  })
})
