import type { AuthRequest, Consumer } from "../../../src/index.js"
import { consumer, goodClaims, mintKey, request, sign } from "../../keyring.js"
import type { BrokenRequest, Situation } from "../broken-request.js"

/** A truly signed token, put into a request in some way. */
async function sent(
  put: (token: string) => Partial<AuthRequest>,
  fields: Partial<Consumer> = {},
): Promise<Situation> {
  const key = await mintKey("ES256")
  return { config: { consumers: [consumer(key, fields)] }, request: request(put(await sign(key))) }
}

/** In `Authorization`, written in some way. */
const authorization = (write: (token: string) => string, fields?: Partial<Consumer>) => () =>
  sent((token) => ({ headers: { authorization: write(token) } }), fields)

const row = (name: string, situation: BrokenRequest["situation"], hint: string): BrokenRequest => ({
  name,
  situation,
  at: "place",
  reason: "token_missing",
  hint,
})

const sendBearer = 'Send "Bearer " and then the token.'
const empty = "Look at the variable that the client takes it from: it is probably empty."
const ifMeant = "if clients are meant to send it there"
const [header, cookie] = [
  'Send it in header Authorization with "Bearer "',
  "which replaces the default places",
]

export const place: readonly BrokenRequest[] = [
  row(
    "a browser asks first, without a token, whether it may send one",
    async () => {
      const headers = { origin: "https://app.example.com", "access-control-request-method": "GET" }
      return sent(() => ({ method: "OPTIONS", headers }))
    },
    "This is a CORS preflight, which a browser sends without a token. If browsers are meant to call from other origins, have a CORS middleware answer it before this one, or set bypass_cors_preflight: true.",
  ),
  row(
    "the token stands in Authorization without Bearer",
    authorization((token) => token),
    `The header Authorization holds a token without "Bearer " before it. ${sendBearer}`,
  ),
  row(
    "the token stands in Authorization without Bearer, in quotes, in a Headers object",
    () => sent((token) => ({ headers: new Headers({ Authorization: `"${token}"` }) })),
    `The header Authorization holds a token without "Bearer " before it. ${sendBearer}`,
  ),
  row(
    "the whole value of Authorization stands in quotes",
    authorization((token) => `'Bearer ${token}'`),
    "The whole value of header Authorization stands in quotation marks. Send it without them.",
  ),
  row(
    "Bearer, and an empty variable after it",
    authorization(() => "Bearer "),
    `The header Authorization has "Bearer" and no token after it. ${empty}`,
  ),
  row(
    "Bearer alone, as servers see it when white space at the end is cut",
    authorization(() => "bearer"),
    `The header Authorization has "Bearer" and no token after it. ${empty}`,
  ),
  row(
    "a colon after Bearer",
    authorization((token) => `Bearer: ${token}`),
    `In header Authorization, "Bearer" is followed by a colon. ${sendBearer}`,
  ),
  row(
    "an equals sign after Bearer",
    authorization((token) => `Bearer=${token}`),
    `In header Authorization, "Bearer" is followed by an equals sign. ${sendBearer}`,
  ),
  row(
    "a tab after Bearer",
    authorization((token) => `Bearer\t${token}`),
    `In header Authorization, "Bearer" is followed by a tab. ${sendBearer}`,
  ),
  row(
    "an encoded space after Bearer",
    authorization((token) => `Bearer%20${token}`),
    `In header Authorization, "Bearer" is followed by %20, an encoded space. ${sendBearer}`,
  ),
  row(
    "a plus sign after Bearer",
    authorization((token) => `Bearer+${token}`),
    `In header Authorization, "Bearer" is followed by a plus sign. ${sendBearer}`,
  ),
  row(
    "nothing between Bearer and the token",
    authorization((token) => `Bearer${token}`),
    `In header Authorization, "Bearer" is followed by the token at once. ${sendBearer}`,
  ),
  row(
    "a no-break space after Bearer, as a copy from a web page has it",
    authorization((token) => `Bearer\u00a0${token}`),
    `In header Authorization, "Bearer" is followed by something other than it should. ${sendBearer}`,
  ),
  row(
    "the scheme Token",
    authorization((token) => `Token ${token}`),
    `The header Authorization has a token with the scheme Token. ${sendBearer}`,
  ),
  row(
    "the scheme DPoP",
    authorization((token) => `DPoP ${token}`),
    `The header Authorization has a token with the scheme DPoP. ${sendBearer}`,
  ),
  row(
    "a scheme that nobody knows",
    authorization((token) => `Bear ${token}`),
    `The header Authorization holds a token, and not right after "Bearer ". ${sendBearer}`,
  ),
  row(
    "Bearer where the config asks for JWT",
    authorization((token) => `Bearer ${token}`, {
      from_headers: [{ name: "Authorization", value_prefix: "JWT " }],
    }),
    'The header Authorization has a token with the scheme Bearer. Send "JWT " and then the token, or change value_prefix in from_headers, if that is meant.',
  ),
  row(
    "a password and no token",
    authorization(() => "Basic YWxpY2U6c2VzYW1l"),
    `The header Authorization has the scheme Basic and no token. ${sendBearer}`,
  ),
  row(
    "the token stands in a cookie",
    () => sent((token) => ({ headers: { cookie: `theme=dark; session=${token}` } })),
    `A token stands in cookie session, where this consumer does not look. ${header}, or, ${ifMeant}, name "session" in from_cookies, ${cookie}.`,
  ),
  row(
    "the token stands in another parameter",
    () => sent((token) => ({ path: `/?page=2&jwt=${token}` })),
    `A token stands in parameter jwt, where this consumer does not look. ${header}, or, ${ifMeant}, name "jwt" in from_params, ${cookie}.`,
  ),
  row(
    "the token stands in another header, with Bearer",
    () => sent((token) => ({ headers: { "x-authorization": `bearer ${token}` } })),
    `A token stands in header X-Authorization, where this consumer does not look. ${header}, or, ${ifMeant}, name "X-Authorization" with value_prefix "Bearer " in from_headers, ${cookie}.`,
  ),
  row(
    "naming a cookie in the config has switched Authorization off",
    authorization((token) => `Bearer ${token}`, { from_cookies: ["session"] }),
    'A token stands in header Authorization, where this consumer does not look. Send it in cookie session, or, if clients are meant to send it there, add "Authorization" with value_prefix "Bearer " to from_headers.',
  ),
  row(
    "the token stands where only another consumer looks",
    async () => {
      const key = await mintKey("ES256")
      const partner = consumer(key, {
        name: "partner",
        issuer: "partner",
        from_headers: [{ name: "X-Partner" }],
      })
      const headers = { "x-partner": await sign(key, { payload: goodClaims }) }
      return { config: { consumers: [consumer(key), partner] }, request: request({ headers }) }
    },
    `A token stands in header X-Partner, where this consumer does not look. ${header}, or, ${ifMeant}, name "X-Partner" in from_headers, ${cookie}.`,
  ),
  row(
    "a browser's WebSocket has the token among its protocols",
    () => sent((token) => ({ headers: { "sec-websocket-protocol": `chat, ${token}` } })),
    "A token stands in header Sec-Websocket-Protocol, where this consumer does not look. Send it in parameter access_token.",
  ),
  row(
    "a WebSocket's protocols, and a consumer that looks into headers alone",
    () =>
      sent((token) => ({ headers: { "sec-websocket-protocol": ["chat", token] } }), {
        from_headers: [{ name: "X-Token" }],
      }),
    "A token stands in header Sec-Websocket-Protocol, where this consumer does not look. Send it in a parameter or a cookie, and name that in from_params or from_cookies, if that is meant.",
  ),
  row(
    "the parameter's name in another case",
    () => sent((token) => ({ path: `/?Access_Token=${token}` })),
    "A token stands in parameter Access_Token, and such names are case-sensitive. Send it as access_token.",
  ),
  row(
    "the cookie's name in another case",
    () => sent((token) => ({ headers: { cookie: `session=${token}` } }), { from_cookies: ["Session"] }),
    "A token stands in cookie session, and such names are case-sensitive. Send it as Session.",
  ),
  row(
    "the parameter without a value",
    () => sent(() => ({ path: "/?access_token=&page=2" })),
    "The parameter access_token is there, but empty. Look at the variable that the client takes it from.",
  ),
  row(
    "the cookie without a value, as a logout leaves it",
    () => sent(() => ({ headers: { cookie: 'session=""' } }), { from_cookies: ["session"] }),
    "The cookie session is there, but empty. Look at the variable that the client takes it from.",
  ),
  row(
    "the header without a value",
    () => sent(() => ({ headers: { "x-token": " " } }), { from_headers: [{ name: "X-Token" }] }),
    "The header X-Token is there, but empty. Look at the variable that the client takes it from.",
  ),
]
