import type { AuthRequest, Requirement, Rule } from "../../../src/index.js"
import { bearer, consumer, mintKey, request, sign } from "../../keyring.js"
import type { Situation } from "../broken-request.js"

/** A request without a token under these rules, where all else needs one. */
export async function anonymous(
  rules: readonly Rule[],
  fields: Partial<AuthRequest>,
  requirement?: Requirement,
): Promise<Situation> {
  const { config, ...rest } = await unset(rules, fields)
  return { config: { global_auth: true, ...config }, ...rest, ...(requirement && { requirement }) }
}

/** The same, while nobody has set global_auth. */
export async function unset(rules: readonly Rule[], fields: Partial<AuthRequest>): Promise<Situation> {
  return { config: { consumers: [consumer(await mintKey("ES256"))], rules }, request: request(fields) }
}

/** A request with a true token of "web", beside whom there is "partner". */
export async function asWeb(rules: readonly Rule[], fields: Partial<AuthRequest>): Promise<Situation> {
  const key = await mintKey("ES256")
  const partner = consumer(await mintKey("ES256"), { name: "partner", issuer: "https://partner.example" })
  return {
    config: { global_auth: true, consumers: [consumer(key), partner], rules },
    request: bearer(await sign(key), fields),
  }
}
