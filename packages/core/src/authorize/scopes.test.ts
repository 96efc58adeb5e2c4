import { describe, expect, it } from "vitest"
import { hasScopes } from "./scopes.js"

describe("scopes", () => {
  it.each([
    [{ scope: "read write" }, ["read"]],
    [{ scope: "write read" }, ["read", "write"]],
    [{ scp: ["read", "write"] }, ["write"]],
    [{ scp: "read write" }, ["write", "read"]],
    [{ scope: "read", scp: ["write"] }, ["read", "write"]],
    [{ scope: "a", scp: "b" }, ["a", "b"]],
    [{ scope: " read  write " }, ["read", "write"]],
    [{ scp: ["read", 5, null] }, ["read"]],
    [{}, []],
    [{ scope: 5 }, []],
  ])("%o has %o", (claims, required) => {
    expect(hasScopes(claims, required)).toBe(true)
  })

  it.each([
    [{}, ["read"]],
    [{ scope: "" }, ["read"]],
    [{ scope: "read" }, ["read", "write"]],
    [{ scope: "readwrite" }, ["read"]],
    [{ scope: "READ" }, ["read"]],
    [{ scope: "read,write" }, ["read"]],
    [{ scope: "read\twrite" }, ["read"]],
    [{ scope: ["read"] }, ["read"]],
    [{ scope: { read: true } }, ["read"]],
    [{ scp: { 0: "read", length: 1 } }, ["read"]],
    [{ scp: [["read"]] }, ["read"]],
    [{ scp: ["read write"] }, ["read"]],
    [{ scopes: "read", permissions: ["read"] }, ["read"]],
  ])("%o does not have %o", (claims, required) => {
    expect(hasScopes(claims, required)).toBe(false)
  })

  it("are not inherited", () => {
    expect(hasScopes(Object.create({ scope: "read", scp: ["read"] }), ["read"])).toBe(false)
  })
})
