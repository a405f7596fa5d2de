import type { CaptureCases } from "../capture-case.ts";
import { plainPython } from "./plain-python.ts";

/** Every library's cases, in the order of the table. */
export const allCases: readonly CaptureCases[] = [plainPython];
