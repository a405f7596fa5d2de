import type { JupyterFrontEnd } from "@jupyterlab/application";
import { MainAreaWidget, Notification } from "@jupyterlab/apputils";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { failureText } from "@lookback/protocol/failures.ts";
import type { Widget } from "@lumino/widgets";
import type { LanguageServer } from "../connection/language-server.ts";
import { logoIcon } from "./icons.ts";

/** Answers what opens the page of a rule: one tab a rule, beside whatever is in front. */
export function rulePages(
  app: JupyterFrontEnd,
  server: LanguageServer,
  rendermime: IRenderMimeRegistry,
): (rule: string) => Promise<void> {
  const open = new Map<string, Widget>();
  return async (rule) => {
    try {
      const known = open.get(rule);
      const widget = known?.isDisposed === false ? known : await pageOf(rule, server, rendermime);
      open.set(rule, widget);
      if (!widget.isAttached) app.shell.add(widget, "main", { mode: "split-right" });
      app.shell.activateById(widget.id);
    } catch (error) {
      Notification.error(failureText(error), { autoClose: false });
    }
  };
}

async function pageOf(
  rule: string,
  server: LanguageServer,
  rendermime: IRenderMimeRegistry,
): Promise<Widget> {
  const { page } = await server.request("lookback/rules/page", { rule });
  const content = rendermime.createRenderer("text/markdown");
  await content.renderModel(
    rendermime.createModel({ data: { "text/markdown": page ?? `There is no rule called \`${rule}\`.` } }),
  );
  content.addClass("lb-rule-page");
  const widget = new MainAreaWidget({ content });
  widget.id = `lookback-rule-${rule}`;
  widget.toolbar.hide();
  widget.title.label = rule;
  widget.title.caption = `What ${rule} looks for, and why`;
  widget.title.icon = logoIcon;
  return widget;
}
