import { generateKeyPair, type KeyObject, sign as signBytes } from "node:crypto"
import { promisify } from "node:util"
import { beforeAll, describe, expect, it } from "vitest"
import { base64url } from "../keyring.js"
import { issuesOf, kindsOf, secret, tokenOf, verdictsOf } from "./apisix-source.js"

// Public keys as PEM texts, made here and exported by node:crypto, which shares no code with the importer.

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const generate = promisify(generateKeyPair) as unknown as (type: string, options?: object) => Promise<Pair>
const pairs = new Map<string, Pair>()

beforeAll(async () => {
  for (const bits of [1024, 2048, 3072])
    pairs.set(`RSA ${bits}`, await generate("rsa", { modulusLength: bits }))
  for (const namedCurve of ["P-256", "P-384", "P-521", "secp256k1"])
    pairs.set(namedCurve, await generate("ec", { namedCurve }))
  for (const type of ["ed25519", "ed448"]) pairs.set(type, await generate(type))
})

function pair(name: string): Pair {
  const found = pairs.get(name)
  if (found === undefined) throw new Error(`no key ${name}`)
  return found
}

const spki = (name: string) => pair(name).publicKey.export({ type: "spki", format: "pem" }).toString()
const pkcs1 = (name: string) => pair(name).publicKey.export({ type: "pkcs1", format: "pem" }).toString()
const pkcs8 = (name: string) => pair(name).privateKey.export({ type: "pkcs8", format: "pem" }).toString()

/** The least that is a certificate (RFC 5280 §4.1); nobody checks its signature. */
function certificate(name: string): string {
  const der = (tag: number, ...parts: readonly Uint8Array[]) => {
    const content = Buffer.concat(parts)
    const { length } = content
    const size =
      length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
    return Buffer.concat([Buffer.from([tag, ...size]), content])
  }
  const algorithm = der(0x30, der(0x06, Buffer.from([0x2b, 0x65, 0x70])))
  const day = der(0x17, Buffer.from("250101000000Z"))
  const version = der(0xa0, der(0x02, Buffer.from([2])))
  const key = pair(name).publicKey.export({ type: "spki", format: "der" })
  const serial = der(0x02, Buffer.from([1]))
  const body = der(0x30, version, serial, algorithm, der(0x30), der(0x30, day, day), der(0x30), key)
  const whole = der(0x30, body, algorithm, der(0x03, Buffer.alloc(65)))
  return `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`
}

const source = (algorithm: string, public_key: string) => ({
  consumers: [{ username: "jack", plugins: { "jwt-auth": { key: "jack-key", algorithm, public_key } } }],
})
const at = "consumers[0].plugins.jwt-auth.public_key"

function tokenBy(name: string, alg: string): string {
  const input = `${base64url({ alg })}.${base64url({ key: "jack-key" })}`
  const bits = alg.slice(2)
  const key = {
    key: pair(name).privateKey,
    dsaEncoding: "ieee-p1363" as const,
    ...(alg.startsWith("PS") && { padding: 6, saltLength: Number(bits) / 8 }),
  }
  return `${input}.${base64url(signBytes(alg === "EdDSA" ? null : `sha${bits}`, Buffer.from(input), key))}`
}

const all = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"].map((alg) => [alg, "RSA 2048"] as const),
  ...[
    ["ES256", "P-256"],
    ["ES384", "P-384"],
    ["ES512", "P-521"],
    ["EdDSA", "ed25519"],
  ].map(([alg = "", key = ""]) => [alg, key] as const),
]

describe("a token is verified by a public key", () => {
  it.each(all)("for %s as SPKI", async (alg, key) => {
    expect(await verdictsOf(source(alg, spki(key)), [{ token: tokenBy(key, alg) }])).toEqual(["allow jack"])
  })

  it.each(all)("for %s in a certificate", async (alg, key) => {
    expect(await verdictsOf(source(alg, certificate(key)), [{ token: tokenBy(key, alg) }])).toEqual([
      "allow jack",
    ])
  })

  it.each(["RSA 2048", "RSA 3072"])("%s as PKCS#1", async (key) => {
    expect(await verdictsOf(source("RS256", pkcs1(key)), [{ token: tokenBy(key, "RS256") }])).toEqual([
      "allow jack",
    ])
  })

  it.each(["HS256", "HS384", "HS512"])("or by a secret, for %s", async (algorithm) => {
    const consumers = [{ username: "jack", plugins: { "jwt-auth": { key: "jack-key", algorithm, secret } } }]
    expect(await verdictsOf({ consumers }, [{ token: tokenOf({ key: "jack-key" }, algorithm) }])).toEqual([
      "allow jack",
    ])
  })
})

describe("no token is verified", () => {
  it.each(["RS384", "PS256"])("by another algorithm of the same key: %s for RS256", async (alg) => {
    const [verdict] = await verdictsOf(source("RS256", spki("RSA 2048")), [
      { token: tokenBy("RSA 2048", alg) },
    ])
    expect(verdict).toBe("jwt_verification_fails: alg_not_allowed")
  })

  it("by the public key as a secret", async () => {
    const token = tokenOf({ key: "jack-key" }, "HS256", spki("RSA 2048"))
    const [verdict] = await verdictsOf(source("RS256", spki("RSA 2048")), [{ token }])
    expect(verdict).toBe("jwt_verification_fails: alg_not_allowed")
  })
})

describe("a public key is refused", () => {
  it.each<[string, string, () => string, string]>([
    ["that is private", "RS256", () => pkcs8("RSA 2048"), "is a private key"],
    [
      "with the private one after it",
      "RS256",
      () => spki("RSA 2048") + pkcs8("RSA 2048"),
      "is a private key",
    ],
    [
      "with another one after it",
      "RS256",
      () => spki("RSA 2048") + spki("RSA 3072"),
      "holds more than one PEM block",
    ],
    ["that is no PEM", "RS256", () => "somekey", "is not the PEM text of a public key"],
    [
      "with backslashes and n for its line breaks",
      "RS256",
      () => spki("RSA 2048").replaceAll("\n", "\\n"),
      "cannot be read",
    ],
    ["that was cut", "RS256", () => spki("RSA 2048").replace(/\n.{40}/, "\n"), "cannot be read"],
    ["of Ed448", "EdDSA", () => spki("ed448"), "cannot be read"],
    [
      "on a curve that JWS has no algorithm of the list for",
      "ES256",
      () => spki("secp256k1"),
      "cannot be read",
    ],
    [
      "on another curve",
      "ES256",
      () => spki("P-384"),
      "is a key of kind EC P-384, which ES256 does not go with",
    ],
    [
      "of another kind",
      "RS256",
      () => spki("P-256"),
      "is a key of kind EC P-256, which RS256 does not go with",
    ],
    [
      "of another kind, the other way round",
      "EdDSA",
      () => spki("RSA 2048"),
      "is a key of kind RSA, which EdDSA does not go with",
    ],
  ])("%s", async (_, algorithm, pem, message) => {
    expect(await issuesOf(source(algorithm, pem()))).toEqual([`${at}: ${message} (consumer "jack")`])
  })

  it("of 1024 bits, and the issue says whose", async () => {
    const [issue] = await issuesOf(source("RS256", spki("RSA 1024")))
    expect(issue).toBe(
      `${at}: is too weak: RSA of 1024 bits, and 2048 is the least (RFC 7518 §3.3) (consumer "jack")`,
    )
  })
})

it("PS* with other keys than of 2048 bits verifies here, and a note says so", async () => {
  expect(await kindsOf(source("PS256", spki("RSA 3072")))).toEqual([`differs ${at}`])
  expect(await kindsOf(source("PS256", spki("RSA 2048")))).toEqual([])
  expect(await kindsOf(source("RS256", spki("RSA 3072")))).toEqual([])
})

it("a certificate is only its key, and a note says so", async () => {
  expect(await kindsOf(source("ES256", certificate("P-256")))).toEqual([`differs ${at}`])
})
