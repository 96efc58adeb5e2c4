import { signAsConsumer1 } from "./tokens.js"

/** Commands to copy, with a token that is good for a day. */
export function curlLines(port: number, now: number): readonly string[] {
  const token = signAsConsumer1({ iss: "abcd", sub: "reader", iat: now, exp: now + 86_400 })
  const curl = (host: string, path: string, ...rest: string[]) =>
    ["curl -i", `-H 'Host: ${host}'`, ...rest, `'http://127.0.0.1:${port}${path}'`].join(" ")
  return [
    "# 200: consumer1's token in the header, and in the parameter",
    curl("xxx.hello.com", "/test", `-H 'Authorization: Bearer ${token}'`),
    curl("xxx.hello.com", `/test?access_token=${token}`),
    "# 401: no token",
    curl("xxx.hello.com", "/test"),
    "# 403: *.example.com is for consumer2",
    curl("xxx.example.com", "/test", `-H 'Authorization: Bearer ${token}'`),
  ]
}
