/** An element, with its attributes and content escaped where they are text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...content: readonly (Markup | string)[]
): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(attribute(value))}"`)
  const inner = content.map((part) => (typeof part === "string" ? escaped(part) : part.markup)).join("")
  return { markup: `<${name}${written.join("")}>${inner}</${name}>\n` }
}

/** What is markup already, and must not be escaped again. */
export interface Markup {
  readonly markup: string
}

/** Text at a point. */
export function text(x: number, y: number, content: string, className = ""): Markup {
  return element("text", { x, y, ...(className !== "" && { class: className }) }, content)
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, className: string): Markup {
  return element("line", { x1, y1, x2, y2, class: className })
}

function attribute(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : value
}

function escaped(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}
