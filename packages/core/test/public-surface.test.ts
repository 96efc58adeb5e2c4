import ts from "typescript"
import { describe, expect, it } from "vitest"
import { sourceFiles } from "./source-files.js"

/** The names of types that a file of `src/` exports: what a user can import and no program sees. */
function typeExportsOf(path: string): readonly string[] {
  const file = sourceFiles.find((one) => one.path === path)
  if (file === undefined) throw new Error(`src/${path} is not there`)
  return file.tree.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ isTypeOnly, exportClause }) =>
      exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.filter((element) => isTypeOnly || element.isTypeOnly)
        : [],
    )
    .map(({ name }) => name.text)
    .sort()
}

// A name that is added here is a promise, and one that is taken away is a major version.

describe("@jwt-auth/core", () => {
  it("exports these names", async () => {
    expect(Object.keys(await import("../src/index.js")).sort()).toMatchInlineSnapshot(`
      [
        "ConfigError",
        "checkConfig",
        "checkRequirement",
        "createAuthenticator",
        "denialResponse",
        "parseConfig",
        "verbs",
      ]
    `)
  })

  it("exports these types", () => {
    expect(typeExportsOf("index.ts")).toMatchInlineSnapshot(`
      [
        "Algorithm",
        "Attempt",
        "Auth",
        "AuthRequest",
        "Authenticator",
        "AuthenticatorOptions",
        "ClaimToHeader",
        "ConfigIssue",
        "Consumer",
        "Decision",
        "Denial",
        "DenialCode",
        "DenialResponse",
        "HeaderEdit",
        "HeaderPlace",
        "Jwk",
        "Jwks",
        "JwsHeader",
        "JwtAuthConfig",
        "JwtClaims",
        "Reason",
        "RequestEdits",
        "Requirement",
        "Rule",
        "RuleMatch",
        "Verbs",
      ]
    `)
  })
})

describe("@jwt-auth/core/node", () => {
  it("exports these names", async () => {
    expect(Object.keys(await import("../src/node/index.js")).sort()).toMatchInlineSnapshot(`
      [
        "applyEdits",
        "isMadeOf",
        "nodeGate",
        "refreshQuery",
        "toAuthRequest",
        "upgrade",
      ]
    `)
  })

  it("exports these types", () => {
    expect(typeExportsOf("node/index.ts")).toMatchInlineSnapshot(`
      [
        "NodeGate",
        "RequestView",
        "Upgrades",
      ]
    `)
  })
})

describe("@jwt-auth/core/fetch", () => {
  it("exports these names and types", async () => {
    expect(Object.keys(await import("../src/fetch/index.js")).sort()).toEqual(["applyEdits", "toAuthRequest"])
    expect(typeExportsOf("fetch/index.ts")).toEqual(["EditOptions"])
  })
})

describe("@jwt-auth/core/explain", () => {
  it("exports these names", async () => {
    expect(Object.keys(await import("../src/explain/index.js")).sort()).toMatchInlineSnapshot(`
      [
        "duration",
        "effectiveConfig",
        "explain",
        "meanings",
        "moment",
        "printable",
        "show",
      ]
    `)
  })

  it("exports these types", () => {
    expect(typeExportsOf("explain/index.ts")).toMatchInlineSnapshot(`
      [
        "AskedFor",
        "ConsumerExplanation",
        "EffectiveConfig",
        "EffectiveConsumer",
        "EffectiveRule",
        "ExplainOptions",
        "Explanation",
        "Meaning",
        "Otherwise",
        "Reason",
        "RuleExplanation",
        "RuleName",
        "Show",
        "SkippedRule",
        "Step",
        "StepName",
        "TokenExplanation",
      ]
    `)
  })
})

describe("@jwt-auth/core/import", () => {
  it("exports these names and types", async () => {
    expect(Object.keys(await import("../src/import/index.js")).sort()).toEqual(["fromApisix", "fromHigress"])
    expect(typeExportsOf("import/index.ts")).toEqual([
      "ApisixSource",
      "FromApisixOptions",
      "ImportNote",
      "Imported",
    ])
  })
})

describe("@jwt-auth/core/issue", () => {
  it("exports these names", async () => {
    expect(Object.keys(await import("../src/issue/index.js")).sort()).toMatchInlineSnapshot(`
      [
        "createIssuer",
        "generateKey",
      ]
    `)
  })

  it("exports these types", () => {
    expect(typeExportsOf("issue/index.ts")).toMatchInlineSnapshot(`
      [
        "CallerClaims",
        "GenerateKeyOptions",
        "GeneratedKey",
        "Issuer",
        "IssuerOptions",
        "ReservedClaim",
      ]
    `)
  })
})

describe("@jwt-auth/core/testing", () => {
  it("exports these names", async () => {
    expect(Object.keys(await import("../src/testing/index.js")).sort()).toMatchInlineSnapshot(`
      [
        "applyEdits",
        "conformanceRows",
        "createTestConsumer",
        "decisionMatchers",
        "expectDecision",
        "fixedClock",
        "headerView",
        "mismatches",
        "toAuthRequest",
      ]
    `)
  })

  it("exports these types", () => {
    expect(typeExportsOf("testing/index.ts")).toMatchInlineSnapshot(`
      [
        "BadToken",
        "ConformanceRequest",
        "ConformanceRow",
        "DecisionExpectation",
        "DecisionMatchers",
        "Expectation",
        "ExpectedAllow",
        "ExpectedDeny",
        "ExpectedDownstream",
        "ExpectedPass",
        "FixedClock",
        "ForwardedHeaders",
        "HeaderLine",
        "HeaderView",
        "Observation",
        "ObservedPassage",
        "ObservedRefusal",
        "Point",
        "TestClaims",
        "TestConsumer",
        "TestConsumerOptions",
        "TestRequest",
        "TestRequestOptions",
        "TokenOverrides",
      ]
    `)
  })
})
