import * as realBuffer from "node:buffer"
import * as realCrypto from "node:crypto"
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest"
import {
  type NodeBufferModule,
  type NodeCryptoModule,
  type NodeKey,
  type NodeKeyInput,
  nodeBuiltin,
} from "../src/node-builtin.js"

describe("what the core knows of Node", () => {
  it("is what Node has, by Node's own types", () => {
    expectTypeOf<typeof realBuffer>().toExtend<NodeBufferModule>()
    expectTypeOf<typeof realCrypto.constants>().toExtend<NodeCryptoModule["constants"]>()
    expectTypeOf(realCrypto.timingSafeEqual).toExtend<NodeCryptoModule["timingSafeEqual"]>()
    expectTypeOf<realCrypto.KeyObject>().toExtend<NodeKey>()
    // A key may be any object of ours that says `type`: Node wants its own, and gets nothing else.
    type OurKey<Input> = Input extends { readonly key: NodeKey }
      ? Omit<Input, "key"> & { key: realCrypto.KeyObject }
      : realCrypto.KeyObject
    expectTypeOf<OurKey<NodeKeyInput>>().toExtend<Parameters<typeof realCrypto.verify>[2]>()
    expectTypeOf(realCrypto.createPublicKey).returns.toExtend<NodeKey>()
    // Node's types know Latin-1 by its older name alone.
    const hash = (algorithm: string, data: Uint8Array) => realCrypto.hash(algorithm, data, "binary")
    expectTypeOf(hash).toExtend<NodeCryptoModule["hash"]>()
    expectTypeOf<Parameters<NodeCryptoModule["createPublicKey"]>[0]>().toExtend<
      Parameters<typeof realCrypto.createPublicKey>[0]
    >()
  })

  it("is there on Node, with every member", () => {
    expect(realBuffer.Buffer.allocUnsafeSlow).toBeTypeOf("function")
    const crypto = nodeBuiltin("node:crypto")
    const { Buffer, isUtf8 } = nodeBuiltin("node:buffer") ?? {}
    const { createPublicKey, hash, timingSafeEqual, verify, constants } = crypto ?? {}
    const functions: unknown[] = [Buffer?.alloc, Buffer?.allocUnsafeSlow, Buffer?.from, isUtf8]
    functions.push(createPublicKey, hash, timingSafeEqual, verify)
    expect(functions.map((one) => typeof one)).toEqual(Array(8).fill("function"))
    expect(constants).toMatchObject({ RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1 })
  })

  it.each(["sha256", "sha384", "sha512"])(
    "has %s give every byte of a hash as one character",
    (algorithm) => {
      for (let i = 0; i < 50; i++) {
        const data = Uint8Array.of(i)
        const expected = realCrypto.createHash(algorithm).update(data).digest()
        const written = nodeBuiltin("node:crypto")?.hash(algorithm, data, "latin1") ?? ""
        expect(Array.from(written, (one) => one.charCodeAt(0))).toEqual([...expected])
      }
    },
  )
})

describe("a runtime that is not Node has none of its modules", () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const gives = () => ({})
  const node = { node: "22.0.0", v8: "12.4" }
  it.each<[string, unknown]>([
    ["no process", undefined],
    ["null for it", null],
    ["an empty process, as bundlers put it", {}],
    ["a process with an environment only", { env: {}, nextTick: gives }],
    ["the polyfill of a bundler", { browser: true, versions: {}, getBuiltinModule: gives }],
    ["a Node without getBuiltinModule", { versions: node }],
    ["a version that is no Node's", { versions: { node: "22" }, getBuiltinModule: gives }],
    ["Bun", { versions: { ...node, bun: "1.2.0" }, getBuiltinModule: gives }],
    ["Deno", { versions: { ...node, deno: "2.1.0" }, getBuiltinModule: gives }],
    ["a page's own process", "process"],
    ["a number", 7],
    ["null for its versions", { versions: null, getBuiltinModule: gives }],
    ["a text for its versions", { versions: "22.0.0", getBuiltinModule: gives }],
    ["a Node that knows no such module", { versions: node, getBuiltinModule: () => undefined }],
  ])("with %s", (_, process) => {
    vi.stubGlobal("process", process)
    const had = [nodeBuiltin("node:crypto"), nodeBuiltin("node:buffer")]
    vi.unstubAllGlobals()
    expect(had).toEqual([undefined, undefined])
  })

  it("and Node has them: the tests above could fail", () => {
    vi.stubGlobal("process", { versions: node, getBuiltinModule: (name: string) => ({ name }) })
    const had = nodeBuiltin("node:crypto")
    vi.unstubAllGlobals()
    expect(had).toEqual({ name: "node:crypto" })
  })
})
