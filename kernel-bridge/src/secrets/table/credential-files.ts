/**
 * Files that hold credentials, by what people and tools call them. Nothing of them is ever recorded, not even a hash: a short secret is
 * found by trying hashes. Read by both sides, in lower case, in the subset of `SecretKind`.
 */
export const credentialFiles = {
  /** Whole names, without their folder. */
  names: [
    "kaggle\\.json|application_default_credentials\\.json|access_tokens\\.db|accesstokens\\.json|azureprofile\\.json",
    "[._]netrc|\\.pgpass|pgpass\\.conf|\\.git-credentials|\\.dockercfg|\\.dockerconfigjson|\\.boto|\\.s3cfg|\\.passwd-s3fs",
    "\\.htpasswd|\\.my\\.cnf|\\.mylogin\\.cnf|\\.npmrc|\\.yarnrc\\.yml|\\.pypirc|\\.databrickscfg|\\.vault-token|\\.terraformrc",
    "rclone\\.conf|kubeconfig[a-z0-9._-]{0,64}|[a-z0-9._-]{1,64}\\.kubeconfig|auth\\.json|\\.mlflow-credentials|\\.condarc",
    "\\.?credentials?(?:\\.(?:json|csv|ya?ml|toml|ini|cfg|conf|db|txt|tfrc\\.json|enc))?",
    "[a-z0-9._-]{0,64}[._-]credentials?\\.(?:json|ya?ml|toml|ini|cfg)",
    "(?:client|app)[._-]?secrets?[a-z0-9._-]{0,128}\\.(?:json|ya?ml|toml)|\\.?secrets?\\.(?:json|ya?ml|toml|ini|env|txt)",
    "[a-z0-9._-]{0,64}service[._-]?account[a-z0-9._-]{0,64}\\.json|gcp[._-]?key[a-z0-9._-]{0,32}\\.json|sa[._-]key\\.json",
    "\\.?tokens?|(?:access|refresh|auth|oauth2?|api|bearer|session|id|my|google|gmail|drive|sheets)?[._-]?tokens?\\.(?:json|pickle|pkl|txt)",
    "tokens?[._-](?!count|freq|stat|vocab|map|len|emb|id|class|label|type|feature|index|dist|list)[a-z0-9._-]{0,64}\\.json",
    "token[0-9]{0,4}\\.json|msal[._-]token[._-]cache[a-z0-9._-]{0,16}|\\.?api[._-]?keys?(?:\\.(?:json|txt|ya?ml|toml|env))?",
    "id_(?:rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)[a-z0-9_-]{0,32}|[a-z0-9._-]{0,128}\\.(?:pem|p12|pfx|pkcs12|jks|keystore|kdbx|ppk|p8)",
    "[a-z0-9._-]{0,128}\\.key|\\.env|\\.env\\.[a-z0-9._-]{1,64}|[a-z0-9_-]{1,64}\\.env|\\.envrc|\\.netrc\\.[a-z0-9]{1,16}",
  ],
  /** Folders all of whose files are credentials, or stand beside them: ends of paths, with their own slashes. */
  folders: [
    "/.aws/ /.ssh/ /.gnupg/ /.kube/ /.azure/ /.kaggle/ /.config/gcloud/ /.config/gh/ /.config/rclone/ /.docker/ /.oci/",
    "/.databricks/ /.snowflake/ /.snowsql/ /.dbt/ /.password-store/ /.local/share/keyrings/ /.terraform.d/ /.cargo/credentials/",
    "/.config/kaggle/ /.config/huggingface/ /.config/wandb/ /run/secrets/ /var/run/secrets/ /etc/ssl/private/ /.netlify/ /.vercel/",
  ]
    .join(" ")
    .split(" "),
};
