import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import type { Send } from "../conformance/driver.js"

/** What the programs for the edge VM leave behind in it. */
interface Context {
  readonly Request: typeof Request
  readonly serve: (request: Request) => Promise<Response>
  readonly observed: () => Promise<string>
}

/** Evaluates a bundle. The types are written out here, since the package is not where the type checker would look. */
export async function evaluated(bundle: string, rows: string): Promise<Context> {
  const path = createRequire(import.meta.url).resolve("@edge-runtime/vm")
  const { EdgeVM } = (await import(pathToFileURL(path).href)) as {
    EdgeVM: new (options: {
      extend(context: object): object
    }) => { evaluate(code: string): unknown; readonly context: Context }
  }
  const vm = new EdgeVM({ extend: (context) => Object.assign(context, { rows: readFileSync(rows, "utf8") }) })
  vm.evaluate(readFileSync(bundle, "utf8"))
  return vm.context
}

/** There is no server: what a `Request` cannot express cannot be sent. */
export function toVm({ Request, serve }: Context): Send {
  return async ({ method, target, headers }) => {
    const host = headers.find(([name]) => name === "Host")?.[1]
    const text = Buffer.from(target, "latin1").toString()
    const url = text.startsWith("/") ? `http://${host}${text}` : text
    const request = new Request(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    })
    const response = await serve(request)
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  }
}
