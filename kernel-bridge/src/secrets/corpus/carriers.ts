/** How a secret comes into what a run records: the name it goes by, and its value, in a text. */
export interface Carrier {
  readonly id: string;
  readonly carry: (name: string, value: string) => string;
  /** The name does not stand by it: only a secret that is known by its looks is found. */
  readonly anonymous?: true;
}

const esc = "\u001b";

export const carriers: readonly Carrier[] = [
  { id: "a source", carry: (name, value) => `import os\n${name} = "${value}"\nclient = connect(${name})` },
  {
    id: "a source in single quotes",
    carry: (name, value) => `cfg = {'${name}': '${value}', 'region': 'eu'}`,
  },
  { id: "an annotated source", carry: (name, value) => `${name}: str = '${value}'  # from the vault` },
  { id: "an environment set", carry: (name, value) => `os.environ["${name.toUpperCase()}"] = "${value}"` },
  {
    id: "an argument",
    carry: (name, value) => `client = Client(host="h", ${name.toLowerCase()}="${value}", retries=3)`,
  },
  { id: "a magic", carry: (name, value) => `%env ${name.toUpperCase()}=${value}` },
  { id: "a shell line", carry: (name, value) => `!export ${name.toUpperCase()}="${value}" && ./run.sh` },
  { id: "json", carry: (name, value) => `{"name": "x", "${name}": "${value}", "n": 1}` },
  { id: "json in json", carry: (name, value) => JSON.stringify(`{"${name}": "${value}"}`) },
  { id: "yaml", carry: (name, value) => `service:\n  url: http://h\n  ${name}: "${value}"\n  n: 1` },
  { id: "a file of settings", carry: (name, value) => `A=1\n${name.toUpperCase()}=${value}\nB=2\n` },
  { id: "a printed dictionary", carry: (name, value) => `{'user': 'me', '${name}': '${value}'}` },
  {
    id: "an assert's traceback",
    carry: (name, value) => `ValueError: invalid ${name}='${value}' for host h`,
  },
  {
    id: "a colored traceback",
    carry: (name, value) =>
      `${esc}[0;32m----> 1${esc}[0m ${name}${esc}[38;5;241m=${esc}[39m${esc}[38;5;124m"${esc}[39m${esc}[38;5;124m${value}${esc}[39m${esc}[38;5;124m"${esc}[39m`,
  },
  { id: "a header", carry: (_, value) => `headers = {"Authorization": "Bearer ${value}"}`, anonymous: true },
  { id: "a table in HTML", carry: (name, value) => `<td>{&quot;${name}&quot;: &quot;${value}&quot;}</td>` },
  { id: "output", carry: (_, value) => `connecting\nusing ${value}\ndone`, anonymous: true },
  {
    id: "a data frame",
    carry: (_, value) => `   id  ${"col".padStart(value.length)}\n0   1  ${value}\n1   2  x`,
    anonymous: true,
  },
  { id: "a file name", carry: (_, value) => `data/${value}.csv`, anonymous: true },
  { id: "a column", carry: (_, value) => `["id", "${value}", "n"]`, anonymous: true },
  { id: "a metric", carry: (_, value) => `auc ${value}`, anonymous: true },
];
