import type { Host } from "@lookback/extension/host.ts";
import type { TextChange } from "@lookback/protocol/findings.ts";
import { RequestFailure } from "../connection/json-rpc.ts";
import { offsetAt } from "../lsp.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";
import { changeCells } from "./change-cells.ts";

/** Makes changes that the server planned, of cells of one open notebook, where those still say what is to be replaced. */
export async function changeTexts(
  title: string,
  changes: readonly TextChange[],
  notebooks: OpenNotebooks,
  drawDiff: NonNullable<Host["drawSourceDiff"]> | null,
): Promise<boolean> {
  const open = [...notebooks.all.values()].flatMap((document) =>
    document
      .cells()
      .map(({ id, sharedModel }) => ({ document, id, text: sharedModel, uri: document.cellUri(id) })),
  );
  const cells = changes.flatMap(({ uri, edits }) => {
    const cell = open.find((each) => each.uri === uri);
    return cell === undefined ? [] : [{ ...cell, edits }];
  });
  const isOld = () =>
    cells.length < changes.length ||
    cells.some(({ text, edits }) => {
      const source = text.getSource();
      return edits.some(
        ({ range, replaced }) =>
          source.slice(offsetAt(source, range.start), offsetAt(source, range.end)) !== replaced,
      );
    });
  const here = cells[0]?.document.panel.content.activeCell?.model.id ?? null;
  const outcome = await changeCells(title, cells, { here, drawDiff, isOld });
  if (outcome === "old")
    throw new RequestFailure(
      `The notebook has changed since “${title.replace(/…$/, "")}” was offered. Nothing was changed.`,
      { code: "host/text-changed", advice: "" },
    );
  return outcome === "changed";
}
