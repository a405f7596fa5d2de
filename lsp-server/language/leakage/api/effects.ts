/** What a library's function makes of the rows it is given. */
export type FunctionEffect =
  /** The same rows, with values of later ones. */
  | "ahead"
  /** What a dataset holds, in batches. */
  | "batches"
  /** The rows in bins: written out, or found by what the rows hold. */
  | "bin"
  /** Row by row, or nothing of the rows: what a row becomes is known from that row alone. */
  | "by-row"
  /** The moment in which it is called. */
  | "clock"
  /** An expression that names a column of a frame it meets later (polars). */
  | "column"
  /** The rows of several tables below each other. */
  | "concat"
  /** The columns of several tables beside each other. */
  | "concat-columns"
  /** The same, and nothing else's. */
  | "copy"
  /** How many rows there are. */
  | "count"
  /** A row for each of what one column holds: how often, or with what values, each of another's is beside it. */
  | "cross-table"
  /** A model fitted and scored on folds of the rows. */
  | "cross-validate"
  /** Parts that share no row. */
  | "cut-rows"
  /** What stands in several arrays at one place, together: whoever goes through it meets parts of each. */
  | "dataset"
  /** A dict, or an object that holds names. */
  | "dict"
  /** A column for each of a column's values. */
  | "dummies"
  /** The same elements in another container, or one of them. */
  | "elements"
  /** Each element with its number. */
  | "enumerate"
  /** A model of what a formula says of a table. */
  | "formula"
  /** What a formula says of a table, as two: what is to be predicted, and from what. */
  | "formula-tables"
  /** A table made of columns, of arrays, or of another's rows. */
  | "frame"
  /** What stands for each value, and does not tell it. */
  | "hashed"
  /** A layer that answers otherwise while its network learns. */
  | "layer"
  /** What such a layer does, as a function that is told whether its network learns. */
  | "layer-now"
  /** The same rows, changed by a statistic of them. */
  | "learned"
  /** How far answers are from the truth, which a model may learn by. */
  | "loss"
  /** Two tables joined by keys. */
  | "merge"
  /** Two tables joined by the nearest moment. */
  | "merge-as-of"
  /** A score of answers against the truth. */
  | "metric"
  /** Texts or numbers as moments. */
  | "moments"
  /** An answer that carries no data. */
  | "nothing"
  /** The same number as another kind of number. */
  | "number"
  /** A file. */
  | "open"
  /** Steps one after the other, as an estimator. */
  | "pipeline"
  /** Of matrices: each answer is made of all rows of the right one. */
  | "product"
  /** A table that nobody has seen before. */
  | "read"
  /** Each row several times. */
  | "repeat"
  /** Rows drawn by chance, some perhaps more than once. */
  | "resample"
  /** A table's rows in another shape. */
  | "reshape"
  /** The rows of the first argument, with every argument's history. */
  | "rows"
  /** A fitted model, scored on rows. */
  | "score-model"
  /** All rows in another order, where they are. */
  | "shuffle"
  /** A part to train on and one to test. */
  | "split"
  /** One answer from all rows. */
  | "statistic"
  /** The rows at some places. */
  | "take"
  /** A model, fitted to the rows. */
  | "train"
  /** Transformers beside each other, as an estimator. */
  | "union"
  /** The same columns, and one that is the same for all rows. */
  | "with-constant"
  /** The rows that are not at some places. */
  | "without-rows"
  /** Elements that stand at the same place, together. */
  | "zip";

/** What a function does that calls another, or finds or makes one. */
export type CallerEffect =
  /** Calls it on each row or column of an array. */
  | "along-axis"
  /** A function that reads an attribute. */
  | "attribute-getter"
  /** All that is waited for. */
  | "gather"
  /** Reads an attribute by its name. */
  | "get-attribute"
  /** The function it is handed, or something that hands on whatever it is called with. */
  | "hand-on"
  /** A module by its name. */
  | "import-module"
  /** Calls it with what stands at the same place in each source. */
  | "map"
  /** A function that calls a method. */
  | "method-caller"
  /** The notebook's names, or an object's attributes. */
  | "namespace"
  /** Calls it again and again, and keeps what it says is best. */
  | "optimize"
  /** Something that hands on whatever it is called with. */
  | "parallel"
  /** A function with some arguments given. */
  | "partial"
  /** Calls it with what came so far and the next element. */
  | "reduce"
  /** What a coroutine answers. */
  | "run-to-end"
  /** Writes an attribute by its name. */
  | "set-attribute"
  /** As `map`; each element is the arguments. */
  | "star-map"
  /** The object as its base sees it. */
  | "super"
  /** Calls it elsewhere. */
  | "to-thread";

/** What a method of a frame, a column or an array makes of the rows it is called on. */
export type MethodEffect =
  /** The same columns, each name with more before or behind it. */
  | "affix"
  /** The same rows, with values of later ones. */
  | "ahead"
  /** Another name for a column. */
  | "alias"
  /** Two tables with the same rows and columns. */
  | "align"
  /** The rows of another behind its own. */
  | "append"
  /** What a function makes of it. */
  | "apply"
  /** Where each row would stand in order. */
  | "argsort"
  /** New columns. */
  | "assign"
  /** The models whose answers it is made of learn from the rows they answered about. */
  | "backward"
  /** Row by row, or nothing of the rows: what a row becomes is known from that row alone. */
  | "by-row"
  /** A mask, as a comparison makes one. */
  | "compare"
  /** The same, and nothing else's. */
  | "copy"
  /** Without some columns or rows. */
  | "drop"
  /** What is missing filled: by a value, by earlier or later rows, or by a statistic. */
  | "fill"
  /** The rows that pass a test, or some columns. */
  | "filter"
  /** Groups of rows. */
  | "group"
  /** The first rows. */
  | "head"
  /** Another index. */
  | "index"
  /** A column put in its place. */
  | "insert"
  /** A mask of the rows whose value is among others. */
  | "is-in"
  /** A mask of the rows without a value. */
  | "is-null"
  /** Columns or rows, one by one. */
  | "items"
  /** Joined with another table by keys. */
  | "join"
  /** Joined with another table by the nearest moment. */
  | "join-as-of"
  /** Values of earlier rows beside each, or of later ones. */
  | "lag"
  /** The same rows, changed by a statistic of them. */
  | "learned"
  /** A mask of the rows that pass a test the text states. */
  | "matches"
  /** A mask of the rows whose like stands before them, or behind. */
  | "duplicated"
  /** A mask of the rows with a value. */
  | "not-null"
  /** An answer that carries no data. */
  | "nothing"
  /** The same number as Python's own. */
  | "number"
  /** The same rows in another order. */
  | "order"
  /** What was taken of other rows, of those of the same key alone (polars). */
  | "over"
  /** A column taken out. */
  | "pop"
  /** Of matrices: each answer is made of all rows of the right one. */
  | "product"
  /** The rows that some labels name, in the order of these. */
  | "reindex"
  /** The same columns under other names. */
  | "rename"
  /** Each row several times. */
  | "repeat"
  /** Rows of their own, made of the old ones. */
  | "reshape-rows"
  /** What has come together up to each row. */
  | "running"
  /** Rows drawn by chance. */
  | "sample"
  /** Some columns, or expressions of them. */
  | "select"
  /** Columns by what kind of values they hold. */
  | "select-kinds"
  /** All rows in another order: its own, or those that a generator of chance is given. */
  | "shuffle"
  /** Rows from a place on, as many as are wanted. */
  | "slice"
  /** Some of the rows, nobody knows which. */
  | "some-rows"
  /** One answer from all rows. */
  | "statistic"
  /** A statistic; of a mask it is how many. */
  | "sum"
  /** The last rows. */
  | "tail"
  /** The rows at some places, as they follow each other there. */
  | "take"
  /** A copy as another kind of table. */
  | "to-array"
  /** Features as of the moment of each row it is given, beside the rows. */
  | "training-set"
  /** One row for each of what its columns hold. */
  | "unique-rows"
  /** A window over earlier rows opens. */
  | "window"
  /** The same moments by another clock. */
  | "zone";

/** What a method of groups, or of windows over groups, makes of their rows. */
export type GroupEffect =
  /** The rows, with values of later ones of the same group. */
  | "ahead"
  /** One row per group. */
  | "answer"
  /** What a function makes of each group. */
  | "apply"
  /** What is missing filled, within each group: by a value, or by earlier or later rows of it. */
  | "fill"
  /** The groups again, or some of their columns or rows. */
  | "groups"
  /** Values of earlier rows of the same group beside each, or of later ones. */
  | "lag"
  /** What a function makes of the groups. */
  | "pipe"
  /** Answers beside each row, of earlier rows of the group alone. */
  | "rows"
  /** Rows of each group drawn by chance, some more than once where it says so. */
  | "sample"
  /** The rows of each group that stand at some place in it: its first ones, its last ones. */
  | "some-rows"
  /** A statistic of the group, beside each of its rows. */
  | "transform"
  /** A window over earlier rows of the same group opens. */
  | "window";

/** What a method of an estimator does. */
export type EstimatorEffect =
  /** Each value as a number that stands for it, as of categories: which rows had it is not told. */
  | "codes"
  /** It answers about rows, or scores them. */
  | "evaluate"
  /** It learns from rows. */
  | "fit"
  /** It learns from rows, and judges each of them. */
  | "fit-predict"
  /** It learns from rows, and answers what it makes of them. */
  | "fit-transform"
  /** Batches of the rows. */
  | "flow"
  /** The estimator again. */
  | "itself"
  /** What it learns, for an optimizer: whoever asks for it is going to train it. */
  | "learner"
  /** Which columns it chose or made. */
  | "names"
  /** Rows repeated, made up or left out until the classes balance. */
  | "resample"
  /** The folds of a splitter. */
  | "split"
  /** Each row as what was learned makes of it. */
  | "transform";
