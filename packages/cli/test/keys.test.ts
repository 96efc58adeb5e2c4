import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto"
import { createAuthenticator, type Jwk, type Jwks } from "@jwt-auth/core"
import { describe, expect, it } from "vitest"
import { cli, now } from "./memory-io.js"

const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "k"]

async function keygen(...argv: string[]): Promise<{ privateJwk: Jwk; jwks: Jwks; text: string }> {
  const { code, out } = await cli(["keygen", "--json", ...argv])
  expect(code).toBe(0)
  return { ...JSON.parse(out), text: out }
}

/** What a gate that has these keys says to a token. */
async function outcomeOf(jwks: Jwks, token: string, fields: object = {}): Promise<string> {
  const consumer = { name: "web", issuer: "https://login.test", jwks, ...fields }
  const { decide } = createAuthenticator({ global_auth: true, consumers: [consumer] }, { now: () => now })
  const decision = await decide({
    method: "GET",
    host: "x",
    path: "/",
    headers: { authorization: `Bearer ${token}` },
  })
  return decision.outcome
}

const signing = ["sign", "--key", "k", "--issuer", "https://login.test", "--expires-in", "10m"]

describe.each(["HS256", "RS256", "PS384", "ES256", "ES512", "EdDSA"])("a key for %s", (alg) => {
  it("is made, signs, and its public set verifies what it signed", async () => {
    const { privateJwk, jwks, text } = await keygen("--alg", alg)
    const files = { k: JSON.stringify(privateJwk) }
    const { code, out } = await cli(signing, { files })
    expect([code, out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)])
    expect(await outcomeOf(jwks, out.trim())).toBe("allow")
    const printed = await cli(["jwks", ...(alg.startsWith("HS") ? ["--symmetric"] : []), "k"], { files })
    expect(await outcomeOf(JSON.parse(printed.out), out.trim())).toBe("allow")
    expect(text).toContain(`"alg": "${alg}"`)
  })
})

describe("keygen", () => {
  it("writes the private key to its file, and the public set to standard output", async () => {
    const { out, files } = await cli(["keygen", "--alg", "ES256", "--out-private", "key.jwk"])
    const written = JSON.parse(String(files.get("key.jwk")))
    const [shown] = JSON.parse(out).keys
    expect(written).toEqual({ ...shown, d: expect.any(String) })
    expect(shown).toMatchObject({
      kty: "EC",
      alg: "ES256",
      use: "sig",
      kid: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it("keeps a file that is there, unless told otherwise", async () => {
    const argv = ["keygen", "--alg", "ES256", "--out-private", "key.jwk"]
    const world = { files: { "key.jwk": "precious" } }
    const kept = await cli(argv, world)
    expect(kept).toMatchObject({ code: 2, out: "", err: expect.stringContaining("exists already") })
    expect(kept.files.get("key.jwk")).toBe("precious")
    const forced = await cli([...argv, "--force"], world)
    expect([forced.code, forced.files.get("key.jwk")]).toEqual([0, expect.stringContaining('"d"')])
  })

  it("keeps the key that is there, and says how its public set is had again", async () => {
    const argv = ["keygen", "--alg", "ES256", "--out-private", "key.jwk"]
    const { err } = await cli(argv, { files: { "key.jwk": "precious" } })
    expect(err).toContain("The public set of the key that is there: jwt-auth jwks key.jwk")
    const secret = await cli(["keygen", "--alg", "HS256", "--out-private", "s"], { files: { s: "precious" } })
    expect(secret.err).not.toContain("public set")
  })

  it("writes the public set to a file of its own, and a second run changes neither", async () => {
    const argv = ["keygen", "--alg", "ES256", "--out-private", "key.jwk", "--out-public", "web.jwks.json"]
    const first = await cli(argv)
    expect([first.code, first.out, first.err]).toEqual([0, "", ""])
    const { d, ...shown } = JSON.parse(String(first.files.get("key.jwk")))
    expect(JSON.parse(String(first.files.get("web.jwks.json")))).toEqual({ keys: [shown] })
    const files = Object.fromEntries(first.files)
    const second = await cli(argv, { files })
    expect([second.code, Object.fromEntries(second.files)]).toEqual([2, files])
    const forced = await cli([...argv, "--force"], { files })
    expect(forced.code).toBe(0)
    expect(forced.files.get("web.jwks.json")).not.toBe(files["web.jwks.json"])
  })

  it("keeps a public set that is there, and says how that of the new key is had", async () => {
    const argv = ["keygen", "--alg", "ES256", "--out-private", "key.jwk", "--out-public", "set"]
    const { code, err, files } = await cli(argv, { files: { set: "precious" } })
    expect([code, files.get("set")]).toEqual([2, "precious"])
    expect(err).toContain("The new private key is in key.jwk; its public set: jwt-auth jwks key.jwk")
  })

  it.each([
    [["--alg", "HS256", "--out-private", "a", "--out-public", "b"], "has no public part"],
    [["--alg", "ES256", "--json", "--out-public", "b"], "--out-public goes with --out-private"],
    [["--alg", "ES256", "--out-private", "a", "--out-public", "a"], "are the same file"],
    [["--alg", "ES256", "--out-private", "-"], "--out-private is a file, and - is none"],
    [["--alg", "ES256", "--out-private", "a", "--out-public", "-"], "--out-public is a file, and - is none"],
  ])("refuses %j", async (argv, problem) => {
    const { code, out, err, files } = await cli(["keygen", ...argv])
    expect([code, out, files.size]).toEqual([2, "", 0])
    expect(err).toContain(problem)
  })

  it("prints no secret that it was told to write to a file", async () => {
    const { out, err, files } = await cli(["keygen", "--alg", "HS512", "--out-private", "s"])
    const { k } = JSON.parse(String(files.get("s")))
    expect(out).toBe("")
    expect(err).not.toContain(k)
  })

  it("wants to know where the private key goes", async () => {
    const problem = { code: 2, out: "", err: expect.stringContaining("either --out-private FILE or --json") }
    expect(await cli(["keygen", "--alg", "ES256"])).toMatchObject(problem)
    expect(await cli(["keygen", "--alg", "ES256", "--json", "--out-private", "x"])).toMatchObject(problem)
  })

  it("takes a kid, and refuses an algorithm that is none", async () => {
    expect((await keygen("--alg", "ES256", "--kid", "2026-01")).jwks.keys[0]?.kid).toBe("2026-01")
    expect(await cli(["keygen", "--json", "--alg", "es256"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("Did you mean ES256?"),
    })
    expect(await cli(["keygen", "--json"])).toMatchObject({ code: 2, err: expect.stringContaining("--alg") })
  })
})

const pairs: readonly (readonly [string, string, () => { privateKey: KeyObject }])[] = [
  ["RSA", "RS256", () => generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ["EC", "ES384", () => generateKeyPairSync("ec", { namedCurve: "P-384" })],
  ["Ed25519", "EdDSA", () => generateKeyPairSync("ed25519")],
]

describe("PEM", () => {
  it.each(pairs)("of %s signs and verifies, in every form it has", async (kind, alg, generate) => {
    const { privateKey } = generate()
    const forms = { RSA: ["pkcs8", "pkcs1"], EC: ["pkcs8", "sec1"], Ed25519: ["pkcs8"] }[kind] ?? []
    const publicForms = kind === "RSA" ? (["spki", "pkcs1"] as const) : (["spki"] as const)
    const sets = new Set<string>()
    for (const type of publicForms) {
      const k = String(createPublicKey(privateKey).export({ type, format: "pem" }))
      sets.add((await cli(["jwks", "k"], { files: { k } })).out)
    }
    for (const type of forms) {
      const k = String(privateKey.export({ type: type as "pkcs8", format: "pem" }))
      const printed = await cli(["jwks", "k"], { files: { k } })
      sets.add(printed.out)
      const token = await cli([...signing, "--alg", alg], { files: { k: `text before\n${k}` } })
      expect(await outcomeOf(JSON.parse(printed.out), token.out.trim())).toBe("allow")
    }
    expect(sets.size).toBe(1)
    expect(JSON.parse([...sets][0] ?? "").keys[0]).not.toHaveProperty("d")
  })

  it("without a name signs under its thumbprint, the name that jwks gives it", async () => {
    const k = pem(generateKeyPairSync("ed25519").privateKey)
    const [{ kid }] = JSON.parse((await cli(["jwks", "k"], { files: { k } })).out).keys
    const { out } = await cli(signing, { files: { k } })
    expect(JSON.parse(Buffer.from(out.split(".")[0] ?? "", "base64url").toString())).toMatchObject({ kid })
  })

  it("with the curve's parameters before the key, as openssl writes it, is read", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
    const k = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${privateKey.export({ type: "sec1", format: "pem" })}`
    const { code, err } = await cli(["jwks", "k"], { files: { k } })
    expect([code, err]).toEqual([0, ""])
  })

  it("as a certificate gives its key; of a chain the first, and that is said", async () => {
    const one = await cli(["jwks", "k"], { files: { k: certificate } })
    expect(JSON.parse(one.out).keys).toEqual([
      {
        kty: "EC",
        crv: "P-256",
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.stringMatching(/^[\w-]{43}$/),
        use: "sig",
      },
    ])
    const chain = await cli(["jwks", "k"], { files: { k: certificate.repeat(3) } })
    expect(chain.out).toBe(one.out)
    expect(chain.err).toContain("the first certificate counts, and not the 2 more PEM blocks")
  })

  it.each([
    [
      "encrypted",
      () => pem(generateKeyPairSync("ed25519").privateKey, { cipher: "aes-256-cbc", passphrase: "x" }),
      "is encrypted",
    ],
    [
      "of X25519",
      () => pem(generateKeyPairSync("x25519").privateKey),
      "the key set has no key that can verify",
    ],
    [
      "of Ed448",
      () => pem(generateKeyPairSync("ed448").privateKey),
      "the key set has no key that can verify",
    ],
    [
      "for RSA-PSS alone",
      () => pem(generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey),
      "no token is signed with: rsa-pss",
    ],
    [
      "of a short RSA key",
      () => pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey),
      "is too weak",
    ],
    [
      "of SSH",
      () => "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n",
      "a key of SSH",
    ],
    ["cut off", () => pem(generateKeyPairSync("ed25519").privateKey).slice(0, 60), "no whole PEM block"],
    [
      "damaged",
      () => pem(generateKeyPairSync("ed25519").privateKey).replace("MC4C", "MCAC"),
      "cannot be read as a private key",
    ],
  ])("%s is refused", async (_, make, problem) => {
    const { code, out, err } = await cli(["jwks", "k"], { files: { k: make() } })
    expect(code).not.toBe(0)
    expect([out, err]).toEqual(["", expect.stringContaining(problem)])
  })
})

function pem(key: KeyObject, encryption: object = {}): string {
  return String(key.export({ type: "pkcs8", format: "pem", ...encryption }))
}

/** A public certificate, made for this test; its private key is gone. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUGQ5PMBMzO1iqsJqGnUVD2R++IIswCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjIwOTIzMDNaGA8yMTI2MTAyOTA5MjMw
M1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABF6H
Fu+28bqJQTeHiqjUklTffLWibOkbMFI0P5ZyGhYSkw8SPgqHEzyhPOZr2Rp6M+5Z
HguU4PggNjBKRKB3kEWjUzBRMB0GA1UdDgQWBBRhyW7euYKVfYv5V4atuHylk8ww
MjAfBgNVHSMEGDAWgBRhyW7euYKVfYv5V4atuHylk8wwMjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIQC74ZjNBJwaDY8Hn47+H+aZFeyniWSM/9Nh
u2tkvJqwngIgIIgfhHBlCDYfclKW8YgwFQRHAhRthgpQavHMGig0v3s=
-----END CERTIFICATE-----
`

describe("jwks", () => {
  it("has no private member, whatever the file has", async () => {
    const rsa = await keygen("--alg", "RS256")
    const ec = await keygen("--alg", "ES256")
    const set = JSON.stringify({
      keys: [rsa.privateJwk, { ...ec.privateJwk, oth: [], note: "mine", x5c: ["AA"] }],
    })
    const { out } = await cli(["jwks", "k"], { files: { k: set } })
    for (const key of JSON.parse(out).keys) {
      expect(Object.keys(key).sort()).toEqual(
        key.kty === "RSA"
          ? ["alg", "e", "kid", "kty", "n", "use"]
          : ["alg", "crv", "kid", "kty", "use", "x", "y"],
      )
      for (const member of privateMembers) expect(key).not.toHaveProperty(member)
    }
  })

  it("names a key by its thumbprint, the one that keygen gives, and keeps a name that it has", async () => {
    const { privateJwk } = await keygen("--alg", "EdDSA")
    const { kid, ...nameless } = privateJwk
    const files = { a: JSON.stringify(nameless), b: JSON.stringify({ ...nameless, kid: "mine" }) }
    const kids = async (file: string) => JSON.parse((await cli(["jwks", file], { files })).out).keys[0].kid
    expect([await kids("a"), await kids("b")]).toEqual([kid, "mine"])
  })

  it("has a key once that is given as private and as public", async () => {
    const { privateJwk, jwks } = await keygen("--alg", "ES256")
    const files = { a: JSON.stringify(privateJwk), b: JSON.stringify(jwks) }
    expect(JSON.parse((await cli(["jwks", "a", "b"], { files })).out).keys).toHaveLength(1)
  })

  it("takes a secret only when told so, and then keeps nothing else", async () => {
    const { privateJwk } = await keygen("--alg", "HS256")
    const files = { k: JSON.stringify({ ...privateJwk, key_ops: ["sign"], note: 1 }) }
    const refused = await cli(["jwks", "k"], { files })
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--symmetric") })
    expect(refused.err).not.toContain(privateJwk.k)
    const [key] = JSON.parse((await cli(["jwks", "--symmetric", "k"], { files })).out).keys
    expect(Object.keys(key)).toEqual(["kty", "k", "kid", "use", "alg"])
  })

  it("gives an algorithm to keys that have none, if it goes with them", async () => {
    const k = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)
    const { out } = await cli(["jwks", "--alg", "PS256", "k"], { files: { k } })
    expect(JSON.parse(out).keys[0].alg).toBe("PS256")
    const wrong = await cli(["jwks", "--alg", "ES256", "k"], { files: { k } })
    expect(wrong).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("keys[0].alg does not go with"),
    })
  })
})

describe("sign", () => {
  async function signed(argv: readonly string[], world: object = {}) {
    const { privateJwk } = await keygen("--alg", "ES256")
    const files = { k: JSON.stringify(privateJwk), ...("files" in world ? (world.files as object) : {}) }
    const { out, err, code } = await cli([...signing, ...argv], { ...world, files })
    const [header, payload] = out.split(".").map((part) => Buffer.from(part, "base64url").toString())
    return code === 0
      ? { code, header: JSON.parse(header ?? ""), payload: JSON.parse(payload ?? "") }
      : { code, out, err }
  }

  it("says what it is told, and when", async () => {
    const argv = [
      "--audience",
      "orders",
      "--type",
      "at+jwt",
      "--claim",
      "sub=alice",
      "--claim",
      "note=a=b",
      "--claim",
      "n=1",
    ]
    const { header, payload } = await signed(argv)
    expect(header).toMatchObject({ alg: "ES256", typ: "at+jwt", kid: expect.any(String) })
    expect(payload).toEqual({
      iss: "https://login.test",
      aud: "orders",
      sub: "alice",
      note: "a=b",
      n: "1",
      iat: now,
      nbf: now,
      exp: now + 600,
      jti: expect.any(String),
    })
  })

  it("takes several audiences, and claims from a file or standard input", async () => {
    const files = { claims: '{"roles":["a"],"n":1}' }
    const { payload } = await signed(["--audience", "a", "--audience", "b", "--claims", "claims"], { files })
    expect(payload).toMatchObject({ aud: ["a", "b"], roles: ["a"], n: 1 })
    expect((await signed(["--claims", "-"], { stdin: '{"n":2}' })).payload).toMatchObject({ n: 2 })
  })

  it.each([
    ["90s", 90],
    ["90", 90],
    ["10m", 600],
    ["2h", 7200],
    ["1d", 86400],
  ])("a lifetime of %s is %d seconds", async (text, seconds) => {
    expect((await signed(["--expires-in", text])).payload.exp).toBe(now + seconds)
  })

  it.each([
    [["--expires-in", "never"], "--expires-in is not a lifetime"],
    [["--expires-in", "1.5h"], "--expires-in is not a lifetime"],
    [["--expires-in", "0"], "--expires-in must be a whole number of 1 or more"],
    [["--expires-in", "-1"], "--expires-in is not a lifetime"],
    [["--issuer", ""], "--issuer is empty"],
    [["--claim", "sub"], "--claim needs a name and a text"],
    [["--claim", "exp=1"], "claims.exp is set by the issuer"],
    [["--claim", "__proto__=1"], "claims.__proto__ is not a usable name"],
    [["--claims", "list"], "list is not a JSON object of claims"],
    [["--key", "public"], "--key is a public key"],
    [["--key", "two"], "two has 2 keys, and one signs"],
    [["--key", "rsa"], "--alg is required: a key of kind RSA fits several\n    → Use RS256"],
    [["--key", "-", "--claims", "-"], "cannot both be standard input"],
    [["--alg", "ES512"], '--alg is another than the key\'s own, "ES256"\n    → Leave --alg out.'],
    [["--kid", "zz", "--key", "named"], '--kid is another than the key\'s own, "mine"'],
  ])("refuses %j", async (argv, problem) => {
    const { jwks } = await keygen("--alg", "ES256")
    const files = {
      list: "[1]",
      public: JSON.stringify(jwks),
      named: JSON.stringify({ ...jwks.keys[0], kid: "mine" }),
      two: JSON.stringify({ keys: [...jwks.keys, ...jwks.keys] }),
      rsa: pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
    }
    expect(await signed(argv, { files })).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining(problem),
    })
  })

  it("reads the key from standard input", async () => {
    const { privateJwk } = await keygen("--alg", "ES256")
    expect((await signed(["--key", "-"], { stdin: JSON.stringify(privateJwk) })).code).toBe(0)
  })
})

it("Node reads what keygen writes", async () => {
  const { privateJwk } = await keygen("--alg", "RS256")
  expect(createPrivateKey({ key: privateJwk as JsonWebKey, format: "jwk" }).asymmetricKeyType).toBe("rsa")
})
