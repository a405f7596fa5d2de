import { innocentLines } from "./innocent-lines.ts";
import { letters, type Seeded, seeded } from "./seeded.ts";

const { hex, alnum, digits, lower, upper, base64, url64 } = letters;
const word = (random: Seeded) =>
  random.pick(
    "customer order session token key password secret feature amount balance country device event group hash index label model node score auth login".split(
      " ",
    ),
  );
const uuid = (random: Seeded) => [8, 4, 4, 4, 12].map((length) => random.text(length, hex)).join("-");
const number = (random: Seeded) => `${random.below(1000)}.${random.text(1 + random.below(12), digits)}`;

/** Texts made of random parts that are no secrets: hashes, ids, numbers, paths, names, tables, pictures. */
const shapes: readonly ((random: Seeded) => string)[] = [
  (r) => `${word(r)}_hash = "${r.text(r.pick([32, 40, 64]), hex)}"`,
  (r) => `${word(r)}_id: ${uuid(r)}`,
  (r) => `{"id": "${uuid(r)}", "${word(r)}_count": ${r.below(1e9)}, "sha256": "${r.text(64, hex)}"}`,
  (r) => `commit ${r.text(40, hex)}\nAuthor: Someone <someone@example.org>`,
  (r) => `${r.text(64, hex)}  data/${word(r)}_${r.below(99)}.parquet`,
  (r) => `s3://bucket-${r.text(8, hex)}/${word(r)}/part-${r.text(5, digits)}-${uuid(r)}.snappy.parquet`,
  (r) => `https://example.org/${word(r)}/${r.text(22, url64)}/view?page=${r.below(50)}&id=${r.below(1e6)}`,
  (r) => `   ${word(r)}  ${word(r)}\n0  ${number(r)}  ${r.below(1e6)}\n1  ${number(r)}  ${r.text(8, hex)}`,
  (r) =>
    `   ${word(r)}  password  token\n0  ${word(r)}  ${String(r.below(1e5)).padStart(8)}  ${String(r.below(9)).padStart(5)}\n1  ${word(r)}      True    the\n`,
  (r) => `array([${[1, 2, 3, 4].map(() => number(r)).join(", ")}])`,
  (r) => `max_${word(r)} = ${r.below(1e9)}`,
  (r) => `n_${word(r)}s: ${r.text(9, digits)}`,
  (r) => `${word(r)}_column = "${word(r)}_${word(r)}_${r.below(99)}"`,
  (r) => `df["${word(r)}_${word(r)}"] = df["${word(r)}"].astype("category")`,
  (r) => `${word(r)} = ${word(r)}s[${r.below(100)}]`,
  (r) => `${word(r)} = get_${word(r)}(${word(r)}=${word(r)}, n=${r.below(100)})`,
  (r) => `${word(r)} = self.${word(r)}.${word(r)}_${r.below(10)}`,
  (r) => `<${r.pick(["Model", "Token", "KeyStore"])} object at 0x7f${r.text(10, hex)}>`,
  (r) => `data:image/png;base64,iVBORw0KGgo${r.text(400, base64)}==`,
  (r) => `"image/png": "iVBORw0KGgo${r.text(800, base64)}="`,
  (r) =>
    `2024-0${1 + r.below(9)}-1${r.below(9)} 0${r.below(9)}:${r.text(2, "12345")}:00 INFO ${word(r)} ${r.below(1e6)} done in ${number(r)} s`,
  (r) => `token_${r.below(1000)}\t${word(r)}\t${number(r)}`,
  (r) => `<div id="${uuid(r)}" class="${word(r)}-${r.below(99)}"></div>`,
  (r) =>
    `File "/home/me/${word(r)}/${word(r)}_${r.below(9)}.py", line ${r.below(999)}, in ${word(r)}_${word(r)}`,
  (r) => `KeyError: '${word(r)}_${word(r)}_${r.below(999)}'`,
  (r) => `${r.text(3, upper)}-${r.text(6, digits)}-${r.text(2, upper)}`,
  (r) => `${word(r)}: ${r.pick(["true", "false", "null", "none", "string", "int64", "object"])}`,
  (r) => `run-${r.text(8, digits)}_${r.text(6, digits)}-${r.text(8, lower + digits)}`,
  (r) => `model_${r.text(8, hex)}_${word(r)}_v${r.below(20)}.onnx`,
  (r) =>
    `parameters: {'${word(r)}_depth': ${r.below(20)}, 'learning_rate': ${number(r)}, 'seed': ${r.below(1e6)}}`,
  (r) => `{"bdata": "AAAAAAAA8D8${r.text(300, base64)}", "dtype": "f8"}`,
  (r) => `sha512-${r.text(86, base64)}==`,
  (r) => `"${r.text(20, alnum)}": {"${word(r)}": ${r.below(100)}}`,
  (r) => `${word(r)}s = ["${word(r)}", "${word(r)}_${r.below(9)}", "${word(r)}"]`,
  (r) => `id,${word(r)},token,password_length\n${r.below(99)},${word(r)},${word(r)},${r.below(30)}\n`,
  (r) => `sentence\ttoken\ttag\n${r.below(99)}\t${word(r)}\tB-${r.text(3, upper)}\n`,
  (r) =>
    `| ${word(r)} | token | password |\n|---|---|---|\n| ${word(r)} | ${word(r)} | ${r.pick(["yes", "no", "true"])} |\n`,
  (r) =>
    `| parameter | default |\n|---|---|\n| password | none |\n| token | ${word(r)} |\n| n | ${r.below(99)} |\n`,
  (r) =>
    `<tr><th></th><th>token</th><th>count</th></tr><tr><th>0</th><td>${word(r)}</td><td>${r.below(1e6)}</td></tr></table>`,
  (r) =>
    `<sentence id="s${r.below(99)}"><token pos="NN">${word(r)}</token><token>${word(r)}</token></sentence>`,
  (r) =>
    `<label for="password">Choose a strong one with ${r.below(20)} signs</label><h2 id="token">${word(r)}</h2>`,
  (r) => `usage: login <user> <password> before ${word(r)} <host> ${r.below(9)}`,
  (r) => `<input type="password" name="password" placeholder="Password" value="">${word(r)}`,
  (r) => `[{"name": "token", "value": "${word(r)}"}, {"name": "n_tokens", "value": ${r.below(1e6)}}]`,
  (r) => `def login(user, password,\n          ${word(r)}=None):\n    return ${word(r)}${r.below(9)}`,
  (r) =>
    `secret = "${word(r)}"\ntoken = "${word(r)}${r.below(99)}"\nauth = "oauth2"\ncookie = "v${r.below(9)}"`,
  (r) => `token: "${r.text(3, digits)}"\nkey_code = "${r.text(2, upper)}${r.text(3, digits)}"`,
  (r) => `text = "${Buffer.from(`${word(r)} is ${word(r)} ${r.below(99)}`).toString("base64")}"`,
];

/** At least a thousand texts without a secret. */
export function innocent(): string[] {
  const random = seeded(21);
  return [...innocentLines, ...shapes.flatMap((shape) => Array.from({ length: 24 }, () => shape(random)))];
}
