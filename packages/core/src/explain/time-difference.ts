import type { Difference, Finding } from "./finding.js"
import { duration, moment } from "./time.js"

/** The time that keeps the token from being good now, beside the clock. */
export function timeDifference({ reason, jws, now, consumer, showClaim }: Finding): Difference | undefined {
  if (jws === undefined || now === undefined) return undefined
  const { exp, nbf, iat } = jws.claims
  const clock = `the clock says ${moment(now)}, ${duration(consumer.clockSkew)} of skew is allowed`
  const at = (name: string, value: unknown) => {
    if (typeof value !== "number") return `${name} ${showClaim(value)}`
    if (!Number.isFinite(value)) return `${name} too large for a number`
    const distance = value < now ? `${duration(now - value)} ago` : `in ${duration(value - now)}`
    return `${name} ${value}, ${moment(value)}, ${distance}`
  }
  switch (reason) {
    case "exp_missing":
      return { expected: "exp", actual: "no exp" }
    case "expired":
      return { expected: `exp in the future: ${clock}`, actual: at("exp", exp) }
    case "not_yet_valid":
      return { expected: `nbf in the past: ${clock}`, actual: at("nbf", nbf) }
    case "issued_in_future":
      return { expected: `iat in the past: ${clock}`, actual: at("iat", iat) }
    default: {
      const times = Object.entries({ exp, nbf, iat })
      const [name, value] = times.find(([, time]) => time !== undefined && !Number.isFinite(time)) ?? [
        "time",
        undefined,
      ]
      return { expected: `${name} as a number of seconds since 1970`, actual: at(name, value) }
    }
  }
}
