import type { Consumer } from "@jwt-auth/core"
import { audience } from "./claims.js"
import { createSigner, type Signer, type TokenAlgorithm } from "./signer.js"

/** Somebody who issues tokens, and the consumer that they are for. */
export interface Member {
  readonly signer: Signer
  readonly consumer: Consumer
  /** What its tokens say to be recognised by. */
  readonly claims: { readonly iss: string; readonly azp?: string }
}

/** How the consumers of a crowd are told apart. */
export type ToldApartBy = "issuer" | "claim" | "key"

/** Consumers with a key each. */
export async function createCrowd(
  algorithm: TokenAlgorithm,
  size: number,
  by: ToldApartBy = "issuer",
): Promise<Member[]> {
  const members: Member[] = []
  for (let number = 1; number <= size; number++) {
    const signer = await createSigner(algorithm, `key-${number}`)
    const claims = claimsOf(number, by)
    const consumer = { name: `tenant-${number}`, claims, audiences: [audience], jwks: { keys: [signer.jwk] } }
    members.push({ signer, claims, consumer })
  }
  return members
}

function claimsOf(number: number, by: ToldApartBy) {
  switch (by) {
    case "issuer":
      return { iss: `https://tenant-${number}.example.com/` }
    case "claim":
      return { iss: "https://login.example.com/", azp: `tenant-${number}` }
    case "key":
      return { iss: "https://login.example.com/" }
  }
}
