import type { Split } from "../../facts/values/split.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { statementIndex } from "../names.ts";
import { givenTo, isFrameText } from "./table.ts";

/**
 * How the rows of each array of a split are picked by their numbers, in the order of these, or by their labels: as the split itself would put
 * them. Null where one of the arrays may be neither table nor array: picked otherwise, it would stand in another order than the rest.
 */
export function inOrder(
  facts: NotebookFacts,
  split: Split,
  arrays: readonly Expression[],
  by: "numbers" | "labels",
): ((text: string, rows: string) => string) | null {
  const at = statementIndex(facts, split.at);
  const texts = arrays.map((one) => facts.textOf(one.at));
  const tables = new Set(texts.filter((text) => isFrameText(facts, text, at)));
  const isKnown = texts.every((text) => tables.has(text) || (by === "numbers" && isArray(facts, text, at)));
  if (!isKnown) return null;
  const accessor = by === "numbers" ? ".iloc" : ".loc";
  return (text, rows) => `${text}${tables.has(text) ? accessor : ""}[${rows}]`;
}

/** Whether something below a split goes by the places of its parts' rows: then it would meet others where these stand in another order. */
export function goesByPlace(facts: NotebookFacts, { at }: Split): boolean {
  return facts
    .flow()
    .slice(statementIndex(facts, at) + 1)
    .some(({ text }) => byPlace.test(text));
}

const byPlace =
  /\biloc\b|\.(head|tail|take|sample|resample)\(|\[\s*-?\w*\s*:|\[\s*-?\d+\s*\]|Fold\(|Split\(|\bcv\s*=|\bcross_val|CV\(|validation_(split|fraction)|early_stopping|train_test_split\(|\b(enumerate|zip|range|shuffle|permutation)\(|batch_size|epochs/;

/** Whether a text surely is an array of NumPy before a statement. */
function isArray(facts: NotebookFacts, text: string, before: number): boolean {
  if (/\.(values|to_numpy\(\))$/.test(text)) return true;
  if (!/^\w+$/.test(text)) return false;
  const value = valueBefore(facts, text, before);
  if (
    value === null ||
    /^(np|numpy)\.(array|asarray|log|log1p|sqrt|exp)\(|\.(values|to_numpy\(\))$/.test(value)
  )
    return value !== null;
  const [, transformer = ""] = /^([\s\S]+)\.fit_transform\([^()]*\)$/.exec(value) ?? [];
  const made = /^\w+$/.test(transformer) ? valueBefore(facts, transformer, before) : transformer;
  return made !== null && givesArrays.test(made) && !facts.flow().some((one) => tables.test(one.text));
}

function valueBefore(facts: NotebookFacts, name: string, before: number): string | null {
  const giver = facts
    .flow()
    .slice(0, before)
    .findLast(({ binds }) => binds.has(name));
  return givenTo(giver?.text ?? "", name);
}

const givesArrays =
  /\b((Standard|MinMax|MaxAbs|Robust)Scaler|(Simple|KNN)Imputer|Normalizer|PCA|TruncatedSVD|Power|Quantile)(Transformer)?\([^()]*\)$/;

/** What makes scikit-learn answer with tables. */
const tables = /\bset_output\(|\bset_config\(/;
