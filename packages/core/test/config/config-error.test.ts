import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import {
  type AuthenticatorOptions,
  ConfigError,
  checkConfig,
  checkRequirement,
  createAuthenticator,
  type JwtAuthConfig,
  parseConfig,
} from "../../src/index.js"
import { consumerWith, documentWith } from "./documents.js"

const good = documentWith() as JwtAuthConfig
const bad = { consumers: [], rules: [{ match: {}, allow: "any" }] } as unknown as JwtAuthConfig

function configErrorOf(run: () => unknown): ConfigError {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown
    throw thrown
  }
  throw new Error("nothing was thrown")
}

describe("a ConfigError", () => {
  it("is an Error with a name, a code and all issues, warnings included", () => {
    const thrown = configErrorOf(() => parseConfig(bad))
    expect(thrown).toBeInstanceOf(Error)
    expect(thrown.name).toBe("ConfigError")
    expect(thrown.code).toBe("ERR_JWT_AUTH_CONFIG")
    expect(thrown.issues).toEqual(checkConfig(bad).issues)
    expect(thrown.issues.map(({ severity }) => severity)).toContain("warning")
  })

  it("says where, what and how, a line each, and counts the errors only", () => {
    const document = documentWith(
      { keep_token: 1, fromHeaders: [] },
      { rules: [{ match: {}, allow: "any" }] },
    )
    expect(configErrorOf(() => parseConfig(document)).message.split("\n")).toEqual([
      "The jwt-auth config has 2 problems:",
      "  - consumers[0].fromHeaders: is not a known field",
      "    Did you mean from_headers?",
      "  - consumers[0].keep_token: must be true or false, got a number",
    ])
  })

  it("counts one problem in the singular, and has no path for the document as a whole", () => {
    expect(configErrorOf(() => parseConfig(null)).message).toBe(
      "The jwt-auth config has 1 problem:\n  - must be an object, got null",
    )
  })

  it("is thrown by createAuthenticator before anything else happens", () => {
    expect(configErrorOf(() => createAuthenticator(bad)).issues).toEqual(checkConfig(bad).issues)
  })
})

describe("an option of a later version is refused, not ignored", () => {
  it("isRevoked: whoever passes it relies on it", () => {
    const options = { isRevoked: () => false } as AuthenticatorOptions
    expect(configErrorOf(() => createAuthenticator(good, options)).issues).toEqual([
      {
        severity: "error",
        path: "options.isRevoked",
        message: "is not supported by this version",
        fix: "Leave it out, and keep tokens short-lived.",
      },
    ])
  })

  it("but an undefined one is as good as none", () => {
    const options = { isRevoked: undefined } as AuthenticatorOptions
    expect(() => createAuthenticator(good, options)).not.toThrow()
  })
})

describe("reload", () => {
  it("takes the new config into force", () => {
    const gate = createAuthenticator(good)
    gate.reload(documentWith({}, { realm: "new" }) as JwtAuthConfig)
    expect(gate.config.realm).toBe("new")
  })

  it("is atomic: a config with a problem is thrown back, and the old one stays in force", async () => {
    const gate = createAuthenticator(good)
    const before = gate.config
    const half = { ...documentWith({}, { realm: "half", global_auth: false }), rules: [{ match: {} }] }
    expect(configErrorOf(() => gate.reload(half as unknown as JwtAuthConfig)).issues).toHaveLength(1)
    expect(gate.config).toBe(before)
    const decision = await gate.decide({ method: "GET", host: "", path: "/", headers: {} })
    expect(decision).toMatchObject({
      outcome: "deny",
      denial: { headers: { "WWW-Authenticate": 'Bearer realm="jwt-auth"' } },
    })
  })
})

describe("checkRequirement", () => {
  const config = parseConfig({ consumers: [consumerWith(), consumerWith({ name: "partner" })] })
  const issuesOf = (allow: readonly string[]) =>
    configErrorOf(() => checkRequirement({ allow }, config)).issues

  it("names every consumer that the config does not have", () => {
    expect(issuesOf(["web", "partnr", "mobile"])).toEqual([
      {
        severity: "error",
        path: "allow[1]",
        message: '"partnr" is not the name of a consumer',
        fix: 'Did you mean "partner"?',
      },
      {
        severity: "error",
        path: "allow[2]",
        message: '"mobile" is not the name of a consumer',
        fix: "The consumers are: web, partner.",
      },
    ])
  })

  it("refuses an empty list, which would admit nobody", () => {
    expect(issuesOf([])).toEqual([
      {
        severity: "error",
        path: "allow",
        message: "must not be empty",
        fix: 'Name the consumers let through, or say "any".',
      },
    ])
  })

  it.each([
    [{}],
    [{ allow: "any" as const }],
    [{ allow: ["web", "partner"] }],
    [{ optional: true, scopes: ["a"] }],
  ])("accepts %o", (requirement) => {
    expect(() => checkRequirement(requirement, config)).not.toThrow()
  })
})

describe("nothing is printed by anyone", () => {
  const printed: unknown[] = []

  beforeEach(() => {
    printed.length = 0
    for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const) {
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words))
    }
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, "write").mockImplementation((text) => printed.push(text) > 0)
    }
    vi.spyOn(process, "emitWarning").mockImplementation((warning) => void printed.push(warning))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it("not for warnings, not for errors, not for a reload that fails", async () => {
    const warned = documentWith(
      {},
      { rules: [{ match: { domain: "a.com" }, allow: "any" }] },
    ) as JwtAuthConfig
    const { issues } = checkConfig(warned)
    const gate = createAuthenticator(warned)
    const errors = [configErrorOf(() => parseConfig(bad)), configErrorOf(() => gate.reload(bad))]
    await gate.decide({ method: "GET", host: "", path: "/", headers: {} })
    const said = [...printed]
    vi.restoreAllMocks()
    expect(issues.length).toBeGreaterThan(0)
    expect(errors).toHaveLength(2)
    expect(said).toEqual([])
  })
})
