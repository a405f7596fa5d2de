/**
 * A JSON text as a tree of places in it, so that what is not touched can be given back as it stands: numbers of any length,
 * white space, the order of keys, keys that stand twice, escapes.
 *
 * Reads what Python's `json` reads: `NaN`, `Infinity` and `-Infinity` too, and nesting up to 900 levels. Offsets are UTF-16,
 * `end` is the first behind. A fault is a value with its offset.
 */
export function parseJson(text: string): ParsedJson {
  try {
    return { root: new Reader(text).whole(), fault: null };
  } catch (fault) {
    if (fault instanceof JsonFault) return { root: null, fault };
    throw fault;
  }
}

export type ParsedJson =
  | { readonly root: JsonNode; readonly fault: null }
  | { readonly root: null; readonly fault: JsonFault };

export type JsonNode = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: "object";
  readonly start: number;
  readonly end: number;
  /** In the text's order; a key that stands twice is here twice. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}

export interface JsonArray {
  readonly kind: "array";
  readonly start: number;
  readonly end: number;
  readonly items: readonly JsonNode[];
}

interface JsonScalar {
  readonly kind: "string" | "number" | "word";
  readonly start: number;
  readonly end: number;
}

/** Where and why a text is not JSON. */
class JsonFault extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** The value of a key, the last one where it stands twice, as every JSON reader takes it; null when absent or when the node is no object. */
export function memberOf(node: JsonNode | null, key: string): JsonNode | null {
  if (node?.kind !== "object") return null;
  return node.members.findLast((member) => member.key === key)?.value ?? null;
}

const DEEPEST = 900;

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  whole(): JsonNode {
    const root = this.value(0);
    this.skip();
    if (this.at < this.text.length) this.fail("something follows the end");
    return root;
  }

  private value(depth: number): JsonNode {
    if (depth > DEEPEST) this.fail(`it is nested more than ${DEEPEST} levels deep`);
    this.skip();
    const start = this.at;
    const char = this.text[start];
    if (char === "{") return this.object(depth);
    if (char === "[") return this.array(depth);
    if (char === '"') {
      this.string();
      return { kind: "string", start, end: this.at };
    }
    if (this.match(aWord)) return { kind: "word", start, end: this.at };
    if (this.match(aNumber)) return { kind: "number", start, end: this.at };
    return this.fail(char === undefined ? "it ends in the middle" : "a value was expected");
  }

  private object(depth: number): JsonObject {
    const start = this.at++;
    const members: JsonMember[] = [];
    for (this.skip(); this.text[this.at] !== "}"; this.skip()) {
      if (members.length > 0) this.take(",");
      this.skip();
      const keyStart = this.at;
      if (this.text[keyStart] !== '"') this.fail("a key in double quotes was expected");
      const key = this.string();
      const keyEnd = this.at;
      this.skip();
      this.take(":");
      members.push({ key, keyStart, keyEnd, value: this.value(depth + 1) });
    }
    this.at++;
    return { kind: "object", start, end: this.at, members };
  }

  private array(depth: number): JsonArray {
    const start = this.at++;
    const items: JsonNode[] = [];
    for (this.skip(); this.text[this.at] !== "]"; this.skip()) {
      if (items.length > 0) this.take(",");
      items.push(this.value(depth + 1));
    }
    this.at++;
    return { kind: "array", start, end: this.at, items };
  }

  /** What the string at the place means. */
  private string(): string {
    const start = this.at;
    let end = start;
    do end = this.text.indexOf('"', end + 1);
    while (end >= 0 && this.isEscaped(end));
    if (end < 0) this.fail("a text has no closing quote");
    this.at = end + 1;
    const raw = this.text.slice(start, this.at);
    if (!notPlain.test(raw)) return raw.slice(1, -1);
    try {
      return JSON.parse(raw);
    } catch {
      throw new JsonFault(start, "a text holds a character that must be escaped, or an escape that is none");
    }
  }

  private isEscaped(quote: number): boolean {
    let before = quote;
    while (this.text[before - 1] === "\\") before--;
    return (quote - before) % 2 === 1;
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private skip(): void {
    this.match(white);
  }

  private take(char: "," | ":"): void {
    if (this.text[this.at] !== char) this.fail(`a ${char === "," ? "comma" : "colon"} was expected`);
    this.at++;
  }

  private fail(message: string): never {
    throw new JsonFault(this.at, message);
  }
}

const white = /[ \t\n\r]*/y;
const aNumber = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const aWord = /true|false|null|NaN|-?Infinity/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in a text.
const notPlain = /[\u0000-\u001f\\]/;
