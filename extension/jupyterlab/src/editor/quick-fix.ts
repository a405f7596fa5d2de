import { forEachDiagnostic } from "@codemirror/lint";
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import { CommandRegistry } from "@lumino/commands";
import { Menu } from "@lumino/widgets";

interface Offer {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  apply(view: EditorView): void;
}

/** A lightbulb at the end of the cursor's line when something there can be fixed. */
export function lightbulb(): Extension {
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        marks: marksFor(view),
        update() {
          plugin.marks = marksFor(view);
        },
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.marks },
  );
}

/** Opens the fixes of the cursor's line below the cursor. Answers whether there were any. */
export function openQuickFixes(view: EditorView): boolean {
  const offers = offersAtCursor(view);
  if (offers.length === 0) return false;
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  menu.addClass("lb-fix-menu");
  offers.forEach((offer, index) => {
    const command = `fix-${index}`;
    commands.addCommand(command, {
      label: offer.title,
      execute: () => {
        offer.apply(view);
        view.focus();
      },
    });
    menu.addItem({ command });
  });
  menu.aboutToClose.connect(() => view.focus());
  const place = view.coordsAtPos(view.state.selection.main.head);
  menu.open(place?.left ?? 0, place?.bottom ?? 0);
  menu.activeIndex = 0;
  return true;
}

function offersAtCursor(view: EditorView): Offer[] {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const offers: Offer[] = [];
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (from > line.to || to < line.from) return;
    for (const action of diagnostic.actions ?? []) {
      offers.push({ title: action.name, from, to, apply: (target) => action.apply(target, from, to) });
    }
  });
  return offers;
}

function marksFor(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  if (view.hasFocus && offersAtCursor(view).length > 0) {
    const { to } = view.state.doc.lineAt(view.state.selection.main.head);
    marks.add(to, to, Decoration.widget({ widget: new Lightbulb(), side: 1 }));
  }
  return marks.finish();
}

class Lightbulb extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(view: EditorView): HTMLElement {
    const button = document.createElement("button");
    button.className = "lb-lightbulb";
    button.title = "Show fixes (Ctrl+.)";
    button.setAttribute("aria-label", "Show fixes");
    button.tabIndex = -1;
    // The editor keeps the focus. A menu that is there when the button comes up may be below it, and takes that for a choice.
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => openQuickFixes(view);
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
