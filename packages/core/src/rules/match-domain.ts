/** A host, compared without regard to case, port and one trailing dot. */
export interface HostReading {
  readonly name: string
  /** True for what is no host name at all: nobody can say how the next layer reads it. */
  readonly malformed: boolean
}

/** Reads a Host header (RFC 9110 §7.2), and the target for the host that it may name. Never throws. */
export function readHost(host: string, target = ""): HostReading {
  const name = normalHost(host)
  const other = hostOf(target)
  return { name, malformed: !isName(name) || (other !== undefined && normalHost(other) !== name) }
}

/** RFC 9112 §3.2.2 puts the host of an absolute target before the Host header, and few servers do. */
function hostOf(target: string): string | undefined {
  return target.startsWith("/") ? undefined : /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1]
}

/** Labels with one dot between them, an IPv6 address, or nothing. */
function isName(name: string): boolean {
  return !/[^\w.-]|^\.|\.(?:\.|$)/.test(name) || /^\[[\da-f:.]+\]$/.test(name)
}

function normalHost(host: string): string {
  const name = withoutPort(host.toLowerCase())
  return name.endsWith(".") ? name.slice(0, -1) : name
}

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(":")
  return colon === -1 || /\D/.test(host.slice(colon + 1)) ? host : host.slice(0, colon)
}

/** `exact`, `*.suffix` (not the bare suffix), `prefix.*`, or `*`. */
export type DomainPattern =
  | { readonly kind: "any" }
  | { readonly kind: "exact" | "suffix" | "prefix"; readonly text: string }

/** The pattern, or undefined when it is none. */
export function compileDomain(pattern: string): DomainPattern | undefined {
  const text = pattern.toLowerCase().replace(/\.$/, "")
  if (text === "*") return { kind: "any" }
  if (text.startsWith("*.")) return plain("suffix", text.slice(1), text.slice(2))
  if (text.endsWith(".*")) return plain("prefix", text.slice(0, -1), text.slice(0, -2))
  return plain("exact", text, text)
}

function plain(kind: "exact" | "suffix" | "prefix", text: string, host: string): DomainPattern | undefined {
  const { name, malformed } = readHost(host)
  return malformed || name === "" || name !== host ? undefined : { kind, text }
}

/** A malformed host never matches a public rule that names a domain, and always a restricting one. */
export function matchDomain(
  patterns: readonly DomainPattern[],
  host: HostReading,
  isPublic: boolean,
): boolean {
  return patterns.some(
    (pattern) => pattern.kind === "any" || (host.malformed ? !isPublic : covers(pattern, host.name)),
  )
}

function covers(pattern: DomainPattern, host: string): boolean {
  switch (pattern.kind) {
    case "any":
      return true
    case "exact":
      return host === pattern.text
    case "suffix":
      return host.length > pattern.text.length && host.endsWith(pattern.text)
    case "prefix":
      return host.length > pattern.text.length && host.startsWith(pattern.text)
  }
}

/** True when everything that `inner` matches is matched by `outer`. */
export function domainIncludes(outer: DomainPattern, inner: DomainPattern): boolean {
  if (outer.kind === "any") return true
  if (inner.kind === "any") return false
  if (outer.kind === inner.kind) {
    if (outer.kind === "exact") return outer.text === inner.text
    return outer.kind === "suffix" ? inner.text.endsWith(outer.text) : inner.text.startsWith(outer.text)
  }
  return inner.kind === "exact" && covers(outer, inner.text)
}
