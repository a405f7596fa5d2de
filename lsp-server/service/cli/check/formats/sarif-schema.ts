import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/** What is wrong with a value as a SARIF log, by the standard's own schema, each with its path; nothing when it is one. */
export function sarifFaults(value: unknown): string[] {
  return isSarif(value)
    ? []
    : (isSarif.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath || "/"} ${message}${"additionalProperty" in params ? `: ${params.additionalProperty}` : ""}`,
      );
}

/** Of an older draft: its own address apart, it is read the same by the newer one, as long as its patterns are not read as Unicode. */
const {
  $schema: _draft,
  id: _id,
  ...schema
} = JSON.parse(readFileSync(new URL("fixtures/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"));
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);
