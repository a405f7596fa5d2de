import { forEachDiagnostic } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { MimeModel } from "@jupyterlab/rendermime";
import type { LanguageServer } from "../connection/language-server.ts";
import { offsetAt, positionAt, type Range } from "../lsp.ts";
import type { AttachedEditors } from "./attached-editors.ts";

interface Hover {
  readonly contents: string | { readonly kind?: string; readonly value: string };
  readonly range?: Range;
}

/** Shows what the server knows of the word under the mouse, drawn by the host's own Markdown renderer. */
export function describeOnHover(
  editors: AttachedEditors,
  server: LanguageServer,
  rendermime: IRenderMimeRegistry,
): Extension {
  return hoverTooltip(async (view, offset) => {
    const editor = editors.of(view);
    if (editor === null || server.state !== "ready") return null;
    // A finding here says more, in its own tooltip.
    if (hasFinding(view, offset)) return null;
    const { document, cellId } = editor;
    document.flush();
    const text = view.state.doc.toString();
    const hover = await server
      .ask<Hover | null>("textDocument/hover", {
        textDocument: { uri: document.cellUri(cellId) },
        position: positionAt(text, offset),
      })
      .catch(() => null);
    const markdown =
      hover === null ? "" : typeof hover.contents === "string" ? hover.contents : hover.contents.value;
    if (markdown === "") return null;
    const range = hover?.range;
    return {
      pos: range === undefined ? offset : offsetAt(text, range.start),
      end: range === undefined ? offset : offsetAt(text, range.end),
      above: true,
      create() {
        const renderer = rendermime.createRenderer("text/markdown");
        renderer.addClass("lb-hover");
        void renderer.renderModel(new MimeModel({ data: { "text/markdown": markdown } }));
        const dom = hoverBox();
        // Not attached as a widget: the editor removes the box before it says so.
        dom.append(renderer.node);
        return {
          dom,
          destroy: () => renderer.dispose(),
        };
      },
    };
  });
}

function hasFinding(view: EditorView, offset: number): boolean {
  let found = false;
  forEachDiagnostic(view.state, (_, from, to) => {
    found ||= from <= offset && offset <= to;
  });
  return found;
}

function hoverBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = "lb-hover-box";
  return box;
}
