import type { AuthRequest } from "@jwt-auth/core"
import { freshString } from "../tokens/fresh-string.js"

/** A request as a browser sends it, with a token or without. */
export function requestWith(token: string | undefined, changes: Partial<AuthRequest> = {}): AuthRequest {
  return {
    method: "GET",
    host: "api.example.com",
    path: "/orders/1042?expand=items",
    headers: {
      host: "api.example.com",
      connection: "keep-alive",
      "sec-ch-ua": '"Chromium";v="142", "Not_A Brand";v="99"',
      "sec-ch-ua-mobile": "?0",
      "sec-ch-ua-platform": '"Linux"',
      ...(token !== undefined && { authorization: freshString(`Bearer ${token}`) }),
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
      accept: "application/json",
      origin: "https://www.example.com",
      "sec-fetch-site": "same-site",
      "sec-fetch-mode": "cors",
      "sec-fetch-dest": "empty",
      referer: "https://www.example.com/orders",
      "accept-encoding": "gzip, deflate, br, zstd",
      "accept-language": "en-GB,en;q=0.9",
    },
    ...changes,
  }
}
