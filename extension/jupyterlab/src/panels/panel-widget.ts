import type { Host, PanelName, PanelParams } from "@lookback/extension/host.ts";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { type PanelEntry, panelCatalog } from "./panel-catalog.ts";

/** A panel as a Lumino widget: draws once it is on the page, removes itself when closed. */
export class PanelWidget<P extends PanelName> extends Widget {
  readonly #entry: PanelEntry<P>;
  readonly #host: Host;
  readonly #params: PanelParams[P];
  #unmount: (() => void) | null = null;

  constructor(panel: P, host: Host, params: PanelParams[P]) {
    super();
    this.#entry = panelCatalog[panel];
    this.#host = host;
    this.#params = params;
    this.id = `lookback-${this.#entry.key(params)}`;
    this.title.icon = this.#entry.icon;
    this.title.caption = this.#entry.title(params);
    this.title.closable = this.#entry.beside !== "left";
    if (this.#entry.beside !== "left") this.title.label = this.#entry.title(params);
    this.addClass("lb-host");
    this.addClass("lb-root");
    this.node.tabIndex = -1;
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
      const mount = await this.#entry.load();
      if (!this.isDisposed) this.#unmount = mount(this.node, this.#host, this.#params);
    } catch (error) {
      this.node.textContent = `This panel could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
