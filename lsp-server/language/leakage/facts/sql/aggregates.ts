import type { Call } from "../../../sql/query.ts";

/** Whether a call makes one answer of many rows. */
export function isAggregate({ name, window }: Call): boolean {
  return window === null && aggregates.test(name);
}

const aggregates =
  /^(?:any_value|approx_\w+|arg_?max|arg_?min|array_agg|avg|bit_(?:and|or|xor)|bool_and|bool_or|collect_list|collect_set|corr|count|countif|count_if|covar_\w+|entropy|first|fsum|geomean|group_concat|histogram|kurtosis|last|list|listagg|mad|max|max_by|mean|median|min|min_by|mode|percentile\w*|product|quantile\w*|regr_\w+|skewness|std|stddev\w*|stdev\w*|string_agg|sum|var_pop|var_samp|variance)$/;
