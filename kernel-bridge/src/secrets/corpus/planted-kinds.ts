import { letters, type Seeded } from "./seeded.ts";

/** A kind of secret: how one is made, and the name it goes by. `named`: only its name tells that it is one. */
export interface PlantedKind {
  readonly id: string;
  readonly name: string;
  readonly make: (random: Seeded) => string;
  readonly named?: true;
}

const { upper, digits, hex, alnum, url64, base64, base32, lower } = letters;

/** A prefix is written in two parts, so that no scanner takes this file for what it looks for. */
const shaped = (
  id: string,
  name: string,
  prefix: readonly string[],
  ...body: readonly [number, string][]
): PlantedKind => ({
  id,
  name,
  make: (random) => prefix.join("") + body.map(([length, from]) => random.text(length, from)).join(""),
});
const named = (id: string, name: string, length: number, from: string, end = ""): PlantedKind => ({
  id,
  name,
  named: true,
  make: (random) => random.text(length, from) + end,
});

export const plantedKinds: readonly PlantedKind[] = [
  shaped("aws access key", "AWS_ACCESS_KEY_ID", ["AK", "IA"], [16, base32]),
  shaped("aws temporary key", "aws_access_key_id", ["AS", "IA"], [16, base32]),
  named("aws secret key", "AWS_SECRET_ACCESS_KEY", 40, base64),
  shaped("aws session token", "aws_session_token", ["IQoJb3", "JpZ2lu"], [220, base64]),
  shaped("google api key", "GOOGLE_API_KEY", ["AI", "za"], [35, url64]),
  shaped("google oauth token", "access_token", ["ya", "29."], [120, url64]),
  shaped("google client secret", "client_secret", ["GOC", "SPX-"], [28, url64]),
  shaped("google refresh token", "refresh_token", ["1//", "0"], [60, url64]),
  named("azure storage key", "AZURE_STORAGE_ACCOUNT_KEY", 86, base64, "=="),
  {
    id: "azure ad secret",
    name: "AZURE_CLIENT_SECRET",
    make: (r) => `${r.text(3, alnum)}8Q~${r.text(34, url64)}`,
  },
  shaped("github token", "GITHUB_TOKEN", ["gh", "p_"], [36, alnum]),
  shaped("github oauth token", "token", ["gh", "o_"], [36, alnum]),
  shaped("github user token", "token", ["gh", "u_"], [36, alnum]),
  shaped("github server token", "token", ["gh", "s_"], [36, alnum]),
  shaped("github refresh token", "token", ["gh", "r_"], [76, alnum]),
  shaped("github fine-grained token", "GH_PAT", ["github", "_pat_"], [22, alnum], [1, "_"], [59, alnum]),
  shaped("gitlab token", "GITLAB_TOKEN", ["gl", "pat-"], [20, url64]),
  shaped(
    "slack bot token",
    "SLACK_BOT_TOKEN",
    ["xo", "xb-"],
    [12, digits],
    [1, "-"],
    [12, digits],
    [1, "-"],
    [24, alnum],
  ),
  shaped(
    "slack user token",
    "SLACK_TOKEN",
    ["xo", "xp-"],
    [12, digits],
    [1, "-"],
    [12, digits],
    [1, "-"],
    [32, hex],
  ),
  shaped(
    "slack app token",
    "SLACK_APP_TOKEN",
    ["xa", "pp-1-A"],
    [10, upper],
    [1, "-"],
    [13, digits],
    [1, "-"],
    [64, hex],
  ),
  shaped("stripe key", "STRIPE_KEY", ["sk_", "live_"], [24, alnum]),
  shaped("stripe restricted key", "STRIPE_KEY", ["rk_", "live_"], [40, alnum]),
  shaped("stripe web hook secret", "endpoint_secret", ["whs", "ec_"], [32, alnum]),
  shaped("twilio key", "TWILIO_API_KEY", ["S", "K"], [32, hex]),
  named("twilio auth token", "TWILIO_AUTH_TOKEN", 32, hex),
  shaped("sendgrid key", "SENDGRID_API_KEY", ["S", "G."], [22, url64], [1, "."], [43, url64]),
  shaped("mailgun key", "MAILGUN_API_KEY", ["ke", "y-"], [32, hex]),
  { id: "mailchimp key", name: "MAILCHIMP_API_KEY", make: (r) => `${r.text(32, hex)}-us${1 + r.below(20)}` },
  shaped("pypi token", "TWINE_PASSWORD", ["py", "pi-AgEIcHlwaS5vcmc"], [120, url64]),
  shaped("npm token", "NPM_TOKEN", ["np", "m_"], [36, alnum]),
  shaped("anthropic key", "ANTHROPIC_API_KEY", ["sk-", "ant-api03-"], [93, url64], [2, "A"]),
  shaped("openai key", "OPENAI_API_KEY", ["s", "k-"], [20, alnum], [1, "T"], [27, alnum]),
  shaped("openai project key", "OPENAI_API_KEY", ["sk-", "proj-"], [74, url64], [1, "T"], [74, url64]),
  shaped("hugging face token", "HF_TOKEN", ["h", "f_"], [34, alnum]),
  shaped("databricks token", "DATABRICKS_TOKEN", ["da", "pi"], [32, hex]),
  named("kaggle key", "KAGGLE_API_KEY", 32, hex),
  named("weights & biases key", "WANDB_API_KEY", 40, hex),
  {
    id: "telegram token",
    name: "TELEGRAM_BOT_TOKEN",
    make: (r) => `${1 + r.below(9)}${r.text(9, digits)}:AA${r.text(33, url64)}`,
  },
  {
    id: "discord token",
    name: "DISCORD_TOKEN",
    make: (r) => `MT${r.text(24, alnum)}.G${r.text(5, alnum)}.${r.text(38, alnum)}`,
  },
  {
    id: "json web token",
    name: "jwt",
    make: (r) => `ey${"J"}${r.text(33, url64)}.eyJ${r.text(70, url64)}.${r.text(43, url64)}`,
  },
  shaped("square token", "SQUARE_ACCESS_TOKEN", ["sq0", "atp-"], [22, url64]),
  shaped("shopify token", "SHOPIFY_TOKEN", ["shp", "at_"], [32, hex]),
  shaped("digitalocean token", "DO_TOKEN", ["dop", "_v1_"], [64, hex]),
  {
    id: "heroku key",
    name: "HEROKU_API_KEY",
    named: true,
    make: (r) => [8, 4, 4, 4, 12].map((n) => r.text(n, hex)).join("-"),
  },
  named("cloudflare token", "CLOUDFLARE_API_TOKEN", 40, url64),
  named("datadog key", "DD_API_KEY", 32, hex),
  named("datadog app key", "DATADOG_APP_KEY", 40, hex),
  shaped("new relic key", "NEW_RELIC_API_KEY", ["NR", "AK-"], [27, upper]),
  shaped("mapbox token", "MAPBOX_TOKEN", ["sk.", "eyJ"], [80, url64], [1, "."], [22, url64]),
  shaped("facebook token", "FB_TOKEN", ["E", "AA"], [150, alnum]),
  {
    id: "twitter token",
    name: "TWITTER_BEARER_TOKEN",
    make: (r) => `${"A".repeat(22)}${r.text(20, alnum)}%3D${r.text(50, alnum)}`,
  },
  shaped("linear key", "LINEAR_API_KEY", ["lin", "_api_"], [40, alnum]),
  shaped("notion token", "NOTION_TOKEN", ["nt", "n_"], [46, alnum]),
  shaped("old notion token", "NOTION_TOKEN", ["secr", "et_"], [43, alnum]),
  {
    id: "airtable token",
    name: "AIRTABLE_TOKEN",
    make: (r) => `${"pa"}t${r.text(14, alnum)}.${r.text(64, hex)}`,
  },
  shaped("vault token", "VAULT_TOKEN", ["hv", "s."], [90, url64]),
  {
    id: "terraform token",
    name: "TFE_TOKEN",
    make: (r) => `${r.text(14, alnum)}.atlas${"v1"}.${r.text(67, url64)}`,
  },
  shaped("docker token", "DOCKER_TOKEN", ["dckr", "_pat_"], [27, url64]),
  { id: "age key", name: "age_identity", make: (r) => `AGE-SECRET-${"KEY"}-1${r.text(58, base32)}` },
  named("fernet key", "fernet_key", 43, url64, "="),
  named("django secret", "SECRET_KEY", 50, alnum),
  named("cohere key", "CO_API_KEY", 40, alnum),
  named("encryption key", "encryption_key", 64, hex),
  named("oauth client secret", "oauth_client_secret", 32, alnum),
  named("session token", "session_token", 48, alnum),
  shaped("groq key", "GROQ_API_KEY", ["gs", "k_"], [52, alnum]),
  shaped("replicate token", "REPLICATE_API_TOKEN", ["r", "8_"], [37, alnum]),
  shaped("pinecone key", "PINECONE_API_KEY", ["pc", "sk_"], [70, alnum]),
  shaped("langsmith key", "LANGSMITH_API_KEY", ["lsv2", "_pt_"], [32, hex], [1, "_"], [10, hex]),
  shaped("grafana token", "GRAFANA_TOKEN", ["gl", "sa_"], [32, alnum], [1, "_"], [8, hex]),
  shaped("sentry token", "SENTRY_AUTH_TOKEN", ["sntr", "yu_"], [64, hex]),
  shaped("figma token", "FIGMA_TOKEN", ["fi", "gd_"], [40, url64]),
  shaped("atlassian token", "JIRA_API_TOKEN", ["ATA", "TT3"], [180, url64]),
  {
    id: "password of word and number",
    name: "db_password",
    named: true,
    make: (r) => `${r.text(6, lower)}${10 + r.below(89)}`,
  },
  {
    id: "password with signs",
    name: "PGPASSWORD",
    named: true,
    make: (r) => `${r.text(4, alnum)}!${r.text(4, alnum)}#${r.text(3, digits)}`,
  },
  {
    id: "passphrase",
    name: "passphrase",
    named: true,
    make: (r) => `${r.text(7, lower)}-${r.text(6, lower)}-${r.text(8, lower)}7`,
  },
];
