/** A module of tests as notebooks: what all tests need in the first cells, then a few tests, a cell each that defines and calls it. */
export function cellsOfTests(
  module: string,
  beside: readonly string[],
  perNotebook: number,
): readonly (readonly string[])[] {
  const blocks = topLevelBlocks(module.replaceAll(/^from \.\w* import (\([^)]*\)|[^\n(]*)\n/gm, ""));
  const tests = blocks.filter(isCallable);
  const needed = blocks.filter((block) => !/^(@[^\n]*\n)*def test_|^@pytest/.test(block)).join("\n\n");
  const first = [...beside, needed];
  const notebooks: string[][] = [];
  for (let at = 0; at < tests.length; at += perNotebook)
    notebooks.push([...first, ...tests.slice(at, at + perNotebook).map(called)]);
  return notebooks;
}

/** One that takes no arguments and that nothing decorates: what a runner would give it or skip is not known here. */
function isCallable(block: string): boolean {
  return /^def test_\w+\(\):/.test(block);
}

function called(test: string): string {
  return `${test.trimEnd()}\n\n\n${/^def (\w+)/.exec(test)?.[1]}()`;
}

/** Statements at the margin, each with the decorators above it and all that is indented below. */
function topLevelBlocks(module: string): readonly string[] {
  const blocks: string[][] = [];
  let isDecorated = false;
  for (const line of module.split("\n")) {
    const begins = /^(@|def |class |[A-Za-z_])/.test(line);
    if (blocks.length === 0 || (begins && !isDecorated)) blocks.push([]);
    blocks.at(-1)?.push(line);
    if (begins) isDecorated = line.startsWith("@");
  }
  return blocks.map((lines) => lines.join("\n")).filter((block) => block.trim() !== "");
}
