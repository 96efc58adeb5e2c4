import { createServer, type Server } from "node:http"
import { domOf } from "./browser.js"

/** A fetch for the page to make. */
export interface PageFetch {
  readonly id: string
  readonly url: string
  readonly init?: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    readonly credentials?: "include" | "omit" | "same-origin"
  }
}

/** What a script of the page gets to know: all there is, or that there is nothing. */
export type PageResult =
  | { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly error: string }

const script = `
  const results = {}
  const jobs = JSON.parse(document.getElementById("fetches").textContent)
  await Promise.all(jobs.map(async ({ id, url, init }) => {
    try {
      const response = await fetch(url, init)
      const headers = Object.fromEntries(response.headers)
      results[id] = { status: response.status, headers, body: await response.text() }
    } catch (error) {
      results[id] = { error: error.name }
    }
  }))
  document.getElementById("results").textContent = encodeURIComponent(JSON.stringify(results))
`

/** Serves the page that makes what `fetches` says when the page is opened. */
export function pageServer(fetches: () => readonly PageFetch[], cookies: readonly string[]): Server {
  return createServer((_req, res) => {
    const jobs = JSON.stringify(fetches()).replaceAll("<", "\\u003c")
    res.setHeader("Content-Type", "text/html; charset=utf-8")
    res.setHeader("Set-Cookie", [...cookies])
    res.end(`<!doctype html>
<link rel="icon" href="data:,">
<script type="application/json" id="fetches">${jobs}</script>
<output id="results"></output>
<script type="module">${script}</script>`)
  })
}

/** Opens the page in a browser, and returns what its script has found out, by the ids of the fetches. */
export async function resultsOf(page: string): Promise<Readonly<Record<string, PageResult>>> {
  const dom = await domOf(page)
  const [, results = ""] = /<output id="results">([^<]*)<\/output>/.exec(dom) ?? []
  if (results === "") throw new Error(`the page did not come to its end:\n${dom}`)
  return JSON.parse(decodeURIComponent(results)) as Record<string, PageResult>
}
