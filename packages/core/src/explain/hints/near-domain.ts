import { show } from "../show.js"
import { isSlip } from "./near-text.js"

/** In what a host that does not match this pattern differs from it, and what to do. `host` is in lower case, without port. */
export function nearDomain(pattern: string, host: string): string | undefined {
  const domain = pattern.toLowerCase().replace(/\.$/, "")
  if (domain === `*.${host}`) {
    return `is for ${show(pattern)}, which does not cover ${show(host)} itself. List both, if that is meant`
  }
  if (host.endsWith(`.${domain}`)) {
    return `is for ${show(pattern)} alone, and this host is below it. Add ${show(`*.${domain}`)}, if that is meant`
  }
  if (domain.endsWith(`.${host}`) && !domain.startsWith("*.")) {
    return `is for ${show(pattern)}, and this request went to ${show(host)}. Send the request there, or list both, if that is meant`
  }
  return isMisspelled(domain.split("."), host.split("."))
    ? `is for ${show(pattern)}, and the host ${show(host)} differs from that in a letter or two. Correct the one or the other, if both are meant to be the same`
    : undefined
}

/** True when one label looks like a slip for the other, and all others are equal; a star holds for what it covers. */
function isMisspelled(wanted: readonly string[], host: readonly string[]): boolean {
  const covers = wanted[0] === "*" && host.length >= wanted.length
  const given = covers ? ["*", ...host.slice(1 - wanted.length)] : host
  if (wanted.length !== given.length) return false
  const [one, ...more] = wanted.flatMap((label, i) => (label === given[i] ? [] : [i]))
  return one !== undefined && more.length === 0 && isSlip(wanted[one] ?? "", given[one] ?? "")
}
