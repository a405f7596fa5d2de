import type { Library } from "../../library.ts";
import { functions } from "./functions.ts";
import { methods } from "./methods.ts";

export const numpy: Library = {
  name: "numpy",
  also: ["cupy", "dask.array", "jax.numpy", "pandas.np"],
  version: "2.4.6",
  source: "https://numpy.org/doc/stable/reference/",
  modules: [
    "numpy",
    "numpy.fft",
    "numpy.lib.scimath",
    "numpy.linalg",
    "numpy.ma",
    "numpy.random",
    "numpy.lib.stride_tricks",
    "numpy.strings",
    "numpy.polynomial",
  ],
  receivers: [
    "numpy.ndarray",
    "numpy.ma.MaskedArray",
    "numpy.random.Generator",
    "numpy.random.RandomState",
    "numpy.ufunc",
  ],
  functions,
  callers: {
    apply_along_axis: "along-axis",
    vectorize: "hand-on",
  },
  methods,
  former: ["asfarray", "float", "int", "object"],
};
