import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { Duplex } from "node:stream"
import { describe, expect, it } from "vitest"
import { type Authenticator, createAuthenticator } from "../authenticator.js"
import { ConfigError } from "../config/config-error.js"
import type { Decision, Denial, Requirement } from "../decision.js"
import { denialOf } from "../forward/challenge.js"
import { upgrade } from "./upgrade.js"

/** A connection whose client takes everything and says nothing. */
class Connection extends Duplex {
  sent = ""

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.sent += chunk.toString("latin1")
    done()
  }

  get closing(): Promise<void> {
    return new Promise((resolve) => (this.closed ? resolve() : this.once("close", () => resolve())))
  }
}

function request(headers: Record<string, string> = {}, method = "GET"): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  Object.assign(req, { method, url: "/ws", headers: { host: "a.example.com", ...headers } })
  req.rawHeaders.push(...Object.entries(req.headers as Record<string, string>).flat())
  return req
}

const k = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")
const real = createAuthenticator({
  consumers: [{ name: "web", issuer: "web", jwks: { keys: [{ kty: "oct", alg: "HS256", k }] } }],
})

function deciding(decide: () => Decision | Promise<Decision>): Authenticator {
  return { decide, reload: () => {}, config: real.config }
}

const pass: Decision = { outcome: "pass", edits: { headers: [{ op: "remove", name: "x-mse-consumer" }] } }
const denied = (denial: Denial): Decision => ({ outcome: "deny", denial, attempts: [] })

describe("an upgrade that is let through", () => {
  it("finds its socket as it was: nothing written, nothing read, nothing closed", async () => {
    const socket = new Connection()
    socket.push("early")
    expect(
      await upgrade(
        deciding(() => pass),
        request(),
        socket,
      ),
    ).toBe(pass)
    expect(socket).toMatchObject({ sent: "", destroyed: false, readableFlowing: null, readableLength: 5 })
  })

  it("finds its request edited", async () => {
    const req = request({ "x-mse-consumer": "spoofed" })
    await upgrade(
      deciding(() => pass),
      req,
      new Connection(),
    )
    expect(req.headers).toEqual({ host: "a.example.com" })
    expect(req.rawHeaders).toEqual(["host", "a.example.com"])
  })

  it("is decided on the Host header and the target, as they were sent", async () => {
    let seen: unknown
    const authenticator = {
      ...deciding(() => pass),
      decide: (sent: unknown) => {
        seen = sent
        return pass
      },
    }
    await upgrade(authenticator, request(), new Connection())
    expect(seen).toMatchObject({ method: "GET", host: "a.example.com", path: "/ws" })
  })

  it("does not end the process when its socket has failed meanwhile, and the error is still on its way", async () => {
    const socket = new Connection()
    const decide = () => {
      socket.destroy(new Error("reset by the client"))
      return pass
    }
    await upgrade(deciding(decide), request(), socket)
    expect(socket.listenerCount("error")).toBeGreaterThan(0)
    await socket.closing
  })
})

describe("an upgrade that is refused", () => {
  it.each([
    ["jwt_missing", "401 Unauthorized"],
    ["access_denied", "403 Forbidden"],
    ["keys_unavailable", "503 Service Unavailable"],
  ] as const)("as %s is answered with its status, and its socket is closed", async (code, status) => {
    const socket = new Connection()
    const decision = denied(denialOf(code, "jwt-auth", []))
    expect(
      await upgrade(
        deciding(() => decision),
        request(),
        socket,
      ),
    ).toBe(decision)
    await socket.closing
    expect(socket.sent).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\\r\\n(?:[\\w-]+: [ -~]+\\r\\n)+\\r\\n`))
    expect(socket.sent).toContain("\r\nConnection: close\r\n")
  })

  it("is told when to come back, when the keys could not be had", async () => {
    const socket = new Connection()
    await upgrade(
      deciding(() => denied(denialOf("keys_unavailable", "r", []))),
      request(),
      socket,
    )
    expect(socket.sent).toMatch(/\r\nRetry-After: \d+\r\n/)
  })

  it("does not end the process when its socket has failed meanwhile", async () => {
    const socket = new Connection()
    const decide = () => {
      socket.destroy(new Error("reset by the client"))
      return denied(denialOf("jwt_missing", "r", []))
    }
    expect((await upgrade(deciding(decide), request(), socket)).outcome).toBe("deny")
    await socket.closing
    expect(socket.sent).toBe("")
  })

  it("leaves the request as it was", async () => {
    const req = request({ "x-mse-consumer": "spoofed" })
    await upgrade(
      deciding(() => denied(denialOf("jwt_missing", "r", []))),
      req,
      new Connection(),
    )
    expect(req.headers["x-mse-consumer"]).toBe("spoofed")
  })
})

describe("an upgrade that cannot be decided", () => {
  it.each([
    ["a field that is misspelt", { alow: ["web"] }],
    ["a consumer that the config does not have", { allow: ["wbe"] }],
    ["an empty list", { allow: [] }],
    ["a scope that would end a header line", { scopes: ["a\r\nX-Evil: 1"] }],
    ["a scope that would end a quoted string", { scopes: ['a", error="x'] }],
  ])("for %s goes no further, and is the app's to hear of", async (_case, requirement) => {
    const socket = new Connection()
    const upgraded = upgrade(real, request(), socket, undefined, requirement as Requirement)
    await expect(upgraded).rejects.toThrow(ConfigError)
    await socket.closing
    expect(socket.sent).toBe("")
  })

  it("for an error of the app's own clock goes no further either", async () => {
    const socket = new Connection()
    const decide = () => {
      throw new RangeError("no clock")
    }
    await expect(upgrade(deciding(decide), request(), socket)).rejects.toThrow("no clock")
    await socket.closing
    expect(socket.sent).toBe("")
  })
})
