import { posix } from "node:path"
import { parse } from "node:url"

// How the layers behind a rule read a request target: independent of the library's own reading, by the very functions
// that routers, proxies and file servers call, in the orders in which they call them.

type Read = (text: string) => string

const until =
  (delimiter: RegExp): Read =>
  (text) =>
    text.split(delimiter)[0] ?? ""
const decode: Read = decodeURIComponent
const resolve: Read = (path) => posix.normalize(`/${path}`)
const withoutParameters: Read = (path) => path.replace(/;[^/]*/g, "")
const withSlashes: Read = (path) => path.replaceAll("\\", "/")
const inOrder =
  (...steps: readonly Read[]): Read =>
  (text) =>
    steps.reduce((path, step) => step(path), text)

/** First the path is cut out of the target. */
const pathOf: Readonly<Record<string, Read>> = {
  "cut at ?": until(/\?/),
  "cut at ? and #": until(/[?#]/),
  "new URL": (target) => new URL(target, "http://host").pathname,
  "url.parse": (target) => parse(target).pathname ?? "/",
}

/** Then it is made into the name of something. */
const nameOf: Readonly<Record<string, Read>> = {
  "as it stands": (path) => path,
  "decoded but for separators": decodeURI,
  decoded: decode,
  resolved: resolve,
  "decoded, resolved": inOrder(decode, resolve),
  "resolved, decoded": inOrder(resolve, decode),
  "decoded twice, resolved": inOrder(decode, decode, resolve),
  "without parameters": withoutParameters,
  "without parameters, decoded, resolved": inOrder(withoutParameters, decode, resolve),
  "decoded, without parameters, resolved": inOrder(decode, withoutParameters, resolve),
  "resolved, without parameters": inOrder(resolve, withoutParameters),
  "decoded, cut at NUL, resolved": inOrder(decode, until(/\0/), resolve),
  "decoded, \\ as /, resolved": inOrder(decode, withSlashes, resolve),
}

export interface Reading {
  readonly layer: string
  /** In lower case and without a trailing slash: how a router compares it. */
  readonly path: string
}

/** What each layer makes of a target; a layer that refuses it makes nothing. */
export function readingsBehind(target: string): readonly Reading[] {
  return Object.entries(pathOf).flatMap(([from, cut]) =>
    Object.entries(nameOf).flatMap(([how, name]) => {
      try {
        const path = name(cut(target)).toLowerCase()
        return [{ layer: `${from}, ${how}`, path: path.length > 1 ? path.replace(/\/$/, "") : path }]
      } catch {
        return []
      }
    }),
  )
}

export function isBelow(base: string, path: string): boolean {
  return path === base || path.startsWith(`${base}/`)
}
