import {
  bearer,
  consumer,
  mintKey,
  request,
  sign,
  signText,
  type TestKey,
  type TokenParts,
} from "../../keyring.js"
import type { BrokenRequest, Situation } from "../broken-request.js"

type Make = (token: string, key: TestKey) => string | Promise<string>

/** A truly signed token, of which something else was made, after `Bearer`. */
export const sent =
  (make: Make, parts: TokenParts = {}) =>
  async (): Promise<Situation> => {
    const key = await mintKey("ES256")
    return {
      config: { consumers: [consumer(key)] },
      request: bearer(await make(await sign(key, parts), key)),
    }
  }

/** The same, in a cookie, a parameter, or a header of its own. */
export const inPlace = (kind: "cookie" | "param" | "header", make: Make) => async (): Promise<Situation> => {
  const key = await mintKey("ES256")
  const value = await make(await sign(key), key)
  const places = {
    cookie: { from_cookies: ["session"] },
    param: { from_params: ["token"] },
    header: { from_headers: [{ name: "X-Token" }] },
  }
  const requests = {
    cookie: request({ headers: { cookie: `session=${value}` } }),
    param: request({ path: `/?token=${value}` }),
    header: request({ headers: { "x-token": value } }),
  }
  return { config: { consumers: [consumer(key, places[kind])] }, request: requests[kind] }
}

/** Signed over this very text. */
export const signedOver = (write: (key: TestKey) => string) => sent((_, key) => signText(key, write(key)))

export const row = (name: string, situation: BrokenRequest["situation"], hint: string): BrokenRequest => ({
  name,
  situation,
  at: "form",
  reason: "token_malformed",
  hint,
})
