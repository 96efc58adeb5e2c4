/** What is used of `node:buffer`. Written out, since nothing else here knows Node's types (test/node-builtin.test.ts). */
export interface NodeBufferModule {
  readonly Buffer: {
    alloc(size: number, fill?: number): NodeBytes
    allocUnsafeSlow(size: number): NodeBytes
    from(bytes: Uint8Array): NodeBytes
  }
  isUtf8(bytes: Uint8Array): boolean
}

export interface NodeBytes extends Uint8Array {
  /** The number of bytes written. */
  write(text: string, encoding: "base64url" | "latin1" | "utf8"): number
  write(text: string, offset: number, encoding: "latin1" | "utf8"): number
  subarray(start: number, end: number): NodeBytes
  toString(encoding?: "utf8", start?: number, end?: number): string
}

/** What is used of `node:crypto`. */
export interface NodeCryptoModule {
  readonly constants: { readonly RSA_PKCS1_PSS_PADDING: number; readonly RSA_PSS_SALTLEN_DIGEST: number }
  createPublicKey(input: {
    readonly key: Readonly<Record<string, string | undefined>>
    readonly format: "jwk"
  }): NodeKey
  hash(algorithm: string, data: Uint8Array, encoding: "latin1"): string
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean
  verify(hash: string | null, data: Uint8Array, key: NodeKeyInput, signature: Uint8Array): boolean
  verify(
    hash: string | null,
    data: Uint8Array,
    key: NodeKeyInput,
    signature: Uint8Array,
    done: (error: Error | null, good: boolean) => void,
  ): void
}

/** A key in OpenSSL's keeping: there is nothing to read on it. */
export type NodeKey = { readonly type: string }

export type NodeKeyInput =
  | NodeKey
  | {
      readonly key: NodeKey
      readonly padding?: number
      readonly saltLength?: number
      readonly dsaEncoding?: "ieee-p1363"
    }

interface Builtins {
  readonly "node:buffer": NodeBufferModule
  readonly "node:crypto": NodeCryptoModule
}

/** What of `process` is looked at: another runtime may have a part of it, and any page may have one of its own. */
interface NodeProcess {
  readonly versions?: Readonly<Record<string, string>>
  getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name]
}

/**
 * A module of Node's, or undefined on any other runtime. Asked for and not imported: an import would stop bundlers and
 * browsers. Bun and Deno have modules of these names too, which are others (docs/decisions/011-engines.md).
 */
export function nodeBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: NodeProcess }
  const versions: unknown = process?.versions
  if (typeof versions !== "object" || versions === null) return undefined
  const isNode = "node" in versions && "v8" in versions && !("bun" in versions) && !("deno" in versions)
  return isNode ? process?.getBuiltinModule?.(name) : undefined
}
