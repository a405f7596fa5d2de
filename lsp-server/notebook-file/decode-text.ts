import { type FileProblem, unreadable } from "./file-problem.ts";

/** A file's bytes as text, and what it takes to write them again: `encodeText` gives back the same bytes. */
export interface DecodedText {
  /** Without its byte order mark. */
  readonly text: string;
  readonly encoding: TextEncodingOf;
}

export interface TextEncodingOf {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  /** Whether the file begins with a byte order mark. */
  readonly mark: boolean;
}

/**
 * The text of a notebook file: UTF-8, or UTF-16 and UTF-8 by their byte order marks, or UTF-16 without a mark where the zero bytes
 * around its first characters tell. A string was decoded by somebody else and is taken as UTF-8.
 *
 * Bytes that are no text in that encoding: `text` is null with `notebook/undecodable`, naming the line. Never a replacement character in silence.
 */
export function decodeText(content: Uint8Array | string): {
  readonly value: DecodedText | null;
  readonly problems: readonly FileProblem[];
} {
  if (typeof content === "string") {
    const mark = content.startsWith("\uFEFF");
    return {
      value: { text: mark ? content.slice(1) : content, encoding: { name: "utf-8", mark } },
      problems: [],
    };
  }
  const encoding = encodingOf(content);
  const body = encoding.mark ? content.subarray(encoding.name === "utf-8" ? 3 : 2) : content;
  try {
    const text = new TextDecoder(encoding.name, { fatal: true, ignoreBOM: true }).decode(body);
    return { value: { text, encoding }, problems: [] };
  } catch {
    return { value: null, problems: [undecodable(body, encoding.name)] };
  }
}

/** The bytes of a text. A lone half of a pair cannot be written and becomes U+FFFD. */
export function encodeText(text: string, { name, mark }: TextEncodingOf): Uint8Array {
  const whole = mark ? `\uFEFF${text}` : text;
  if (name === "utf-8") return new TextEncoder().encode(whole);
  const view = new DataView(new ArrayBuffer(whole.length * 2));
  const little = name === "utf-16le";
  for (let at = 0; at < whole.length; at++) view.setUint16(at * 2, whole.charCodeAt(at), little);
  return new Uint8Array(view.buffer);
}

/** The encoding that a byte order mark, or zero bytes around the first characters, tell of; UTF-8 otherwise. */
export function encodingOf([a, b, c, d]: Uint8Array): TextEncodingOf {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { name: "utf-8", mark: true };
  if (a === 0xff && b === 0xfe) return { name: "utf-16le", mark: true };
  if (a === 0xfe && b === 0xff) return { name: "utf-16be", mark: true };
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { name: "utf-16le", mark: false };
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { name: "utf-16be", mark: false };
  return { name: "utf-8", mark: false };
}

/** Says which line holds the first byte that is not of the encoding. */
export function undecodable(bytes: Uint8Array, name: string): FileProblem {
  const line = lineOfFirstBadByte(bytes, name);
  const where = line === null ? "" : `: line ${line + 1} holds a byte that does not belong to it`;
  return unreadable(
    "notebook/undecodable",
    `This file is not text in ${name.toUpperCase()}${where}. Nothing of it was read.`,
    "Save it as UTF-8.",
    line,
  );
}

/** Halves the text until the fault's place is known: 30 decodings of ever shorter pieces at most. */
function lineOfFirstBadByte(bytes: Uint8Array, name: string): number | null {
  try {
    const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true });
    let good = 0;
    for (let step = bytes.length; step >= 1; step = Math.floor(step / 2)) {
      while (good + step <= bytes.length && decodes(bytes.subarray(0, good + step), decoder)) good += step;
    }
    return (
      new TextDecoder(name, { ignoreBOM: true }).decode(bytes.subarray(0, good)).split(/\r\n?|\n/).length - 1
    );
  } catch {
    return null;
  }
}

/** A character cut off at the end is no fault. */
function decodes(bytes: Uint8Array, decoder: TextDecoder): boolean {
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  } finally {
    try {
      decoder.decode();
    } catch {
      // What was cut off at the end is dropped.
    }
  }
}
