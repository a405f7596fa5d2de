import type { Result } from "@lookback/protocol/requests.ts";
import type { Host } from "../../host.ts";
import { countText } from "./quantity.ts";
import { notebookTitle } from "./titles.ts";

/**
 * Deletes a run: at once where nothing would lose by it, since it can be brought back, else once it is confirmed. What a deployment rests on is
 * refused, with what rests on it. Failures reject.
 */
export async function deleteRun(host: Host, id: string): Promise<void> {
  const ids = [id];
  let plan = await host.request("lookback/runs/delete", { ids, confirmed: false });
  if (!plan.deleted && plan.refused.length === 0) {
    const asked = `Delete run ${id.slice(-6)}?`;
    if (!(await host.confirm(asked, warningText(plan), "Delete"))) return;
    // Somebody may have deployed it meanwhile.
    plan = await host.request("lookback/runs/delete", { ids, confirmed: true });
  }
  if (plan.refused.length > 0) {
    if (await host.offer(refusalText(plan), "Show lineage")) host.openPanel("lineage", { of: { run: id } });
    return;
  }
  if (await host.offer(`Run ${id.slice(-6)} is deleted.`, "Bring back"))
    await host.request("lookback/runs/undelete", { ids });
}

type Plan = Result<"lookback/runs/delete">;

/** What would lose by it, a line each. */
export function warningText({ warnings }: Pick<Plan, "warnings">): string {
  const lines = warnings.map((warning) => {
    if (warning.kind === "marked") {
      const { starred, name, official } = warning.marks;
      const said = [
        ...(starred ? ["starred"] : []),
        ...(name === null ? [] : [`named ${name}`]),
        ...official.map(({ question }) => `official for ${question}`),
      ];
      return `It is ${said.join(", ")}.`;
    }
    if (warning.kind === "honest")
      return `Run ${warning.run.slice(-6)} is kept as its honest score, and would no longer lead back to it.`;
    const run = `Run ${warning.run.slice(-6)} of ${notebookTitle(warning.notebook)}`;
    return warning.path === null
      ? `${run} went on with its variables.`
      : `${run} read ${warning.path}, which it wrote.`;
  });
  const more = lines.length > MOST ? [`And ${lines.length - MOST} more.`] : [];
  return [...lines.slice(0, MOST), ...more, "It can be brought back until its bytes are freed."].join("\n");
}

const MOST = 8;

/** Why it may not go. */
export function refusalText({ refused }: Pick<Plan, "refused">): string {
  const all = refused.flatMap(({ deployments }) => deployments);
  const names = [
    ...new Set(
      all.map(({ name, until }) => (until === null ? name : `${name} (until ${until.slice(0, 10)})`)),
    ),
  ];
  const shown = names.slice(0, MOST).join(", ");
  const more = names.length > MOST ? ` and ${countText(names.length - MOST, "more deployment")}` : "";
  const verb = all.every(({ until }) => until !== null) ? "rested" : names.length > 1 ? "rest" : "rests";
  return `Nothing was deleted: ${shown}${more} ${verb} on this run, and what a deployment rests or rested on stays.`;
}
