import { expect, it } from "vitest"
import type { HeaderEdit } from "../decision.js"
import { openGate } from "./gate.js"
import { settle } from "./settle.js"

const remove = (name: string): HeaderEdit => ({ op: "remove", name })
const set = (name: string, value: string): HeaderEdit => ({ op: "set", name, value })
const append = (name: string, value: string): HeaderEdit => ({ op: "append", name, value })

/** What the edits of one decision make of a request with these cookies. */
function settled(edits: readonly HeaderEdit[], cookie = "") {
  const gate = openGate({}, { method: "GET", host: "a.test", path: "/", headers: { cookie } })
  return settle(gate, {}, (name) => (name === "cookie" ? cookie : undefined), { headers: edits }).headers
}

it("headers that one decision edits twice are listed once, and the last cookies count", () => {
  const edits = [set("cookie", "a=1; r=u"), remove("x-who"), set("cookie", "a=1"), remove("x-who")]
  expect(settled(edits, "a=1; s=t; r=u")).toEqual([
    ["x-who", []],
    ["cookie", ["a=1"]],
  ])
})

it("a header that one decision sets after it has appended to it holds no value from before", () => {
  expect(settled([append("x-who", "a"), set("x-who", "b"), append("x-who", "c")])).toEqual([
    ["x-who", ["b", "c"]],
  ])
})
