/** The place of the argument, from 0, into which a function of NumPy writes where it is given as many without names: `np.log(a, a)`. */
export function writesPlace(path: string): number | undefined {
  if (!path.startsWith("numpy.")) return undefined;
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (name === "clip") return 3;
  if (ofOne.has(name)) return 1;
  return ofTwo.has(name) ? 2 : undefined;
}

const ofOne: ReadonlySet<string> = new Set(
  (
    "abs absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conj cos cosh deg2rad degrees exp exp2 expm1 fabs floor invert " +
    "isfinite isinf isnan log log10 log1p log2 logical_not negative positive rad2deg radians reciprocal rint sign sin sinh sqrt square tan tanh trunc"
  ).split(" "),
);

const ofTwo: ReadonlySet<string> = new Set(
  (
    "add arctan2 copysign divide equal floor_divide fmax fmin fmod greater greater_equal heaviside hypot less less_equal logaddexp logical_and " +
    "logical_or logical_xor maximum minimum mod multiply not_equal power remainder subtract true_divide"
  ).split(" "),
);
