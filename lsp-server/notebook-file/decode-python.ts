import { type DecodedText, decodeText, encodingOf, undecodable } from "./decode-text.ts";
import { type FileProblem, unreadable } from "./file-problem.ts";

/**
 * The text of a Python file, as Python reads it: UTF-8 unless a byte order mark or one of its first two lines says otherwise
 * (PEP 263). Latin-1 is read byte by byte, other names as the WHATWG encodings know them.
 *
 * An encoding nobody knows, and bytes that are none of it, are `notebook/undecodable`.
 */
export function decodePython(content: Uint8Array | string): {
  readonly value: Pick<DecodedText, "text"> | null;
  readonly problems: readonly FileProblem[];
} {
  if (typeof content === "string") return decodeText(content);
  const { name, mark } = encodingOf(content);
  const said = mark || name !== "utf-8" ? null : declaredIn(content);
  if (said === null || /^utf[-_]?8([-_]|$)/.test(said)) return decodeText(content);
  if (/^(latin[-_]?1|iso[-_]8859[-_]1|iso8859[-_]?1|l1|cp819)([-_]|$)/.test(said))
    return { value: { text: latin1(content) }, problems: [] };
  if (/^(cp|windows[-_]?)1252$/.test(said)) {
    return {
      value: { text: latin1(content).replace(/[\x80-\x9f]/g, (char) => inWindows1252(char)) },
      problems: [],
    };
  }
  const label = labels[said] ?? said.replaceAll("_", "-").replace(/^cp(\d+)$/, "windows-$1");
  try {
    new TextDecoder(label);
  } catch {
    const message = `This file says its encoding is ${said}, which is not known here. Nothing of it was read.`;
    return { value: null, problems: [unreadable("notebook/undecodable", message, "Save it as UTF-8.", 0)] };
  }
  try {
    if (/^(us-)?ascii$/.test(label) && content.some((byte) => byte > 0x7f)) throw new Error("not ASCII");
    return { value: { text: new TextDecoder(label, { fatal: true }).decode(content) }, problems: [] };
  } catch {
    return { value: null, problems: [undecodable(content, label)] };
  }
}

/** Python's names that the WHATWG list does not have. */
const labels: Readonly<Record<string, string>> = {
  ascii: "ascii",
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  euc_jp: "euc-jp",
  euc_kr: "euc-kr",
  koi8_r: "koi8-r",
  koi8_u: "koi8-u",
  "mac-roman": "macintosh",
  mac_roman: "macintosh",
  ms932: "shift_jis",
  shift_jis: "shift_jis",
  us_ascii: "ascii",
};

/** Node 20 decodes windows-1252 as Latin-1. */
function inWindows1252(char: string): string {
  return "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"[char.charCodeAt(0) - 0x80] ?? char;
}

/** The second line counts only while the first is blank or a comment. */
function declaredIn(bytes: Uint8Array): string | null {
  const [first = "", second = ""] = latin1(bytes.subarray(0, 1_000)).split(/\r\n?|\n/);
  const found = cookie.exec(first) ?? (/^[ \t\f]*(#.*)?$/.test(first) ? cookie.exec(second) : null);
  return found?.[1]?.toLowerCase() ?? null;
}

const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}
