import type { CaptureCases } from "../capture-case.ts";
import { hdf5, numpy } from "./arrays.ts";
import { dataOfLibraries, filesOfLibraries } from "./data-of-libraries.ts";
import { duckdb } from "./duckdb.ts";
import { filesOfModels } from "./files-of-models.ts";
import { media, net } from "./media-and-net.ts";
import { pandas } from "./pandas.ts";
import { plainPython } from "./plain-python.ts";
import { plainPythonFiles } from "./plain-python-files.ts";
import { polars } from "./polars.ts";
import { pyarrow } from "./pyarrow.ts";

/** Every library's cases, in the order of the table. */
export const allCases: readonly CaptureCases[] = [
  plainPython,
  plainPythonFiles,
  pandas,
  pyarrow,
  polars,
  duckdb,
  numpy,
  hdf5,
  media,
  net,
  dataOfLibraries,
  filesOfLibraries,
  filesOfModels,
];
