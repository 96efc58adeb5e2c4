/** A NIST curve y² = x³ − 3x + b over the integers modulo p (SEC 2, FIPS 186-4 D.1.2). */
export interface Curve {
  /** Length of a coordinate. */
  readonly bytes: number
  readonly p: bigint
  readonly b: bigint
}

export const curves: Readonly<Record<string, Curve>> = {
  "P-256": {
    bytes: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  "P-384": {
    bytes: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  "P-521": {
    bytes: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

/** True for a point on the curve with coordinates below p. Off-curve keys must not verify anything (RFC 8725 §3.4). */
export function isOnCurve({ p, b }: Curve, x: bigint, y: bigint): boolean {
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
}

const p25519 = 2n ** 255n - 19n

/** The y-coordinates, up to sign, of the eight points whose order divides the cofactor 8 of edwards25519 (RFC 8032 §5.1). */
const smallOrder = [0n, 1n, 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n]

/** True for a public key under which anybody can make signatures; an all-zero place holder is one. */
export function hasSmallOrder(x: Uint8Array): boolean {
  const y = (toInteger(x.toReversed()) % 2n ** 255n) % p25519
  return smallOrder.some((small) => y === small || y === p25519 - small)
}

/** Big-endian, as RFC 7518 §6 writes numbers. By words of 64 bits: a config may hold 10,000 keys. */
export function toInteger(bytes: Uint8Array): bigint {
  const words = new DataView(new ArrayBuffer(Math.ceil(bytes.length / 8) * 8))
  new Uint8Array(words.buffer).set(bytes, words.byteLength - bytes.length)
  let integer = 0n
  for (let at = 0; at < words.byteLength; at += 8) integer = (integer << 64n) | words.getBigUint64(at)
  return integer
}
