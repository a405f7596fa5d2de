import { expect, it } from "vitest";
import { isCredentialFile } from "./is-credential-file.ts";

const credentials = `
  ~/.kaggle/kaggle.json  kaggle.json  ~/.config/gcloud/application_default_credentials.json  ~/.netrc  _netrc  .pgpass
  ~/.aws/credentials  ~/.aws/config  ~/.ssh/known_hosts  key.pem  certs/server.PEM  id_rsa  id_ed25519  .env  .env.production  prod.env
  my-service-account.json  service_account_key.json  serviceaccount.json  client_secret_123.apps.googleusercontent.com.json
  token.json  tokens.json  token_gmail.json  token.pickle  access_token.txt  ~/.cache/huggingface/token  ~/.kube/config  kubeconfig
  credentials  credentials.json  google-credentials.json  secrets.toml  .streamlit/secrets.toml  .git-credentials  .pypirc  .npmrc
  keystore.jks  bundle.p12  tls.key  C:\\Users\\me\\.aws\\credentials  /run/secrets/db_password  ~/.docker/config.json  .databrickscfg
  api_key.txt  ~/.config/gcloud/credentials.db  ~/.config/kaggle/anything.csv  ~/.dbt/profiles.yml`;
const data = `
  data.csv  tokenizer.json  tokenizer_config.json  special_tokens_map.json  added_tokens.json  token_counts.json  tokens.csv  keys.parquet
  credit.csv  credentials_per_user.parquet  environment.json  secretary.csv  passwords.csv  data/kaggle/train.csv  config.json
  monkey.json  key_value.json  authors.json  session.parquet  client.json  accounts.json  env.csv  pem.csv  id_rsa.csv  turkey.key.csv`;

it.each(credentials.trim().split(/\s{2,}/))("takes %s for a file of credentials", (path) => {
  expect(isCredentialFile(path)).toBe(true);
});

it.each(data.trim().split(/\s{2,}/))("takes %s for data", (path) => {
  expect(isCredentialFile(path)).toBe(false);
});
