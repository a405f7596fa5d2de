import type { GateState } from "@lookback/protocol/publish.ts";
import { committed } from "./committed.ts";
import { filesValidate } from "./files-validate.ts";
import type { Gate } from "./gate.ts";
import { noLeaks } from "./no-leaks.ts";
import { noSecrets } from "./no-secrets.ts";
import { onlineAsOffline } from "./online-as-offline.ts";
import { runsClean } from "./runs-clean.ts";
import { sameAnswers } from "./same-answers.ts";
import { sameCode } from "./same-code.ts";
import { sameInputs } from "./same-inputs.ts";
import { servedAsTrained } from "./served-as-trained.ts";
import { signature } from "./signature.ts";
import { trainedAsJoined } from "./trained-as-joined.ts";

/** Every gate, in the order they run: what is quick and reads only comes first, what cannot be undone last. */
export const allGates: readonly Gate[] = [
  noLeaks,
  sameCode,
  noSecrets,
  sameInputs,
  runsClean,
  sameAnswers,
  signature,
  servedAsTrained,
  trainedAsJoined,
  onlineAsOffline,
  filesValidate,
  committed,
];

/** The gates as a person sees them before any has run. */
export function waitingGates(): readonly GateState[] {
  return allGates.map(({ id, title }) => ({
    id,
    title,
    state: "waiting",
    evidence: "",
    detail: null,
    durationMs: null,
  }));
}
