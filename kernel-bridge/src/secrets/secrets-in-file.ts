import { open } from "node:fs/promises";
import { encodingOf } from "@lookback/notebook-file/decode-text.ts";
import { type Replaced, startRedaction } from "./redact/redaction.ts";

/**
 * The secrets that a file of text shows, those `known` among them, of each kind how many; empty where it shows none, or is no text. A file of settings is read
 * whole, any other text from its beginning: what a table or a log of a gigabyte holds further down is not looked for.
 */
export async function secretsInFile(
  path: string,
  known: Iterable<string> = [],
): Promise<readonly Replaced[]> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const most = settings.test(path) && size <= mostOfSettings ? mostOfSettings : mostOfText;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, most)), 0, null, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const { name } = encodingOf(bytes);
    if (name === "utf-8" && bytes.subarray(0, 8192).includes(0)) return [];
    const redaction = startRedaction(known);
    redaction.text(new TextDecoder(name).decode(bytes), "");
    return redaction.found;
  } finally {
    await file.close();
  }
}

const settings =
  /\.(?:json|json5|jsonc|ya?ml|toml|ini|cfg|cnf|conf|config|env|properties|xml|tf|tfvars|hcl|sh|ps1|sql|txt|md)$|[\\/]\.?[A-Za-z0-9_-]+$/i;
const mostOfSettings = 1 << 20;
const mostOfText = 1 << 16;
