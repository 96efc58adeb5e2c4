import { randomBytes } from "node:crypto"

/** As many characters as these, without any form. */
export function garbage(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length)
}

/** As long as asked for, with a token's form: a true header, and a payload that breaks off where JSON would go on. */
export function structuredGarbage(header: string, length: number): string {
  const signature = garbage(86)
  const payloadLength = Math.floor(((length - header.length - signature.length - 2) * 3) / 4)
  const payload = `{"iss":"https://login.example.com/","filler":"${"x".repeat(payloadLength)}`.slice(
    0,
    payloadLength,
  )
  return `${header}.${Buffer.from(payload).toString("base64url")}.${signature}`
}
