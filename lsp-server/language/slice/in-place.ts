/** Whether a method, by its name, changes what it is called on, on any library's object that has it. */
export function changesReceiver(method: string): boolean {
  return (
    changers.has(method) ||
    /^([a-z]\w*[a-z]_|__(del|set)\w+__|__i(add|and|concat|floordiv|lshift|matmul|mod|mul|or|pow|rshift|sub|truediv|xor)__)$/.test(
      method,
    )
  );
}

/** Whether a function, by its callee's text, writes into what it is given first: `np.putmask`, `np.add.at`. */
export function writesIntoFirst(callee: string): boolean {
  const name = callee.slice(callee.lastIndexOf(".") + 1);
  return writers.has(name);
}

/** Whether the answer of a call that changes nothing, by its callee's text, may hold what it is given, or show it: `zip(a, b)`, `np.asarray(a)`. */
export function handsOn(callee: string): boolean {
  const name = callee.slice(callee.lastIndexOf(".") + 1);
  return holding.has(name) || showing.has(name);
}

/** Whether what a table or an array is asked for, by its name, may be the same numbers in memory. */
export function showsReceiver(name: string): boolean {
  return viewing.has(name) || showing.has(name);
}

/**
 * What an argument, by its name and what it is told, lets a call write into: what it is called on, what the argument holds, or whatever it is
 * given; null where it does not. A value that the text does not tell, `undefined`, may be any.
 */
export function writesBy(
  name: string | null,
  told: string | number | boolean | null | undefined,
): "receiver" | "value" | "given" | null {
  const isOff = told === false || told === 0 || told === null;
  switch (name) {
    case "inplace":
    case "in_place":
      return isOff ? null : "receiver";
    case "out":
      return told === null ? null : "value";
    case "copy":
    case "copy_X":
    case "copy_x":
      return told === false || told === 0 ? "given" : null;
    default:
      return name?.startsWith("overwrite_") && !isOff ? "given" : null;
  }
}

const changers: ReadonlySet<string> = new Set(
  (
    "append appendleft add clear difference_update discard drop_in_place eliminate_zeros extend extendleft fill insert insert_at_idx insert_column intersection_update isetitem itemset " +
    "partition pop popitem popleft put remove replace_at_idx replace_column resize reverse rotate set_at_idx setdefault setdiag setfield setflags " +
    "sort sort_indices sum_duplicates symmetric_difference_update update"
  ).split(" "),
);

const writers: ReadonlySet<string> = new Set(
  (
    "add_datepart at copyto delattr delitem fill_diagonal heapify heappop heappush heapreplace impute insort insort_left insort_right pack_into place put put_along_axis " +
    "putmask readinto setattr setitem shuffle"
  ).split(" "),
);

/** What arrays are asked for by a method or by a function of the same name. */
const showing: ReadonlySet<string> = new Set(
  "diagonal imag ravel real reshape squeeze swapaxes transpose".split(" "),
);

const viewing: ReadonlySet<string> = new Set(
  (
    "__getitem__ array at byteswap data flat get get_group groupby get_values head iat iloc items iteritems iterrows itertuples loc pipe " +
    "rolling set_axis swaplevel T tail take tocoo tocsc tocsr to_frame to_numpy values view xs"
  ).split(" "),
);

const holding: ReadonlySet<string> = new Set(
  (
    "array array_split diag as_strided as_tensor asanyarray asarray ascontiguousarray asfortranarray asmatrix atleast_1d atleast_2d broadcast_to check_X_y check_array coo_matrix csc_matrix csr_matrix DataFrame Series dict dsplit enumerate expand_dims filter frozenset " +
    "flip fliplr flipud from_dict from_numpy frombuffer fromiter hsplit iter list map max min moveaxis next reversed set sorted split rollaxis rot90 tuple vsplit zip"
  ).split(" "),
);
