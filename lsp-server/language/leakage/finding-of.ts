import type { Link } from "./chains/chain.ts";
import type { Finding } from "./finding.ts";
import { planFixes } from "./fixes/fix-kinds.ts";
import { planMeasurement } from "./measure/measurement-kinds.ts";
import { seenAt } from "./modules/stand-in.ts";
import type { Draft, NotebookFacts, RuleText } from "./rule.ts";
import { severityOf } from "./settings/judge.ts";
import type { Settings } from "./settings/settings.ts";

/** The finding a draft of a rule is, under these settings. */
export function findingOf(
  from: RuleText,
  draft: Draft,
  link: Link | null,
  { settings, facts }: { readonly settings: Settings; readonly facts: NotebookFacts },
): Finding {
  const { module } = draft.at;
  const at = seenAt(draft.at);
  const fixes = planFixes(from.id, draft.about ?? {}, facts, draft.fixes);
  const ofRows = (text: string) =>
    draft.isOfValidation ? text.replaceAll("test row", "validation row") : text;
  return {
    rule: from.id,
    kind: from.kind,
    severity: severityOf(settings, from, draft.severity ?? from.severity, draft.isTransductive),
    title: ofRows(from.title),
    message: module ? `${draft.message} It stands in ${module.where}.` : draft.message,
    why: ofRows(from.why),
    instead: ofRows(draft.instead ?? from.instead),
    cellId: at.cell,
    range: { start: at.start, end: at.end },
    path: draft.path,
    link: link && module ? { ...link, among: `${link.among} (in ${module.where})` } : link,
    plan: () => (module ? [] : fixes.all()),
    isPlanned: (isMeant) => !module && fixes.some(isMeant),
    obstacles: () =>
      module
        ? [`it stands in ${module.where}, and files that are imported are not changed from here`]
        : fixes.obstacles(),
    measurement: () => (module ? null : planMeasurement(from.id, draft.about ?? {}, facts)),
  };
}
