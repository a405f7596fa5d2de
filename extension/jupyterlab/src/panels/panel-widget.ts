import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import { loadPanel } from "@lookback/extension/panels/load-panel.ts";
import { type PanelEntry, panelTable } from "@lookback/extension/panels/panel-table.ts";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { icons } from "./icons.ts";

/** A panel as a Lumino widget: draws once it is on the page, removes itself when closed. */
export class PanelWidget<P extends PanelName> extends Widget {
  readonly #panel: P;
  readonly #host: Host;
  #params: PanelParams[P];
  #unmount: (() => void) | null = null;

  constructor(panel: P, host: Host, params: PanelParams[P]) {
    super();
    const entry: PanelEntry<P> = panelTable[panel];
    this.#panel = panel;
    this.#host = host;
    this.#params = params;
    this.id = `lookback-${entry.key(params)}`;
    this.title.icon = icons[entry.icon];
    this.title.caption = entry.title(params);
    this.title.closable = entry.place !== "side";
    if (entry.place !== "side") this.title.label = entry.title(params);
    this.addClass("lb-host");
    this.addClass("lb-root");
    this.node.tabIndex = -1;
  }

  /** Draws itself with these parameters, unless it does already. */
  turnTo(params: PanelParams[P]): void {
    if (JSON.stringify(params) === JSON.stringify(this.#params)) return;
    this.#params = params;
    const entry: PanelEntry<P> = panelTable[this.#panel];
    this.title.caption = entry.title(params);
    this.title.label = entry.title(params);
    this.#unmount?.();
    void this.#draw();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.#unmount === null) void this.#draw();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  override dispose(): void {
    this.#unmount?.();
    super.dispose();
  }

  async #draw(): Promise<void> {
    this.#unmount = () => undefined;
    try {
      const mount = await loadPanel(this.#panel);
      if (!this.isDisposed) this.#unmount = mount(this.node, this.#host, this.#params);
    } catch (error) {
      this.node.textContent = `This panel could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
