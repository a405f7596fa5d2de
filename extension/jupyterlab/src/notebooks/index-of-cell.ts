/** The cells of a notebook's widget. One that is closed keeps its cells for a while, without their models. */
interface Cells {
  readonly widgets: readonly {
    readonly isDisposed: boolean;
    readonly model: { readonly id: string } | null;
  }[];
}

/** Where a cell stands in a notebook; -1 when it is gone, or the notebook is: an answer may come later than either. */
export function indexOfCell(notebook: Cells, cellId: string): number {
  return notebook.widgets.findIndex(({ isDisposed, model }) => !isDisposed && model?.id === cellId);
}
