import type { BrokenRequest } from "./broken-request.js"
import { algorithm } from "./broken-requests/algorithm.js"
import { audience } from "./broken-requests/audience.js"
import { claims } from "./broken-requests/claims.js"
import { form } from "./broken-requests/form.js"
import { key } from "./broken-requests/key.js"
import { place } from "./broken-requests/place.js"
import { rule } from "./broken-requests/rule.js"
import { scopes } from "./broken-requests/scopes.js"
import { signature } from "./broken-requests/signature.js"
import { time } from "./broken-requests/time.js"
import { type } from "./broken-requests/type.js"

/** What goes wrong, by the step where it shows. */
export const subjects: Readonly<Record<string, readonly BrokenRequest[]>> = {
  place,
  form,
  algorithm,
  claims,
  type,
  key,
  signature,
  time,
  audience,
  scopes,
  rule,
}
