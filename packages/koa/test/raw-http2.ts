import { connect } from "node:net"

export type HeaderLine = readonly [name: string, value: string]

/**
 * Sends one request of these very header lines, until something comes back (RFC 9113 §6.2, RFC 7541 §6.2.2): Node's own
 * client sends no header twice.
 */
export async function sendHeaders(port: number, lines: readonly HeaderLine[]): Promise<void> {
  const block = Buffer.concat(lines.flatMap(([name, value]) => [Buffer.of(0), literal(name), literal(value)]))
  const socket = connect(port, "127.0.0.1")
  socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
  socket.write(Buffer.concat([frame(4, 0, 0, Buffer.alloc(0)), frame(1, 5, 1, block)]))
  let received = Buffer.alloc(0)
  // Leaving the loop closes the socket.
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer])
    if (streamsIn(received).includes(1)) break
  }
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

function streamsIn(bytes: Buffer): readonly number[] {
  const streams: number[] = []
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3))
    streams.push(bytes.readUInt32BE(at + 5))
  return streams
}

/** RFC 7541 §5.2, without Huffman coding. */
function literal(text: string): Buffer {
  return Buffer.concat([integer(text.length), Buffer.from(text, "latin1")])
}

/** RFC 7541 §5.1, with a prefix of seven bits. */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.of(value)
  const bytes = [127]
  let rest = value - 127
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}
