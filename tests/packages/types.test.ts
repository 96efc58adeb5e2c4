import { describe, expect, it } from "vitest"
import { resolutions, typeErrors } from "./compile.js"
import { published } from "./published.js"

const { projects } = published()
const users = Object.entries(projects)

const program = `
import { type Decision, checkConfig, createAuthenticator, parseConfig } from "@jwt-auth/core"
import { applyEdits, toAuthRequest } from "@jwt-auth/core/node"
import { type Auth, type JwtAuthConfig, jwtAuth } from "@jwt-auth/express"
import express from "express"

const config = { consumers: [{ name: "web", issuer: "https://a.example", jwks: { keys: [] } }] } as const
export const parsed: JwtAuthConfig = parseConfig(checkConfig(config).config)
export async function decide(): Promise<Decision["outcome"]> {
  const request = { method: "GET", host: "a.example", path: "/", headers: {} }
  return (await createAuthenticator(parsed).decide(request)).outcome
}

const auth = jwtAuth(config, { onDeny: (denial, _req, res) => res.status(denial.status).end() })
const app = express()
app.use(auth, auth.any(), auth.optional("web"), auth.route("a"), auth.require({ scopes: ["read"] }))
app.get("/", auth.allow("web"), (req, res) => {
  const caller: Auth | undefined = auth.get(req)
  const request = toAuthRequest(req, { host: req.hostname, path: req.originalUrl })
  applyEdits(req, { headers: [] })
  res.json({ caller: caller?.consumer, tenant: auth.get<{ tenant: string }>(req)?.claims.tenant, request })
})
`

describe.each(users)("the declarations, installed beside %s", (_, project) => {
  it.each([
    ["node16", ["user.mts", "user.cts"]],
    ["nodenext", ["user.mts", "user.cts"]],
    ["bundler", ["user.mts", "user.cts"]],
    ["node10", ["user.ts"]],
  ] as const)("compile under %s in %j", (resolution, files) => {
    expect(typeErrors(project, program, files, resolutions[resolution])).toEqual([])
  })

  // One file at a time: an augmentation that one file imports would reach the other.
  it.each(["user.mts", "user.cts"])("give %s req.auth once augment is imported", (file) => {
    expect(typeErrors(project, `import "@jwt-auth/express/augment"\n${readsAuth}`, [file])).toEqual([])
  })

  it.each(["user.mts", "user.cts"])("give %s no req.auth without it", (file) => {
    expect(typeErrors(project, readsAuth, [file])).toEqual([
      expect.stringMatching(/: Property 'auth' does not exist on type 'Request</),
    ])
  })

  it("let allow() take the names of the config and no others", () => {
    const problem = `Argument of type '"wbe"' is not assignable to parameter of type '"web"'.`
    const errors = typeErrors(project, mistypes, ["user.mts", "user.cts"])
    expect(errors).toEqual([`user.mts: ${problem}`, `user.cts: ${problem}`])
  })
})

const readsAuth = `
import { jwtAuth } from "@jwt-auth/express"
import express from "express"
express().use(jwtAuth({ consumers: [] })).get("/", (req, res) => void res.json(req.auth?.consumer.toUpperCase()))
`

const mistypes = `
import { jwtAuth } from "@jwt-auth/express"
jwtAuth({ consumers: [{ name: "web", issuer: "https://a.example", jwks: { keys: [] } }] }).allow("wbe")
`

describe("core alone", () => {
  const alone = `
import { type Decision, createAuthenticator, parseConfig } from "@jwt-auth/core"
export const decision: Decision | Promise<Decision> = createAuthenticator(parseConfig({})).decide(
  { method: "GET", host: "", path: "/", headers: new Headers() },
)
`
  const project = projects["express-5"]
  const dom = { types: [], lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] }

  it.each(["node16", "nodenext", "bundler"] as const)(
    "compiles under %s without the types of Node",
    (name) => {
      const options = { ...resolutions[name], ...dom }
      expect(typeErrors(project, alone, ["alone.mts", "alone.cts"], options)).toEqual([])
    },
  )
})
