/** Decorators, beside those that libraries' tables say hand on what they are given, that leave the arguments of a call as they are. */
export const handingOn: ReadonlySet<string> = new Set(
  "asynccontextmanager cache_data cache_resource contextmanager dataclass define enable_grad frozen function inference_mode no_grad overload profile retry runtime_checkable singledispatch total_ordering typechecked".split(
    " ",
  ),
);
