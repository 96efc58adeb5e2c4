import { once } from "node:events"
import { tokenOf } from "@jwt-auth/test-support/consumers"
import { send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { dial, handshake, readUntil, textFrame } from "./socket-client.js"
import { closed, startHeld } from "./socket-gate.js"

const good = { headers: [`Authorization: Bearer ${tokenOf("web")}`] }
const bad = { headers: ["Authorization: Bearer x"] }

// An unhandled error on a socket would fail the whole run.
describe("while an upgrade is being decided", () => {
  it.each([
    ["allow", good],
    ["deny", bad],
  ])("a client that resets the connection ends nothing but that (%s)", async (outcome, sent) => {
    const server = await startHeld()
    const client = await dial(server.port)
    client.write(handshake(sent))
    const { decision, socket } = await server.next()
    client.resetAndDestroy()
    await closed(socket)
    expect(socket.errored).toMatchObject({ code: "ECONNRESET" })
    server.letGo()
    expect((await decision).outcome).toBe(outcome)
    expect((await send(server.port)).body).toBe("plain")
  })

  it.each([
    ["allow", good],
    ["deny", bad],
  ])("a client that sends no more does not keep its socket (%s)", async (outcome, sent) => {
    const server = await startHeld()
    const client = await dial(server.port)
    client.end(handshake(sent))
    const { decision, socket } = await server.next()
    server.letGo()
    expect((await decision).outcome).toBe(outcome)
    client.resume()
    await closed(socket)
  })

  it("the answer to one does not go to another, in whichever order they end", async () => {
    const server = await startHeld()
    const [first, second] = [await dial(server.port), await dial(server.port)]
    first.write(handshake(bad))
    const refused = await server.next()
    second.write(handshake(good))
    const allowed = await server.next()
    server.letGo()
    expect([(await refused.decision).outcome, (await allowed.decision).outcome]).toEqual(["deny", "allow"])
    expect(await readUntil(first, "\r\n\r\n")).toMatch(/^HTTP\/1\.1 401 /)
    expect(await readUntil(second, "\r\n\r\n")).toMatch(/^HTTP\/1\.1 101 /)
  })

  it("nothing is lost of what the client sends in the meantime, nor its order", async () => {
    const server = await startHeld()
    const client = await dial(server.port)
    client.write(Buffer.concat([handshake(good), textFrame("first")]))
    const { socket } = await server.next()
    client.write(textFrame("second"))
    if (socket.readableLength === 0) await once(socket, "readable")
    server.letGo()
    const said = await readUntil(client, "you said second")
    expect(said.indexOf("you said first")).toBeGreaterThan(0)
    expect(said.indexOf("you said first")).toBeLessThan(said.indexOf("you said second"))
  })
})
