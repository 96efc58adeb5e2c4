import { webcrypto } from "node:crypto"
import { describe, expect, it } from "vitest"
import type { Algorithm, Jwk } from "../../src/index.js"
import { parseCompactJws } from "../../src/verify/compact-jws.js"
import { verifySignature } from "../../src/verify/signature.js"
import { base64url, expectRefused, gate, judge } from "../keyring.js"
import vectors from "./rfc.vectors.json" with { type: "json" }

// The examples of RFC 7515 appendix A, RFC 7520 §4 and RFC 8037 appendix A, whose keys and tokens are public.

interface Vector {
  readonly source: string
  readonly alg: Algorithm
  readonly jwk: Jwk
  readonly token: string
}

const withClaims = vectors.claims as readonly Vector[]
const withText = vectors.text as readonly Vector[]

/** exp of the payload that the examples of RFC 7515 share. */
const exp = 1300819380

/** A consumer of "joe", the issuer of RFC 7515, with this key. */
function joe(jwk: Jwk, now: number) {
  return gate({ name: "joe", issuer: "joe", jwks: { keys: [jwk] } }, {}, { now: () => now })
}

/** Whether the key made the signature, asked of the one seam through which the core asks. */
async function isSigned({ alg, jwk, token }: Vector): Promise<boolean> {
  const jws = { token, header: { alg }, signedLength: token.lastIndexOf(".") }
  return verifySignature(jws, { jwk, algorithms: [alg], verifiers: [] })
}

/** The token with one bit of its payload changed. */
function tampered({ token }: Vector): string {
  const [header, payload = "", signature] = token.split(".")
  const bytes = Buffer.from(payload, "base64url")
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)
  return `${header}.${base64url(new Uint8Array(bytes))}.${signature}`
}

describe("every example", () => {
  it.each([...withClaims, ...withText])(
    "$source: the signature is true, and no longer so when a bit is changed",
    async (vector) => {
      expect(await isSigned(vector)).toBe(true)
      expect(await isSigned({ ...vector, token: tampered(vector) })).toBe(false)
    },
  )
})

describe("an example with claims", () => {
  it.each(withClaims)("$source is allowed while it is valid", async ({ jwk, token }) => {
    expect(await judge(joe(jwk, exp - 1), token)).toBe("allow joe")
  })

  it.each(withClaims)("$source is expired afterwards", async ({ jwk, token }) => {
    expect(await judge(joe(jwk, exp + 60), token)).toBe("jwt_expired: expired")
  })

  it.each(withClaims)("$source is refused when a bit is changed", async (vector) => {
    const [header, , signature] = vector.token.split(".")
    const payload = base64url({ iss: "joe", exp: exp + 9999 })
    const token = `${header}.${payload}.${signature}`
    await expectRefused(joe(vector.jwk, exp - 1), { token }, "signature_invalid")
  })

  it("RFC 7515 A.1 has a key of 512 bits, which is enough for HS256", () => {
    expect(Buffer.from(withClaims[0]?.jwk.k ?? "", "base64url").length * 8).toBe(512)
  })
})

describe("an example whose payload is text", () => {
  it.each(withText)(
    "$source is refused by its form: a JWT has claims (RFC 7519 §7.2)",
    async ({ jwk, token }) => {
      expect(parseCompactJws(token)).toBe("token_malformed")
      await expectRefused(joe(jwk, exp - 1), { token }, "token_malformed")
    },
  )

  it.each(withText)(
    "$source is refused for its payload alone: its header and signature are of the right form",
    ({ token }) => {
      const [header, , signature] = token.split(".")
      expect(parseCompactJws(`${header}.${base64url({})}.${signature}`)).toMatchObject({ claims: {} })
    },
  )
})

describe("an example that is no signed token", () => {
  const key = withClaims[1]?.jwk as Jwk

  it("RFC 7515 A.5, the unsecured one, is refused", async () => {
    const { token } = vectors.unsecured
    expect(token).toMatch(/^eyJhbGciOiJub25lIn0\..+\.$/)
    await expectRefused(joe(key, exp - 1), { token }, "token_malformed")
    await expectRefused(joe(key, exp - 1), { signed: `${token}AAAA` }, "alg_unsupported")
  })

  it.each(vectors.json)("$source, the $serialisation JSON serialisation, is refused", async ({ jws }) => {
    const text = JSON.stringify(jws)
    const cases = { text, indented: JSON.stringify(jws, null, 2), encoded: base64url(text) }
    await expectRefused(joe(key, exp - 1), cases, "token_malformed")
  })

  it("RFC 7515 A.6 and A.7 hold the very signatures of A.2 and A.3, so that only their form is refused", async () => {
    const [general, flattened] = vectors.json
    const parts = [...(general?.jws.signatures ?? []), flattened?.jws]
    const compact = parts.map((part) => `${part?.protected}.${general?.jws.payload}.${part?.signature}`)
    const [a2, a3] = [withClaims[1]?.token, withClaims[2]?.token]
    expect(compact).toEqual([a2, a3, a3])
  })
})

describe("RFC 8037 A.3", () => {
  it("names the Ed25519 key of A.2 by this thumbprint, so that the key was copied whole", async () => {
    const { crv, kty, x } = withText.find(({ source }) => source.startsWith("RFC 8037"))?.jwk ?? {}
    const digest = await webcrypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(JSON.stringify({ crv, kty, x })),
    )
    expect(base64url(new Uint8Array(digest))).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
  })
})
