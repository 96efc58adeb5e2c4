import { goodClaims } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

/** A truly signed token with this `typ` and these claims more, for a consumer that takes these types. */
const row = (
  name: string,
  { typ, claims, types = ["at+jwt"] }: { typ?: unknown; claims?: object; types?: readonly string[] },
  hint: string,
): BrokenRequest => ({
  name,
  situation: () =>
    signedFor(
      { types },
      {
        header: typ === undefined ? { alg: "ES256" } : { alg: "ES256", typ },
        payload: { ...goodClaims, ...claims },
      },
    ),
  at: "claims",
  reason: "type_mismatch",
  hint,
})

const seems = (kind: string, sign: string) =>
  `This seems to be ${kind} (by its ${sign}), which is not for calling an API. Send the access token.`
const nearly = 'This is "at+jwt" but for its punctuation. Have the issuer write exactly that.'

export const type: readonly BrokenRequest[] = [
  row(
    "an ID token, known by at_hash",
    { typ: "JWT", claims: { at_hash: "x" } },
    seems("an ID token", "at_hash"),
  ),
  row("an ID token, known by c_hash", { claims: { c_hash: "x" } }, seems("an ID token", "c_hash")),
  row(
    "an ID token, known by its nonce",
    { typ: "JWT", claims: { nonce: "x" } },
    seems("an ID token", "nonce and no scope"),
  ),
  row(
    "an ID token of Keycloak",
    { typ: "JWT", claims: { typ: "ID", nonce: "x" } },
    seems("an ID token", "typ"),
  ),
  row("an ID token of Cognito", { claims: { token_use: "id" } }, seems("an ID token", "token_use")),
  row(
    "a refresh token of Keycloak",
    { typ: "JWT", claims: { typ: "Refresh" } },
    seems("a refresh token", "typ"),
  ),
  row(
    "a refresh token of a library for Python",
    { typ: "JWT", claims: { token_type: "refresh" }, types: ["JWT-access", "JWT+at", "at+jwt"] },
    seems("a refresh token", "token_type"),
  ),
  row("a logout token", { typ: "logout+jwt" }, seems("a logout token", "typ")),
  row("a DPoP proof", { typ: "application/dpop+jwt", types: ["JWT"] }, seems("a DPoP proof", "typ")),
  row("no typ", {}, "The header has no typ: many issuers write none. Have yours write it."),
  row(
    "JWT, where at+jwt is asked for",
    { typ: "JWT" },
    'Many issuers write "JWT" into access tokens too, and then typ cannot keep ID tokens away: have yours write "at+jwt" (RFC 9068).',
  ),
  row(
    "at+jwt, where JWT is asked for",
    { typ: "at+JWT", types: ["JWT"] },
    "This says that it is an access token (RFC 9068), and this consumer asks for another type. See whether it is meant for this API.",
  ),
  row("typ with a hyphen for the plus", { typ: "at-jwt" }, nearly),
  row("typ without the plus", { typ: "ATJWT" }, nearly),
  row("typ with a space, as a URL decoder leaves it", { typ: "at jwt" }, nearly),
  row(
    "typ is a list",
    { typ: ["at+jwt"] },
    "The typ in the header is not a string. Have the issuer write the name of a type.",
  ),
]
