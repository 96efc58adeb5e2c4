import type { Consumer } from "../config/document.js"
import type { AuthRequest } from "../decision.js"

/** An `AuthRequest` whose headers also suit `fetch`, Hono's `app.request` and supertest's `set`. */
export interface TestRequest extends AuthRequest {
  readonly headers: Readonly<Record<string, string>>
}

export interface TestRequestOptions {
  /** Default `GET`. */
  readonly method?: string | undefined
  /** Default `api.example.com`. */
  readonly host?: string | undefined
  /** Path and query, not decoded. Default `/`. */
  readonly path?: string | undefined
  /** The name that the app gives the route. */
  readonly route?: string | undefined
  /** More headers, by name in any case. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** This token instead of a good one; `null` for none. */
  readonly token?: string | PromiseLike<string> | null | undefined
}

/** A request with this token in the first place where the consumer looks for one. */
export function testRequest(
  consumer: Consumer,
  { method = "GET", host = "api.example.com", path = "/", route, headers = {} }: TestRequestOptions,
  token: string | null,
): TestRequest {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const request = {
    method,
    host,
    path,
    headers: Object.fromEntries(lowerCase),
    ...(route !== undefined && { route }),
  }
  return token === null ? request : place(request, token, consumer)
}

function place(request: TestRequest, token: string, consumer: Consumer): TestRequest {
  const { path, headers } = request
  const { from_headers, from_params, from_cookies } = consumer
  const isDefault = [from_headers, from_params, from_cookies].every((places) => places === undefined)
  const [header] = isDefault ? [{ name: "Authorization", value_prefix: "Bearer " }] : (from_headers ?? [])
  if (header !== undefined) {
    const { name, value_prefix = "" } = header
    return { ...request, headers: { ...headers, [name.toLowerCase()]: value_prefix + token } }
  }
  const [param] = from_params ?? []
  if (param !== undefined) {
    const mark = path.includes("?") ? "&" : "?"
    return { ...request, path: `${path}${mark}${encodeURIComponent(param)}=${token}` }
  }
  const others = headers["cookie"] === undefined ? "" : `${headers["cookie"]}; `
  return { ...request, headers: { ...headers, cookie: `${others}${from_cookies?.[0] ?? ""}=${token}` } }
}
