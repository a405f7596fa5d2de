/**
 * What a name says of its value, as words: `DB_PASSWORD`, `apiKey` and `X-Auth-Token` are read word by word, and the end decides, so
 * that `token_count` and `password_column` are what they are. Read by both sides.
 */
export const secretNames = {
  /** Where one of these stands in a text, in any case, a name may say secret: whatever follows is looked at. */
  triggers: words(
    "pass pwd secret token key auth cred cookie sig jwt sas bearer _pw _pat senha contrasen session",
  ),
  /** Said after a name without changing what it names. */
  neutral: words(`
    value val str string text plain plaintext raw b64 base64 encoded bytes prod production dev staging test
    live sandbox default old new current main primary secondary confirm confirmation again`),
  /** A value a person chose. */
  password: words("password passwd passphrase passcode passwort pwd senha contrasena"),
  /** What is counted, asked or allowed is no password and no token. */
  countOf: words(
    "max min num n is has total per each any most use require allow show forgot no with without",
  ),
  /** `pass` and `pw` say password after one of these only: a forward pass has a value too. */
  passOf: words(`
    db database user admin root smtp imap mail email ftp sftp ssh mysql pg postgres postgresql redis mongo
    mongodb sql oracle mssql rabbitmq my login app proxy http basic jdbc vpn wifi service svc account
    keystore auth`),
  /** A value a machine made. */
  made: words(`
    token secret credential credentials creds auth authorization jwt bearer cookie cookies sas pat apikey
    secretkey accesskey privatekey accountkey authkey masterkey encryptionkey sharedkey sessionkey
    sessiontoken signingkey sessionid phpsessid jsessionid sessid`),
  /** `token` says something else after one of these: a word of a text, or where a list goes on. */
  tokenOf: words(`
    max min num n pad unk cls sep eos bos mask next special start end stop word sub last first prev previous
    additional text input output target source page continuation cancellation sync fim image audio separator
    delimiter per each any by total is has most current prompt completion decoder encoder`),
  /** `key` says secret after one of these only: most keys join tables. */
  keyOf: words(`
    api access secret private auth signing signature encryption account storage master service subscription
    license app application admin ingest ingestion crypt fernet aes hmac jwt session ssh rsa deploy server
    client shared webhook write read crypto cipher decryption integration routing instrumentation developer
    bot host user wandb openai anthropic stripe azure google gcp maps aws datadog dd heroku cloudflare
    cohere mistral pinecone comet neptune kaggle sendgrid twilio mailgun consumer airtable algolia segment
    amplitude mixpanel weather openweather rapidapi tmdb fred quandl alphavantage polygon deepl serpapi
    tavily groq together hf`),
  /** Secret in the query of a URL only: elsewhere a signature is a function's. */
  query: words("sig signature code hmac key auth session sid"),
  /** What people write where a password would stand, or the type, rule or label of one. */
  spoken: words(`
    string str text object varchar char required optional true false null none nil undefined hidden masked
    redacted field column input category unicode bytes secretstr sha256 sha512 bcrypt md5 plain basic utf8
    float int64 int32 bool invalid incorrect missing empty wrong expired private public drop ignore boolean
    double bigint keyword prompt getpass environment keyring anonymous guest prompted
    unchanged reset correct accepted failed updated verified enabled disabled unset default changed set denied
    granted protected encrypted hashed salted plaintext needed provided given stored supplied rejected weak strong`),
  /** Words of a value that stands for one still to be put in. */
  placeholder: words(`
    your yours example placeholder changeme change replace insert dummy fake sample todo here enter redacted
    masked removed hidden fixme put paste foo bar foobar my some the`),
  /** Calls that wrap a literal without changing it. */
  wrappers: words("SecretStr SecretBytes Secret quote quote_plus str bytes bytearray StringIO repr"),
  /** How a value begins that says where a secret is kept, or is an address. */
  references: words("arn: projects/ op:// vault: ssm: env: file: sha256: sha512: keyring: @Microsoft."),
};

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
