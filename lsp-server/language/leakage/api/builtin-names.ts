/** Whether Python or IPython gives a name to every program. */
export function isBuiltin(name: string): boolean {
  return builtins.has(name);
}

/** Whether a shell of Spark or Databricks gives it: in any other notebook `sc` is a scaler of its own. */
export function isOfShell(name: string): boolean {
  return ofShells.has(name);
}

/** Whether Python 2 did. */
export function wasBuiltin(name: string): boolean {
  return formerBuiltins.has(name);
}

const python = `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup
FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning
PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning
RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit
TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs aiter all anext any ascii
bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir
divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int
isinstance issubclass iter len license list locals map max memoryview min next object oct open ord pow print
property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip
Ellipsis NotImplemented`;

const python2 = "basestring cmp execfile long raw_input reduce reload unichr unicode xrange";

const builtins: ReadonlySet<string> = new Set(
  [python, "display get_ipython", "__name__ __file__ __doc__ __builtins__ __import__"].flatMap((names) =>
    names.split(/\s+/),
  ),
);

const ofShells: ReadonlySet<string> = new Set("spark sc sqlContext sqlCtx dbutils displayHTML".split(" "));

const formerBuiltins: ReadonlySet<string> = new Set(python2.split(" "));
