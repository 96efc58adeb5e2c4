import { deniable, denials, fails, onlyWeb, secretsIn } from "@jwt-auth/test-support/denials"
import { afterEach, describe, expect, it, vi } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, unreachable, versions } from "./apps.js"

afterEach(() => vi.unstubAllEnvs())

describe.each(versions)("a refusal on $version", ({ express }) => {
  describe.each(denials)("of %s", (_what, sent, status, code, message, authenticate) => {
    const app = () => express().use(jwtAuth(onlyWeb)).use(unreachable)

    it("is the message as plain text, with its length, its challenge and Vary: Accept", async () => {
      const reply = await ask(app(), sent)
      expect([reply.status, reply.body]).toEqual([status, message])
      expect(reply.headers).toMatchObject({
        "content-type": "text/plain; charset=utf-8",
        "content-length": String(Buffer.byteLength(message)),
        vary: "Accept",
      })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("is a problem document for a client that names JSON", async () => {
      const headers = { ...sent.headers, accept: "application/json" }
      const reply = await ask(app(), { ...sent, headers })
      expect(reply.status).toBe(status)
      expect(reply.headers).toMatchObject({
        "content-type": "application/problem+json",
        "content-length": String(Buffer.byteLength(reply.body)),
        vary: "Accept",
      })
      expect(JSON.parse(reply.body)).toEqual({
        type: `urn:problem:jwt-auth:${code}`,
        title: message,
        status,
        code,
      })
      expect(reply.headers["www-authenticate"]).toBe(authenticate)
    })

    it("tells nothing of the token, the keys, the other consumers or the code", async () => {
      for (const accept of ["*/*", "application/json"]) {
        const headers = { ...sent.headers, accept }
        expect(secretsIn(await ask(app(), { ...sent, headers }), sent)).toEqual([])
      }
    })
  })

  it.each(["production", "development", "test", ""])("is the same under NODE_ENV=%s", async (environment) => {
    vi.stubEnv("NODE_ENV", environment)
    const app = express().use(jwtAuth(deniable)).use(unreachable)
    const sent = { headers: bearer("stranger") }
    const reply = await ask(app, sent)
    expect([reply.status, reply.body, secretsIn(reply, sent)]).toEqual([401, fails, []])
  })
})
