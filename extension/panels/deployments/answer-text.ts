import type { Prediction } from "@lookback/protocol/deployments.ts";
import type { JsonValue } from "@lookback/protocol/json.ts";

/** A prediction's answer in a few words: `late 0.6123`; with several classes the likeliest one. */
export function answerText(output: Prediction["output"]): string {
  const [name, value] = headline(output);
  return name === null ? "none" : `${name} ${outputText(value)}`;
}

/** The number or label itself. */
export function answerValue(output: Prediction["output"]): string {
  const [name, value] = headline(output);
  return name === null ? "none" : outputText(value);
}

/** What a prediction was asked about: its texts, else all its inputs. */
export function subjectText(inputs: Prediction["inputs"]): string {
  const texts = Object.values(inputs).filter((value) => typeof value === "string");
  return (texts.length > 0 ? texts : Object.values(inputs).map((value) => valueText(value))).join(" ");
}

/** A value for reading: numbers with at most four decimals. Null has no text: see why it is missing. */
export function valueText(value: JsonValue | undefined, locale?: string): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "number") return value.toLocaleString(locale, { maximumFractionDigits: 4 });
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Answers stand under each other: a fraction always has its four decimals. */
function outputText(value: JsonValue | undefined): string {
  if (typeof value !== "number" || Number.isInteger(value)) return valueText(value);
  return value.toLocaleString(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
}

function headline(output: Prediction["output"]): [string | null, JsonValue | undefined] {
  const entries = Object.entries(output);
  const [first, ...rest] = entries;
  if (!first) return [null, undefined];
  return rest.reduce((best, each) => (Number(each[1]) > Number(best[1]) ? each : best), first);
}
