import { exportJWK, generateKeyPair, SignJWT } from "jose"

export interface Provider {
  /** For the variables (or bindings) of an example. */
  readonly env: { readonly ISSUER: string; readonly JWKS: string }
  /** A token as the examples want it, but for these claims and this `typ`. */
  token(client: string, claims?: Record<string, unknown>, typ?: string): Promise<string>
}

/** An identity provider with a key of its own. */
export async function makeProvider(issuer = "https://login.example.com"): Promise<Provider> {
  const { publicKey, privateKey } = await generateKeyPair("ES256")
  return {
    env: { ISSUER: issuer, JWKS: JSON.stringify({ keys: [await exportJWK(publicKey)] }) },
    token: (client_id, claims = {}, typ = "at+jwt") =>
      new SignJWT({ iss: issuer, aud: "orders", sub: "alice", client_id, ...claims })
        .setProtectedHeader({ alg: "ES256", typ })
        .setExpirationTime("1h")
        .sign(privateKey),
  }
}
