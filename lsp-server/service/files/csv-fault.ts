import { isUtf8 } from "node:buffer";
import { openRegular } from "./open-regular.ts";

/**
 * What is wrong with a CSV file as a text, by its line: another encoding, a quote that is never closed, a row with more or
 * fewer values than the header. Null when it is none of these, or lies beyond the first 32 MiB.
 */
export async function csvFault(path: string): Promise<string | null> {
  if (/\.gz$/i.test(path)) return null;
  const { bytes, isWhole } = await beginning(path);
  if (bytes.length === 0) return "it is empty";
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return "it is UTF-16; save it as UTF-8";
  return notUtf8(bytes) ?? misshapen(bytes.toString("utf8").replace(/^\uFEFF/, ""), isWhole);
}

/**
 * Whether a file's table begins with its first line, so that nothing stands before it: the line has as many values as the
 * next, or as `columns`, which were found further below.
 */
export async function startsAsTable(path: string, columns: number): Promise<boolean> {
  const { bytes } = await beginning(path);
  const [header = "", second = ""] = bytes.toString("utf8").split(/\r?\n/, 2);
  const count = header.split(delimiterOf(header)).length;
  return count > 1 && (count >= columns || second.split(delimiterOf(header)).length === count);
}

const most = 32 << 20;

/** Whole lines only, unless the file is one. */
async function beginning(path: string): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, most));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    if (size <= most) return { bytes: bytes.subarray(0, bytesRead), isWhole: true };
    return { bytes: bytes.subarray(0, bytes.lastIndexOf(10) + 1), isWhole: false };
  } finally {
    await file.close();
  }
}

function notUtf8(bytes: Buffer): string | null {
  if (isUtf8(bytes)) return null;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  return `line ${line} is not UTF-8, perhaps Latin-1 or Windows-1252; save the file as UTF-8`;
}

function misshapen(text: string, isWhole: boolean): string | null {
  const header = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = delimiterOf(header);
  let wanted: number | null = null;
  let [line, first, values] = [1, 1, 1];
  let opened: number | null = null;
  let isStart = true;
  let isBlank = true;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (opened !== null && char !== undefined) {
      if (char === "\n") line++;
      else if (char === '"' && text[at + 1] === '"') at++;
      else if (char === '"') opened = null;
      continue;
    }
    if (char === '"' && isStart) opened = line;
    isStart = char === delimiter;
    if (char === delimiter) values++;
    if (char !== undefined && char !== "\n" && char !== "\r") isBlank = false;
    if (char !== "\n" && char !== undefined) continue;
    if (!isBlank && opened === null) {
      wanted ??= values;
      if (values !== wanted) return `line ${first} has ${values} values where the header has ${wanted}`;
    }
    line++;
    [first, values, isStart, isBlank] = [line, 1, true, true];
  }
  return opened !== null && isWhole ? `the quote that line ${opened} opens is never closed` : null;
}

function delimiterOf(header: string): string {
  return [",", ";", "\t", "|"].reduce((best, each) =>
    header.split(each).length > header.split(best).length ? each : best,
  );
}
