import { carriers } from "./carriers.ts";
import { plantedKinds } from "./planted-kinds.ts";
import { letters, type Seeded, seeded } from "./seeded.ts";

/** A text that holds a secret, and the secret, which must not be in what is kept of the text. */
export interface Planted {
  readonly about: string;
  readonly text: string;
  readonly secret: string;
}

const { alnum, base64, hex, lower, digits, url64 } = letters;

/** Every kind by every carrier that can show it, and those that come with a carrier of their own. */
export function planted(): Planted[] {
  const random = seeded(20);
  const crossed = plantedKinds.flatMap((kind) =>
    carriers.flatMap((carrier) => {
      if (carrier.anonymous && kind.named) return [];
      const secret = kind.make(random);
      return [{ about: `${kind.id} in ${carrier.id}`, text: carrier.carry(kind.name, secret), secret }];
    }),
  );
  const carried = own.flatMap(({ id, make, carry }) =>
    [1, 2, 3].map(() => {
      const secret = make(random);
      return { about: id, text: carry(secret), secret };
    }),
  );
  return [...crossed, ...carried];
}

interface Own {
  readonly id: string;
  readonly make: (random: Seeded) => string;
  readonly carry: (secret: string) => string;
}

const password = (random: Seeded) => random.text(4, alnum) + random.text(3, digits) + random.text(3, lower);
const long = (random: Seeded) => random.text(32, alnum);
const short = (random: Seeded) =>
  random.text(2, alnum) + random.text(2, digits) + random.text(2, lower) + random.text(1, digits);
const hook = (host: string, path: string) => (secret: string) =>
  `requests.post("https://${host}/${path}${secret}", json=m)`;

const own: readonly Own[] = [
  {
    id: "postgres URL",
    make: password,
    carry: (s) => `engine = create_engine("postgresql://app:${s}@db.internal:5432/prod")`,
  },
  {
    id: "mongo URL",
    make: password,
    carry: (s) => `mongodb+srv://app:${s}@cluster0.ab1cd.mongodb.net/?retryWrites=true`,
  },
  { id: "redis URL", make: password, carry: (s) => `REDIS_URL=redis://:${s}@cache:6379/0` },
  {
    id: "short password in a URL",
    make: (r) => r.text(5, lower),
    carry: (s) => `mysql+pymysql://root:${s}@localhost/shop`,
  },
  {
    id: "password with an at sign in a URL",
    make: (r) => `p@${r.text(6, alnum)}`,
    carry: (s) => `amqp://guest:${s}@mq:5672/`,
  },
  { id: "token in a git URL", make: long, carry: (s) => `https://${s}@dev.azure.com/team/_git/repo` },
  {
    id: "user and token in a git URL",
    make: long,
    carry: (s) => `git clone https://oauth2:${s}@example.org/team/repo.git`,
  },
  { id: "proxy URL", make: password, carry: (s) => `HTTPS_PROXY=http://me:${s}@proxy.corp:3128` },
  {
    id: "connection string",
    make: password,
    carry: (s) => `Server=tcp:x.database.windows.net,1433;Uid=sa;Pwd=${s};Encrypt=yes;`,
  },
  {
    id: "connection string of words",
    make: (r) => r.text(9, lower),
    carry: (s) => `Driver={ODBC};Server=s;User ID=sa;Password=${s};`,
  },
  {
    id: "libpq string",
    make: password,
    carry: (s) => `psycopg2.connect("host=db dbname=x user=app password=${s} sslmode=require")`,
  },
  {
    id: "azure connection string",
    make: (r) => `${r.text(86, base64)}==`,
    carry: (s) =>
      `DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${s};EndpointSuffix=core.windows.net`,
  },
  {
    id: "service bus string",
    make: (r) => `${r.text(43, base64)}=`,
    carry: (s) => `Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${s}`,
  },
  {
    id: "azure SAS",
    make: (r) => `${r.text(40, alnum)}%2B${r.text(3, alnum)}%3D`,
    carry: (s) =>
      `https://acc.blob.core.windows.net/c/d.csv?sv=2022-11-02&se=2026-01-01T00%3A00%3A00Z&sp=r&sig=${s}`,
  },
  {
    id: "presigned S3 URL",
    make: (r) => r.text(64, hex),
    carry: (s) =>
      `https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${s}`,
  },
  {
    id: "old presigned S3 URL",
    make: (r) => `${r.text(26, alnum)}%3D`,
    carry: (s) => `https://b.s3.amazonaws.com/k?Expires=1700000000&Signature=${s}`,
  },
  {
    id: "presigned GCS URL",
    make: (r) => r.text(128, hex),
    carry: (s) =>
      `https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=${s}`,
  },
  {
    id: "token in a query",
    make: long,
    carry: (s) => `pd.read_csv("https://api.example.org/v1/d.csv?limit=10&token=${s}")`,
  },
  {
    id: "key in a query",
    make: long,
    carry: (s) => `GET https://api.example.org/w?q=Berlin&api_key=${s}&units=m`,
  },
  {
    id: "access token in a query",
    make: long,
    carry: (s) => `https://graph.example.com/me?access_token=${s}`,
  },
  {
    id: "token in a query in HTML",
    make: long,
    carry: (s) => `<a href="https://x.org/d?a=1&amp;token=${s}">d</a>`,
  },
  {
    id: "slack web hook",
    make: (r) => `T${r.text(8, alnum)}/B${r.text(10, alnum)}/${r.text(24, alnum)}`,
    carry: hook("hooks.slack.com", "services/"),
  },
  {
    id: "discord web hook",
    make: (r) => `${r.text(18, digits)}/${r.text(68, url64)}`,
    carry: hook("discord.com", "api/webhooks/"),
  },
  {
    id: "teams web hook",
    make: (r) => `${r.text(8, hex)}-${r.text(27, hex)}@${r.text(36, hex)}/IncomingWebhook/${r.text(32, hex)}`,
    carry: hook("corp.webhook.office.com", "webhookb2/"),
  },
  {
    id: "bearer header",
    make: (r) => r.text(40, alnum),
    carry: (s) => `curl -H "Authorization: Bearer ${s}" https://x`,
  },
  { id: "basic header", make: (r) => `${r.text(22, alnum)}==`, carry: (s) => `Authorization: Basic ${s}` },
  {
    id: "token header",
    make: (r) => r.text(40, hex),
    carry: (s) => `headers={'Authorization': 'token ${s}'}`,
  },
  { id: "key header", make: long, carry: (s) => `headers={"X-Api-Key": "${s}"}` },
  { id: "cookie header", make: long, carry: (s) => `Cookie: sessionid=${s}; theme=dark` },
  { id: "set-cookie header", make: long, carry: (s) => `Set-Cookie: connect.sid=${s}; Path=/; HttpOnly` },
  { id: "netrc line", make: password, carry: (s) => `machine api.wandb.ai\n  login user\n  password ${s}\n` },
  {
    id: "netrc in one line",
    make: (r) => r.text(40, hex),
    carry: (s) => `machine api.wandb.ai login user password ${s}`,
  },
  { id: "pgpass line", make: password, carry: (s) => `db.internal:5432:prod:app:${s}` },
  { id: "kaggle.json", make: (r) => r.text(32, hex), carry: (s) => `{"username":"someone","key":"${s}"}` },
  { id: "npmrc line", make: (r) => r.text(36, hex), carry: (s) => `//registry.npmjs.org/:_authToken=${s}` },
  {
    id: "docker config",
    make: (r) => `${r.text(30, alnum)}==`,
    carry: (s) => `{"auths": {"ghcr.io": {"auth": "${s}"}}}`,
  },
  { id: "curl user", make: password, carry: (s) => `!curl -u admin:${s} https://jenkins/job` },
  { id: "flag", make: long, carry: (s) => `!tool login --token ${s} --verbose` },
  { id: "flag with a sign", make: password, carry: (s) => `!mysqldump --password=${s} --all` },
  {
    id: "pem",
    make: (r) => r.text(64, base64),
    carry: (s) => `-----BEGIN RSA PRIVATE ${"KEY"}-----\nMIIE\n${s}\n-----END RSA PRIVATE ${"KEY"}-----`,
  },
  {
    id: "openssh key",
    make: (r) => r.text(70, base64),
    carry: (s) =>
      `key = """-----BEGIN OPENSSH PRIVATE ${"KEY"}-----\n${s}\n${s}\n-----END OPENSSH PRIVATE ${"KEY"}-----"""`,
  },
  {
    id: "pem cut short",
    make: (r) => r.text(64, base64),
    carry: (s) => `-----BEGIN EC PRIVATE ${"KEY"}-----\n${s}\n`,
  },
  {
    id: "encrypted pem",
    make: (r) => r.text(64, base64),
    carry: (s) =>
      `-----BEGIN RSA PRIVATE ${"KEY"}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n${s}\n-----END RSA PRIVATE ${"KEY"}-----`,
  },
  {
    id: "service account",
    make: (r) => r.text(64, base64),
    carry: (s) =>
      `{"type": "service_account", "private_key": "-----BEGIN PRIVATE ${"KEY"}-----\\n${s}\\n-----END PRIVATE ${"KEY"}-----\\n"}`,
  },
  {
    id: "pgp key",
    make: (r) => r.text(64, base64),
    carry: (s) =>
      `-----BEGIN PGP PRIVATE ${"KEY"} BLOCK-----\n\n${s}\n-----END PGP PRIVATE ${"KEY"} BLOCK-----`,
  },
  {
    id: "duckdb secret",
    make: (r) => r.text(40, base64),
    carry: (s) => `CREATE SECRET s (TYPE S3, KEY_ID 'x', SECRET '${s}', REGION 'eu')`,
  },
  { id: "duckdb setting", make: (r) => r.text(40, base64), carry: (s) => `SET s3_secret_access_key='${s}';` },
  { id: "sql password", make: password, carry: (s) => `CREATE USER app WITH PASSWORD '${s}'` },
  { id: "pydantic secret", make: password, carry: (s) => `settings = Settings(password=SecretStr("${s}"))` },
  { id: "byte string", make: (r) => `${r.text(43, url64)}=`, carry: (s) => `f = Fernet(key=b"${s}")` },
  {
    id: "default of the environment",
    make: long,
    carry: (s) => `api_key = os.environ.get("SERVICE_API_KEY", "${s}")`,
  },
  { id: "comparison", make: password, carry: (s) => `if password == "${s}":` },
  {
    id: "spark setting",
    make: (r) => r.text(40, base64),
    carry: (s) => `spark.conf.set("fs.s3a.secret.key", "${s}")`,
  },
  {
    id: "storage options",
    make: (r) => r.text(40, base64),
    carry: (s) => `pd.read_parquet(p, storage_options={"key": "x", "secret": "${s}"})`,
  },
  {
    id: "aws secret key alone",
    make: (r) => `${r.text(19, alnum)}/${r.text(20, alnum)}`,
    carry: (s) => `connected with\n${s}\nok`,
  },
  {
    id: "libpq string of words",
    make: (r) => r.text(8, lower),
    carry: (s) => `dsn = "host=db user=app password=${s} dbname=x"`,
  },
  {
    id: "yaml of words",
    make: (r) => r.text(9, lower),
    carry: (s) => `db:\n  user: app\n  password: ${s}\n  port: 1\n`,
  },
  { id: "settings of words", make: (r) => r.text(9, lower), carry: (s) => `DB_HOST=x\ndb_password=${s}\n` },
  {
    id: "spaced connection string",
    make: (r) => r.text(7, lower),
    carry: (s) => `Server=x; User Id=sa; Password=${s}; Encrypt=no`,
  },
  { id: "setx", make: long, carry: (s) => `!setx API_KEY "${s}"` },
  { id: "powershell", make: long, carry: (s) => `$env:API_KEY = "${s}"` },
  {
    id: "kubernetes secret",
    make: (r) => `${r.text(15, alnum)}=`,
    carry: (s) => `kind: Secret\ndata:\n  password: ${s}\n`,
  },
  { id: "jupyter URL", make: (r) => r.text(48, hex), carry: (s) => `http://127.0.0.1:8888/lab?token=${s}` },
  { id: "session cookie", make: long, carry: (s) => `requests.get(u, cookies={"sessionid": "${s}"})` },
  {
    id: "password in a data frame",
    make: password,
    carry: (s) =>
      `   user ${"password".padStart(s.length)}  n\n0   bob ${s.padStart(8)}  1\n1   amy ${"x".padStart(Math.max(8, s.length))}  2\n`,
  },
  {
    id: "key in a data frame",
    make: (r) => r.text(32, hex),
    carry: (s) => `    id ${"api_key".padStart(32)}\n0    1 ${s}\n1    2 ${s}\n`,
  },
  {
    id: "aws credentials file",
    make: (r) => r.text(40, base64),
    carry: (s) => `[default]\naws_access_key_id = x\naws_secret_access_key = ${s}\n`,
  },
  {
    id: "properties",
    make: password,
    carry: (s) => `spring.datasource.username=app\nspring.datasource.password=${s}\n`,
  },
  {
    id: "compose file",
    make: password,
    carry: (s) => `    environment:\n      POSTGRES_PASSWORD: ${s}\n      POSTGRES_DB: x\n`,
  },
  { id: "ini file", make: password, carry: (s) => `[db]\nuser = app\npassword = ${s}\n` },
  { id: "log line", make: long, carry: (s) => `2026-01-02 03:04:05 INFO login ok token=${s} user=7` },
  {
    id: "repr of an object",
    make: password,
    carry: (s) => `Connection(host='db', user='app', password='${s}', port=5432)`,
  },
  { id: "argument list", make: long, carry: (s) => `["run.py", "--api-key", "${s}"]` },
  { id: "keyword in camel case", make: long, carry: (s) => `const client = new Client({ apiKey: "${s}" })` },
  { id: "terraform variable", make: password, carry: (s) => `db_password = "${s}"` },
  { id: "short key in quotes", make: short, carry: (s) => `api_key = "${s}"` },
  { id: "short token in settings", make: short, carry: (s) => `A=1\nSERVICE_TOKEN=${s}\n` },
  { id: "short password", make: (r) => r.text(5, lower), carry: (s) => `password = "${s}"` },
  {
    id: "password in a CSV",
    make: password,
    carry: (s) => `id,user,password,city\r\n1,bob,${s},Ulm\r\n2,amy,"${s}",Bonn\r\n`,
  },
  {
    id: "far down in a CSV",
    make: password,
    carry: (s) => `user,db_password\n${"bob,x\n".repeat(200)}amy,${s}\n`,
  },
  {
    id: "key in a CSV of a cloud",
    make: (r) => r.text(40, base64),
    carry: (s) => `Access key ID,Secret access key\nx,${s}\n`,
  },
  { id: "password in a TSV", make: password, carry: (s) => `user\tpassword\tn\nbob\t${s}\t1\n` },
  { id: "name and value in a TSV", make: password, carry: (s) => `user\tbob\ndb_password\t${s}\n` },
  {
    id: "password in a table of bars",
    make: password,
    carry: (s) => `| user | password |\n|------|----------|\n| bob  | ${s} |\n`,
  },
  { id: "name and value in bars", make: password, carry: (s) => `user | bob |\npassword | ${s} |\n` },
  { id: "key in bars", make: long, carry: (s) => `| \`api_key\` | the key |\n| api_key | ${s} |` },
  {
    id: "password in a table in HTML",
    make: password,
    carry: (s) =>
      `<table border="1">\n<thead><tr style="text-align: right;"><th></th><th>user</th><th>password</th></tr></thead>\n<tbody><tr><th>0</th><td>bob</td><td>${s}</td></tr></tbody></table>`,
  },
  {
    id: "name and value in HTML",
    make: password,
    carry: (s) => `<table><tr><th>password</th><td>${s}</td></tr></table>`,
  },
  {
    id: "element",
    make: (r) => r.text(9, lower),
    carry: (s) => `<db><user>x</user><password>${s}</password></db>`,
  },
  {
    id: "element over lines",
    make: password,
    carry: (s) => `<ns:password encrypted="no">\n  <![CDATA[${s}]]>\n</ns:password>`,
  },
  { id: "short element", make: (r) => r.text(5, lower), carry: (s) => `<Password>${s}</Password>` },
  { id: "attribute", make: (r) => r.text(7, lower), carry: (s) => `<connection user="x" password="${s}"/>` },
  { id: "attributes in a pair", make: password, carry: (s) => `<add key="DbPassword" value="${s}" />` },
  {
    id: "input of a page",
    make: password,
    carry: (s) => `<input type="hidden" name="password" id="p" value="${s}">`,
  },
  { id: "entry", make: password, carry: (s) => `<entry key="db.password">${s}</entry>` },
  { id: "resource", make: long, carry: (s) => `<string name="api_key">${s}</string>` },
  { id: "pair in json", make: password, carry: (s) => `[{"name": "DB_PASSWORD", "value": "${s}"}]` },
  {
    id: "pair in yaml",
    make: password,
    carry: (s) => `env:\n  - name: DB_PASSWORD\n    value: ${s}\n  - name: N\n`,
  },
  {
    id: "password with signs alone on its line",
    make: (r) => `${r.text(5, alnum)}1&${r.text(4, alnum)}`,
    carry: (s) => `db:\n  password: ${s}\n`,
  },
  {
    id: "settings in base64",
    make: (r) => Buffer.from(`user=app\npassword=${password(r)}\n`).toString("base64"),
    carry: (s) => `cfg = base64.b64decode("${s}").decode()`,
  },
  {
    id: "json in base64",
    make: (r) => Buffer.from(`{"api_key": "${long(r)}"}`).toString("base64"),
    carry: (s) => `  cfg: ${s}\n`,
  },
];
