import type { Rule } from "../rule.ts";
import { scalerBeforeSplit } from "./scaler-before-split.ts";

/** Every rule that is on, in catalog order. */
export const rules: readonly Rule[] = [scalerBeforeSplit];
