import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"
import { createAuthenticator, type JwtAuthConfig, type Requirement } from "@jwt-auth/core"
import { tokenOf, twoConsumers } from "@jwt-auth/test-support/consumers"
import { listen } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { dial, handshake, knock, parse } from "./socket-client.js"
import { closed, type Passage, startGated } from "./socket-gate.js"

const web = `Authorization: Bearer ${tokenOf("web")}`

function start(requirement?: Requirement, config: JwtAuthConfig = twoConsumers): Promise<number> {
  return listen(startGated(createAuthenticator(config), requirement))
}

describe("the answer to a refused upgrade", () => {
  it.each([
    ["no token, as text", undefined, []],
    ["no token, as JSON", undefined, ["Accept: application/json"]],
    ["a bad token", undefined, ["Authorization: Bearer x"]],
    ["a wrong consumer", { allow: ["partner"] }, [web]],
    ["a scope that is lacking", { scopes: ["a", "b"] }, [web]],
  ])("is HTTP/1.1 to the byte: %s", async (_case, requirement, headers) => {
    const socket = await dial(await start(requirement))
    socket.write(handshake({ headers }))
    const bytes = Buffer.concat((await socket.toArray()) as Buffer[])
    const { statusLine, lines, headers: sent, body } = parse(bytes)
    expect(statusLine).toMatch(/^HTTP\/1\.1 (401 Unauthorized|403 Forbidden)$/)
    // RFC 9110 §5.1 and §5.5.
    for (const line of lines) expect(line).toMatch(/^[\w!#$%&'*+.^`|~-]+: [\x20-\x7e]+$/)
    expect(new Set(lines.map((line) => line.split(":", 1)[0]?.toLowerCase())).size).toBe(lines.length)
    expect(bytes.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/)
    expect(Number(sent["content-length"])).toBe(Buffer.byteLength(body))
    expect(body).not.toBe("")
  })

  it("is read by Node's own parser, which minds every byte", async () => {
    const port = await start()
    const headers = { Connection: "Upgrade", Upgrade: "websocket", Accept: "application/json" }
    const sending = request({ port, host: "127.0.0.1", headers, insecureHTTPParser: false })
    sending.end()
    const [response] = (await once(sending, "response")) as [IncomingMessage]
    expect(response.statusMessage).toBe("Unauthorized")
    expect(JSON.parse(await text(response))).toMatchObject({ code: "jwt_missing" })
    expect(response.complete).toBe(true)
  })

  it("repeats nothing that the client has sent", async () => {
    const sent = ["Accept: application/json; x=canary", "Authorization: Bearer canary", "X-A: canary"]
    const target = "/canary?access_token=canary"
    const { lines, body } = await knock(await start(), { target, host: "canary", headers: sent })
    expect([...lines, body].join("\n")).not.toContain("canary")
  })

  it("has no body when the request was HEAD, which would be read as the next response (RFC 9110 §9.3.2)", async () => {
    const { headers, body } = await knock(await start(), { method: "HEAD" })
    expect(headers["content-length"]).toBe("11")
    expect(body).toBe("")
  })

  it("comes whole to a client that has sent more than anybody will read", async () => {
    const client = await dial(await start())
    client.write(Buffer.concat([handshake(), Buffer.alloc(100_000)]))
    expect(parse(Buffer.concat((await client.toArray()) as Buffer[]))).toMatchObject({
      status: 401,
      body: "Jwt missing",
    })
  })
})

describe("the socket of a refused upgrade", () => {
  it.each([
    ["never reads and never closes", {}],
    ["goes on sending", { more: Buffer.alloc(1_000_000) }],
  ])("is given up at once, also when the client %s", async (_case, { more }: { more?: Buffer }) => {
    let arrived: (passage: Passage) => void = () => {}
    const passage = new Promise<Passage>((resolve) => {
      arrived = resolve
    })
    const server = startGated(createAuthenticator(twoConsumers), undefined, (each) => arrived(each))
    // Half-open: it does not answer the server's end with its own. Paused: nobody reads.
    const client = await dial(await listen(server))
    client.allowHalfOpen = true
    client.pause()
    client.write(handshake())
    if (more !== undefined) client.write(more)
    const { socket, decision } = await passage
    await closed(socket)
    expect((await decision).outcome).toBe("deny")
  })
})
