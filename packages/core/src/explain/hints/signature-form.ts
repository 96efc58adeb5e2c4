import { decodeBase64url } from "../../base64url.js"
import type { Algorithm } from "../../config/document.js"
import { algorithms, signatureLength } from "../../config/key-algorithms.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import { keysFor } from "../differences.js"
import type { Finding } from "../finding.js"

/** A signature that cannot be one by this key, whatever was signed. */
export function signatureFormHint({ consumer }: Finding, jws: CompactJws): string | undefined {
  const { alg, kid } = jws.header
  const signature = decodeBase64url(jws.token.slice(jws.token.lastIndexOf(".") + 1)) ?? new Uint8Array()
  const named = keysFor(consumer.keys, kid)
  const fitting = (named.length > 0 ? named : consumer.keys).filter((key) => key.algorithms.includes(alg))
  const lengths = fitting.map(({ jwk }) => signatureLength(jwk, alg))
  const [expected] = lengths
  if (expected === undefined || lengths.includes(signature.length)) return undefined
  if (alg.startsWith("ES") && isDer(signature)) {
    return `The signature is in DER form. A JWS has r and s side by side, ${expected} bytes for ${alg} (RFC 7518 §3.4): crypto libraries call that P1363, and libraries for JWTs do it by themselves.`
  }
  const really = algorithmOfLength(alg, signature.length)
  if (really !== undefined) {
    return `The signature has ${signature.length} bytes, as those of ${really} have, and the header says ${alg}. Let the header name the algorithm that signs.`
  }
  if (isRsa(alg) && rsaLengths.includes(signature.length)) {
    return `The signature has the length of an RSA key of ${signature.length * 8} bits, and the key in jwks has ${expected * 8}. It was made with another key.`
  }
  return `The signature has ${signature.length} bytes, and one by ${alg} has ${expected} here: the token was probably cut off or changed on its way. Copy it whole.`
}

/** A SEQUENCE of that very length that begins with an INTEGER (RFC 3279 §2.2.3). */
function isDer(bytes: Uint8Array): boolean {
  const start = bytes[1] === 0x81 ? 3 : 2
  return bytes[0] === 0x30 && bytes[start - 1] === bytes.length - start && bytes[start] === 0x02
}

/** Another algorithm of the same family, where each has a length of its own. */
function algorithmOfLength(alg: Algorithm, length: number): Algorithm | undefined {
  if (isRsa(alg)) return undefined
  return algorithms.find(
    (other) => other.slice(0, 2) === alg.slice(0, 2) && signatureLength({}, other) === length,
  )
}

function isRsa(alg: Algorithm): boolean {
  return alg.startsWith("RS") || alg.startsWith("PS")
}

/** Of the sizes that RSA keys are made in. */
const rsaLengths: readonly number[] = [128, 256, 384, 512, 1024]
