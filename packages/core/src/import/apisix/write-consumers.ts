import type { Consumer } from "../../config/document.js"
import type { NamedCredential, Person } from "./consumers.js"
import { defaultSettings, type PluginSettings } from "./plugin-settings.js"

/** Where the parts of a written consumer came from, for what `checkConfig` may say of them. */
export interface WrittenConsumer {
  readonly consumer: Consumer
  readonly credential?: NamedCredential
}

/** The consumers of these people, as a plugin with these settings knows them. */
export function writeConsumers(
  people: readonly Person[],
  settings: PluginSettings,
): readonly WrittenConsumer[] {
  return people.flatMap(({ credentials }) =>
    credentials.map((credential) => ({ consumer: writeConsumer(credential, settings), credential })),
  )
}

function writeConsumer(credential: NamedCredential, settings: PluginSettings): Consumer {
  const { name, key, jwk, algorithm, graceSeconds, isWeak } = credential
  return {
    name,
    claims: Object.fromEntries([[settings.keyClaim, key]]),
    jwks: { keys: [jwk] },
    algorithms: [algorithm],
    ...writePlaces(settings),
    clock_skew_seconds: graceSeconds,
    require_exp: settings.requireExp,
    ...(isWeak && { allow_weak_hmac: true }),
  }
}

/** A header value is a token with `Bearer ` before it, or without. */
function writePlaces({ header, query, cookie, hideCredentials }: PluginSettings): Partial<Consumer> {
  return {
    from_headers: [{ name: header, value_prefix: "Bearer " }, { name: header }],
    from_params: [query],
    from_cookies: [cookie],
    ...(hideCredentials && { keep_token: false }),
  }
}

/** The name of a consumer that nobody can be: no username has a bracket. */
export const nobody = "(nobody)"

/**
 * Who may call where nobody may: `allow` needs a name. No token is this consumer's, since `exp` would have to be a text,
 * and a token whose `exp` is not a number is refused. Nor has anybody the private half of its key: its bytes are a
 * sentence.
 */
export function writeNobody(settings: PluginSettings = defaultSettings): Consumer {
  // "there is no private key for this"
  const x = "dGhlcmUgaXMgbm8gcHJpdmF0ZSBrZXkgZm9yIHRoaXM"
  return {
    name: nobody,
    claims: { exp: "never" },
    jwks: { keys: [{ kty: "OKP", crv: "Ed25519", x }] },
    ...writePlaces(settings),
  }
}
