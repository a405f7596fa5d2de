import { encodingOf } from "@lookback/notebook-file/decode-text.ts";
import { type Replaced, startRedaction } from "./redact/redaction.ts";

/**
 * Looks for secrets in a file whose bytes are given in order, as somebody reads them: answers those that it shows, the `known` among them, of each
 * kind how many, once enough was given; none before, and of what is no text. A file of settings is judged whole, any other text by its
 * beginning: what a table or a log of a gigabyte holds further down is not looked for.
 */
export function secretSearch(
  path: string,
  size: number,
  known: Iterable<string> = [],
): (bytes: Buffer) => readonly Replaced[] {
  const most = settings.test(path) && size <= mostOfSettings ? mostOfSettings : mostOfText;
  const wanted = Math.min(size, most);
  let given: Buffer[] = [];
  let count = 0;
  let found: readonly Replaced[] | null = null;
  return (bytes) => {
    if (found !== null) return found;
    // Whoever reads may use the same memory for what comes next.
    if (count + bytes.length < wanted) given.push(Buffer.from(bytes));
    else {
      found = secretsIn(Buffer.concat([...given, bytes.subarray(0, wanted - count)]), known);
      given = [];
    }
    count += bytes.length;
    return found ?? [];
  };
}

function secretsIn(bytes: Buffer, known: Iterable<string>): readonly Replaced[] {
  const { name } = encodingOf(bytes);
  if (name === "utf-8" && bytes.subarray(0, 8192).includes(0)) return [];
  const redaction = startRedaction(known);
  redaction.text(new TextDecoder(name).decode(bytes), "");
  return redaction.found;
}

const settings =
  /\.(?:json|json5|jsonc|ya?ml|toml|ini|cfg|cnf|conf|config|env|properties|xml|tf|tfvars|hcl|sh|ps1|sql|txt|md)$|[\\/]\.?[A-Za-z0-9_-]+$/i;
const mostOfSettings = 1 << 20;
const mostOfText = 1 << 16;
