import type { Consumer, Reason } from "../../../src/index.js"
import { goodClaims, issuer, now } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

/** `times` stand in for the usual `exp`. */
function timed(
  name: string,
  times: object,
  reason: Reason | undefined,
  hint: string,
  fields: Partial<Consumer> = {},
): BrokenRequest {
  return {
    name,
    situation: () => signedFor(fields, { payload: { iss: issuer, sub: "alice", ...times } }),
    at: "time",
    ...(reason && { reason }),
    hint,
  }
}

const { exp } = goodClaims
const minute = 60
const hour = 3600
const inSeconds = (names: string, unit: string, factor: number) =>
  `${names} in ${unit}. Times are in seconds (RFC 7519 §2): have the issuer divide by ${factor}.`
const notOnlyExp = (name: string) =>
  `The token has ${name}, and only exp counts (RFC 7519 §4.1.4). Have the issuer write the time at which the token ends into exp, in seconds since 1970.`
const notANumber = (what: string) =>
  `${what}. Have the issuer write the seconds since 1970 as a number (RFC 7519 §2).`

export const time: readonly BrokenRequest[] = [
  timed(
    "nbf is in milliseconds",
    { exp, nbf: now * 1000 },
    "not_yet_valid",
    inSeconds("nbf is", "milliseconds", 1000),
  ),
  timed(
    "iat is in milliseconds",
    { exp, iat: now * 1000 },
    "issued_in_future",
    inSeconds("iat is", "milliseconds", 1000),
  ),
  timed(
    "all times are in milliseconds",
    { exp: exp * 1000, nbf: now * 1000, iat: now * 1000 },
    "not_yet_valid",
    inSeconds("exp, nbf and iat are", "milliseconds", 1000),
  ),
  timed(
    "iat is in nanoseconds",
    { exp, iat: now * 1e9 },
    "issued_in_future",
    inSeconds("iat is", "nanoseconds", 1e9),
  ),
  timed(
    "exp is in milliseconds, so that the token lives forever",
    { exp: exp * 1000 },
    undefined,
    `${inSeconds("exp is", "milliseconds", 1000)} Read as seconds, exp lets the token live for thousands of years.`,
  ),
  timed(
    "a token without exp is accepted, since the config says so",
    {},
    undefined,
    "The token has no exp, and require_exp is false: it is good for as long as its key stands in the config.",
    { require_exp: false },
  ),
  timed(
    "exp is a lifetime",
    { iat: now, exp: 3600 },
    "expired",
    "exp looks like a lifetime, and has to be the time at which the token ends, in seconds since 1970. Have the issuer add the lifetime to iat.",
  ),
  timed(
    "exp is 0, which was meant to be never",
    { exp: 0 },
    "expired",
    "exp 0 is the year 1970, and does not mean never. Have the issuer write the time at which the token ends.",
  ),
  timed(
    "exp is a number in quotes",
    { exp: String(exp) },
    "token_malformed",
    "exp is a string. Have the issuer write the number without quotes (RFC 7519 §2).",
  ),
  timed(
    "exp is a date as a string",
    { exp: "2023-11-14T23:13:20Z" },
    "token_malformed",
    notANumber("exp is a date as a string"),
  ),
  timed("nbf is null", { exp, nbf: null }, "token_malformed", notANumber("nbf is null")),
  timed(
    "iat is an object, as a database wrote it",
    { exp, iat: { seconds: now } },
    "token_malformed",
    notANumber("iat is an object"),
  ),
  timed(
    "the token says expires_at instead of exp",
    { expires_at: exp },
    "exp_missing",
    notOnlyExp("expires_at"),
  ),
  timed(
    "the token says expiresIn instead of exp",
    { expiresIn: 3600 },
    "exp_missing",
    notOnlyExp("expiresIn"),
  ),
  timed(
    "the token has no exp",
    { iat: now },
    "exp_missing",
    "A token without exp is good forever. Have the issuer set it, or accept such tokens with require_exp: false, if that is meant.",
  ),
  timed(
    "the token expired a moment ago",
    { iat: now - 20 * minute, exp: now - 75 },
    "expired",
    "It ended only 1 min 15 s ago: have the client renew its token in time. If the token is new, the clocks differ: keep both in step with NTP.",
  ),
  timed(
    "the issuer takes its local time for UTC, and is behind",
    { iat: now - 5 * hour - 2, exp: now - 5 * hour - 2 + 15 * minute },
    "expired",
    "It was issued about 5 h ago. If it is new, the issuer's clock is that far behind, or it takes the time of its zone for UTC; otherwise get a new token.",
  ),
  timed(
    "the issuer's clock is behind by twenty minutes",
    { iat: now - 20 * minute, exp: now - 10 * minute },
    "expired",
    "It was issued 20 min ago for 10 min. If it is new, the issuer's clock is 20 min behind: keep both in step with NTP. Otherwise have the client renew its token in time.",
  ),
  timed(
    "exp lies before iat",
    { iat: now - hour, exp: now - 2 * hour },
    "expired",
    "exp is not after iat: the token ends where it begins, or before. Look at how the issuer computes exp.",
  ),
  timed(
    "exp lies before nbf",
    { iat: now - 3 * hour, nbf: now - hour, exp: now - 2 * hour },
    "expired",
    "exp is not after nbf: the token ends where it begins, or before. Look at how the issuer computes exp.",
  ),
  timed(
    "exp is the same as iat",
    { iat: now - hour, exp: now - hour },
    "expired",
    "exp is not after iat: the token ends where it begins, or before. Look at how the issuer computes exp.",
  ),
  timed(
    "the issuer takes its local time for UTC, and is ahead",
    { iat: now + 8 * hour - 3, exp: now + 9 * hour },
    "issued_in_future",
    "iat is about 8 h ahead: probably the issuer's clock is, or it takes the time of its zone for UTC. Have it count the seconds since 1970 in UTC (RFC 7519 §2).",
  ),
  timed(
    "the issuer's zone is ahead by a half hour more, and nbf with it",
    { nbf: now + 5.5 * hour, iat: now + 5.5 * hour, exp: now + 7 * hour },
    "not_yet_valid",
    "nbf is about 5 h 30 min ahead: probably the issuer's clock is, or it takes the time of its zone for UTC. Have it count the seconds since 1970 in UTC (RFC 7519 §2).",
  ),
  timed(
    "the clocks are not in step",
    { iat: now + 95, exp: now + hour },
    "issued_in_future",
    "The issuer's clock seems to be ahead by 1 min 35 s or more. Keep both clocks in step with NTP, or raise clock_skew_seconds above 60.",
  ),
]
