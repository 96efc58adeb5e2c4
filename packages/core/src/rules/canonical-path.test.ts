import { describe, expect, it } from "vitest"
import { canonicalPath, readPath } from "./canonical-path.js"

describe("the canonical form of a path", () => {
  it.each([
    ["", "/"],
    ["/", "/"],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/A/B", "/a/b"],
    ["//a///b//", "/a/b"],
    ["/%61%2D%5f%7E%2e", "/a-_~."],
    ["/a/./b/.", "/a/b"],
    ["/a/../b", "/b"],
    ["/../../a", "/a"],
    ["/a/%2e%2E/b", "/b"],
    ["/caf\u00e9", "/caf%c3%a9"],
    ["/caf%C3%A9", "/caf%c3%a9"],
    ["/a b", "/a%20b"],
    ["/a%2Fb", "/a%2fb"],
    ["/a%2fb", "/a%2fb"],
    ["/a%252Fb", "/a%252fb"],
    ["/100%", "/100%25"],
    ["/a%4", "/a%254"],
    ["/a%zz", "/a%25zz"],
    ["/a\\b", "/a%5cb"],
    ["/a;v=1", "/a;v=1"],
    ["/...", "/..."],
    ["/.well-known", "/.well-known"],
    ["/\ud800", "/%ef%bf%bd"],
    ["/\u212a", "/%e2%84%aa"],
  ])("of %s is %s", (path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical)
    expect(canonicalPath(canonical)).toBe(canonical)
  })
})

describe("a path is unambiguous", () => {
  it.each([
    "/",
    "/a",
    "/a/",
    "/A",
    "/a.b/c-d_e~f",
    "/.well-known/a",
    "/...",
    "/a:b@c!$&'()*+,=",
    "/%61",
    "/a%20b",
    "/caf%C3%A9",
    "/a?b/../c;d=//e%2f#x",
    "/a?",
  ])("when every layer reads it alike: %s", (target) => {
    expect(readPath(target).ambiguous).toBe(false)
  })
})

describe("a path is ambiguous", () => {
  it.each([
    ["a dot segment", "/a/./b"],
    ["a double-dot segment", "/a/../b"],
    ["a double-dot segment at the end", "/a/.."],
    ["an encoded dot segment", "/a/%2e%2e/b"],
    ["a half-encoded dot segment", "/a/.%2E/b"],
    ["an empty segment", "/a//b"],
    ["an empty first segment", "//a"],
    ["a backslash", "/a\\b"],
    ["an encoded slash", "/a%2fb"],
    ["an encoded slash, upper case", "/a%2Fb"],
    ["an encoded backslash", "/a%5Cb"],
    ["a parameter", "/a;v=1/b"],
    ["an encoded parameter", "/a%3Bv=1"],
    ["an encoded NUL", "/a%00"],
    ["an encoded control character", "/a%0d%0ab"],
    ["an encoded DEL", "/a%7f"],
    ["double encoding", "/a%2561"],
    ["an escape that is none", "/a%"],
    ["an escape that is cut off", "/a%4"],
    ["an escape with a letter that is no digit", "/a%gg"],
    ["bytes that are no UTF-8", "/a%ff"],
    ["an overlong dot (RFC 3629 §3)", "/a/%c0%ae%c0%ae/b"],
    ["a fragment", "/a#b"],
    ["a space", "/a b"],
    ["a raw letter that is not ASCII", "/caf\u00e9"],
    ["no slash at its beginning", "a"],
    ["the absolute form", "http://host/a"],
    ["the asterisk form", "*"],
  ])("with %s: %s", (_, target) => {
    expect(readPath(target).ambiguous).toBe(true)
  })
})
