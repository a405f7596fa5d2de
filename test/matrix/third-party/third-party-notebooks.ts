import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { cellsOfTests } from "./cells-of-tests.ts";
import { galleryCells } from "./gallery-cells.ts";
import type { ThirdPartyPackage } from "./third-party-packages.ts";

export interface ThirdPartyNotebook {
  /** `scikit-learn/examples/svm/plot_svm_margin.py`; of tests with the number of the notebook. */
  readonly name: string;
  readonly package: ThirdPartyPackage;
  /** Where the archive's files lie, and the example among them. */
  readonly archive: string;
  readonly path: string;
  readonly cells: readonly string[];
}

const testsPerNotebook = 8;

/** All notebooks of a package's archive, by name. */
export function notebooksOf(from: ThirdPartyPackage, archive: string): readonly ThirdPartyNotebook[] {
  return filesBelow(archive)
    .filter((path) => from.examples.test(path))
    .flatMap((path) => {
      const texts = cellsOf(from, readFileSync(join(archive, path), "utf8"), join(archive, dirname(path)));
      return texts.map((cells, at) => {
        const number = texts.length > 1 ? `:${at + 1}` : "";
        return { name: `${from.name}/${path}${number}`, package: from, archive, path, cells };
      });
    });
}

/** Paths of all files of a folder, with slashes, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

function cellsOf(from: ThirdPartyPackage, text: string, folder: string): readonly (readonly string[])[] {
  if (from.written === "gallery") return [galleryCells(text)];
  if (from.written === "tests") {
    const first = (from.firstCells ?? []).map((name) => readFileSync(join(folder, name), "utf8"));
    return cellsOfTests(text, first, testsPerNotebook);
  }
  const { value } = readNotebookFile(text);
  return [(value?.cells ?? []).filter(({ isPython }) => isPython).map(({ source }) => source)];
}
