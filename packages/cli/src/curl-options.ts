// The options of curl, as far as they matter to what is sent, or do not matter at all. What is in none of these lists
// may change the request in a way that is not followed here, and is refused.

/** With a value, and read. */
const read = [
  ..."header request cookie data data-ascii data-binary data-raw data-urlencode json user oauth2-bearer".split(
    " ",
  ),
  ..."user-agent referer url url-query form form-string upload-file".split(" "),
] as const

/** What is sent as the body, or with --get as the query. */
export const bodies = ["data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"] as const

/** Without a value, and read. */
const switches = ["get", "head", "path-as-is", "globoff"] as const

/** With a value that changes nothing about the request line and the headers that matter here. */
const ignoredWithValue = (
  "output output-dir write-out max-time connect-timeout retry retry-delay retry-max-time cacert capath cert cert-type " +
  "key key-type pass ciphers tls13-ciphers tls-max curves pinnedpubkey resolve connect-to interface local-port proxy " +
  "noproxy proxy-user preproxy socks4 socks4a socks5 socks5-hostname dns-servers doh-url cookie-jar dump-header " +
  "stderr trace trace-ascii limit-rate speed-limit speed-time keepalive-time max-filesize max-redirs proto proto-redir " +
  "unix-socket abstract-unix-socket range continue-at etag-save create-file-mode expect100-timeout rate libcurl"
).split(" ")

const ignored = (
  "silent show-error verbose include insecure location location-trusted fail fail-with-body fail-early compressed " +
  "no-buffer buffer progress-bar progress-meter http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only " +
  "tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 ssl ssl-reqd ssl-no-revoke ipv4 ipv6 basic remote-name remote-name-all " +
  "remote-header-name remote-time create-dirs junk-session-cookies keepalive alpn npn sessionid parallel raw " +
  "styled-output tcp-nodelay tcp-fastopen retry-connrefused retry-all-errors post301 post302 post303 trace-time disable " +
  "compressed-ssh proxy-insecure cert-status disallow-username-in-url clobber"
).split(" ")

const shorts: Readonly<Record<string, string>> = {
  ...{
    H: "header",
    X: "request",
    b: "cookie",
    d: "data",
    u: "user",
    A: "user-agent",
    e: "referer",
    F: "form",
  },
  ...{ T: "upload-file", G: "get", I: "head", g: "globoff", o: "output", w: "write-out", m: "max-time" },
  ...{
    E: "cert",
    x: "proxy",
    U: "proxy-user",
    c: "cookie-jar",
    D: "dump-header",
    r: "range",
    C: "continue-at",
  },
  ...{
    Y: "speed-limit",
    y: "speed-time",
    s: "silent",
    S: "show-error",
    v: "verbose",
    i: "include",
    k: "insecure",
  },
  ...{
    L: "location",
    f: "fail",
    N: "no-buffer",
    "#": "progress-bar",
    0: "http1.0",
    1: "tlsv1",
    4: "ipv4",
    6: "ipv6",
  },
  ...{
    O: "remote-name",
    J: "remote-header-name",
    R: "remote-time",
    j: "junk-session-cookies",
    Z: "parallel",
    q: "disable",
  },
}

export type CurlOption = (typeof read)[number] | (typeof switches)[number]

export function longName(short: string): string | undefined {
  return Object.hasOwn(shorts, short) ? shorts[short] : undefined
}

/** Whether an option of this long name takes a value; undefined when it is none that is known here. */
export function takesValue(name: string): boolean | undefined {
  if (isIn(read, name) || isIn(ignoredWithValue, name)) return true
  return isIn(switches, name) || isIn(ignored, name.replace(/^no-/, "")) || isIn(ignored, name)
    ? false
    : undefined
}

export function isRead(name: string): name is CurlOption {
  return isIn(read, name) || isIn(switches, name)
}

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name)
}
