/** Lines of notebooks, outputs and files that hold no secret, however much they look or read like one. */
export const innocentLines: readonly string[] = `
MAX_TOKEN = 123456789
MAX_TOKENS = 4096
max_tokens=512
token_count = 17
num_tokens: 128000
n_token = 1000000
tokens = text.split()
token = tokens[i]
token = next(stream)
token = tokenizer.decode(ids)
token = "hello"
token = "the quick brown fox"
for token in doc: print(token.text, token.pos_)
if token == "the": continue
tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
tokenizer = AutoTokenizer.from_pretrained("meta-llama/Llama-2-7b-chat-hf", token=True)
tokenizer.pad_token = tokenizer.eos_token
tokenizer.add_special_tokens({"pad_token": "[PAD]", "unk_token": "<unk>"})
pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
mask_token = "[MASK]"
cls_token_id = 101
token_type_ids = [0, 0, 1, 1]
next_token = logits.argmax(-1)
next_page_token = response.get("nextPageToken")
token_embeddings = model.get_input_embeddings()
sub_token = "##ing"
stop_token = "<|endoftext|>"
token: str
token: Optional[str] = None
def login(token: str, password: str = None) -> None:
def connect(user, password=None, token=None, key=None):
password_column = "pwd"
password_hash = hash_password(password)
password_length = 12
password_strength_score = 0.8312
df["password_length"] = df["password"].str.len()
df = df.drop(columns=["password", "token", "secret"])
columns = ["user", "password", "email", "api_key"]
features = ["token_count", "has_password", "secret_santa", "key_rate"]
password = getpass()
password = getpass("Password: ")
password = getpass.getpass(prompt="Enter your password: ")
password = input("Password? ")
password = os.environ["DB_PASSWORD"]
password = os.environ.get("DB_PASSWORD")
password = os.getenv("DB_PASSWORD", "")
password = config["password"]
password = config.database.password
password = args.password
password = settings.DB_PASSWORD
password = credentials["password"]
password = keyring.get_password("service", "user")
password = None
password = ""
password: required
password: string
password: str
"password": "string"
"password": null
"password": true
"password": "Password"
"password": "object"
"password": "This field is required."
{"user": "str", "password": "str"}
Password: incorrect
Password must contain at least 8 characters
passwords = load_wordlist("rockyou.txt")
wrong password
psycopg2.OperationalError: FATAL: password authentication failed for user "app"
connect(user=user, password=password)
connect(user=user, password=pw)
create_engine(f"postgresql://{user}:{password}@{host}/{db}")
create_engine("postgresql://%s:%s@%s/%s" % (u, p, h, d))
create_engine(f"mysql://{os.environ['U']}:{os.environ['P']}@host/db")
url = "postgresql://user:<password>@host/db"
url = "postgresql://$USER:$PASSWORD@host/db"
url = "postgresql://localhost:5432/db"
url = "redis://localhost:6379/0"
url = "http://localhost:8888/lab"
url = "http://127.0.0.1:8080/metrics@latest"
url = "https://user@example.org/path"
git clone git@github.com:org/repo.git
ssh://git@github.com:22/org/repo.git
email = "someone@example.com"
mailto:someone@example.com
api_key = os.environ["OPENAI_API_KEY"]
api_key = os.environ.get("OPENAI_API_KEY")
api_key = userdata.get("OPENAI_API_KEY")
api_key = dbutils.secrets.get(scope="ml", key="openai-api-key")
api_key = "<your-api-key>"
api_key = "YOUR_API_KEY"
api_key = "your-api-key-here"
api_key = "xxxxxxxxxxxxxxxxxxxxxxxx"
api_key = "..."
api_key = "sk-..."
api_key = "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
api_key = "sk-your-key-here-please-replace"
api_key = "${"{"}API_KEY}"
api_key = "{{ api_key }}"
api_key = "%(api_key)s"
api_key=api_key
api_key = None
api_key: str = Field(..., env="API_KEY")
api_key_header = "X-API-Key"
API_KEY_NAME = "access_token"
client = OpenAI(api_key=key)
openai.api_key = get_secret("openai/prod/key")
headers = {"Authorization": f"Bearer {token}"}
headers = {"Authorization": "Bearer " + token}
headers = {"Authorization": "Bearer <token>"}
headers = {"Authorization": "Bearer YOUR_ACCESS_TOKEN"}
headers["Authorization"] = "Bearer {}".format(token)
WWW-Authenticate: Bearer realm="example"
token_type: bearer
"token_type": "bearer"
auth = ("user", password)
auth = HTTPBasicAuth(user, password)
auth=None
auth_method = "oauth2_client_credentials"
authorization_url = "https://example.org/oauth/authorize"
token_url = "https://example.org/oauth/token"
author = "Jane Austen"
authors = ["A. Turing", "G. Hopper"]
secret = get_secret("projects/123/secrets/db/versions/1")
secret_name = "prod/db/credentials"
secret = client.access_secret_version(name=name)
secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf"
secrets = dbutils.secrets.listScopes()
modal.Secret.from_name("my-huggingface-secret")
client_secret = "<client-secret>"
client_secret: ${"$"}{CLIENT_SECRET}
client_id = "a1b2c3d4-0000-1111-2222-333344445555"
tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47"
account_id = "123456789012"
aws_region = "us-east-1"
bucket = "my-data-bucket-2024"
key = "customer_id"
key = "data/raw/2024/01/customers.parquet"
key = lambda row: row["date"]
key="date"
keys = list(d.keys())
d = {key: value for key, value in pairs}
sorted(items, key=itemgetter(1))
primary_key = "id"
foreign_key = "customer_id"
partition_key = "2024-01-01"
sort_key = "created_at"
join_key = "customer_id_hash_0001"
cache_key = "features:customer:1234567:v2"
cache_key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
group_keys=False
public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0j3Zbq3n2Jq6zV1u0mQvVn8o2zY1nJ2c5e8Xh3wqkR me@host"
key_error = KeyError("late")
KeyError: 'customer_id'
keyboard = "qwertz"
monkey = "capuchin"
keyword_arguments = dict(alpha=0.5)
hotkey: ctrl+shift+p
passenger_count = 4
passenger = "Jane"
first_pass = "linear"
forward_pass = model(x)
low_pass = butter(4, 0.1)
n_pass = 3
bypass = True
compass = "NNW"
passed = all(checks)
passthrough = ColumnTransformer(remainder="passthrough")
remainder='passthrough'
signature = inspect.signature(f)
signature = infer_signature(X, y)
sig = 0.05
sigma = 1.4142135623
significance = "p < 0.001"
signal = np.sin(x)
session = requests.Session()
session_id = 12345
session_id = "a8f5f167f44f4964e6c998dee827110c"
session = SparkSession.builder.appName("features").getOrCreate()
cookie_consent = True
cookies = None
cookie: accept all
credit_score = 712
credentials = None
credentials = service_account.Credentials.from_service_account_file("key.json")
creds = Credentials.from_authorized_user_file("token.json", SCOPES)
credentials, project = google.auth.default()
license_plate = "AB123CD"
os.environ["TOKEN"]
os.environ["HF_HOME"] = "/mnt/cache/huggingface"
os.environ["CUDA_VISIBLE_DEVICES"] = "0,1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["WANDB_PROJECT"] = "churn-2024"
wandb.login()
wandb.init(project="churn", name="run-20240101-a1b2c3d4")
wandb: Run data is saved locally in ./wandb/run-20240101_101112-a1b2c3d4
huggingface_hub.login(token=token)
notebook_login()
from secrets import token_hex
token_hex(16)
import secrets, getpass, keyring, jwt, tokenize
from tokenizers import Tokenizer, models, trainers
hf_hub_download(repo_id="org/model", filename="model.safetensors")
hf_dataset = load_dataset("imdb", split="train[:1%]")
npm_config_registry=https://registry.npmjs.org/
npm install --save-exact left-pad
pypi-server run -p 8080 ./packages
pip install scikit-learn==1.5.2 pandas==2.2.3
sk-learn-contrib-imbalanced-ensemble-methods
sk-learn
risk-adjusted-return-2024-quarterly-report-final
task-0123456789-abcdefgh-worker
disk-usage-statistics-of-the-cluster-node-17
desk-based-research-methodology
git commit 3f1c2b4d5e6f708192a3b4c5d6e7f8091a2b3c4d
HEAD is now at 3f1c2b4 Fix the join
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
md5: 5d41402abc4b2a76b9719d911017c592
etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
uuid: 550e8400-e29b-41d4-a716-446655440000
id=550e8400-e29b-41d4-a716-446655440000
run 01HQXW5P7Q8ZJ3K4M5N6P7Q8R9
trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7
docker pull python@sha256:0b5e2e8b5a1c4a3d1f0f8f5a3c4e6b7a8d9c0e1f2a3b4c5d6e7f8091a2b3c4d5
drive.google.com/file/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs/view
https://docs.google.com/spreadsheets/d/1qpyC0XzvTcKT6EISywvqESX3A0MwQoFDE8p-Bll4hps/edit#gid=0
https://colab.research.google.com/drive/1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVw
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://arxiv.org/abs/1706.03762
https://doi.org/10.1145/3292500.3330701
https://raw.githubusercontent.com/org/repo/3f1c2b4d5e6f708192a3b4c5d6e7f8091a2b3c4d/data.csv
https://example.org/api?limit=100&offset=200&sort_key=date
https://example.org/search?q=token&key=value
https://example.org/p?page_token=abc&code=US
https://maps.example.org/tile/12/2200/1343.png?style=light
https://example.org/a?utm_source=x&utm_campaign=spring_2024_sale
https://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz
s3://bucket/key/part-00000-3a5c1c1e-7a57-4b3c-8f0d-2e1f5a6b7c8d-c000.snappy.parquet
gs://bucket/path/to/file.csv
part-00000-tid-4321987654321987654-1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809-12-1-c000.parquet
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"
integrity sha512-D1a/6U3JT2hhs+OpocAf1j+2t79ExrFqNm8j7pilhCQqpJ9QIEexGs1ty3v9wDACm48v0PFhCNCyn4hyctGYig==
<div id="a1b2c3d4-e5f6-7890-abcd-ef1234567890" class="plotly-graph-div"></div>
{"bdata":"AAAAAAAA8D8AAAAAAAAAQAAAAAAAAAhA","dtype":"f8"}
<style scoped> .dataframe tbody tr th { vertical-align: top; } </style>
<th>token</th><th>password</th><td>3</td><td>0.5</td>
   token  count
0   the   1234
   key  value\n0   a      1
RandomForestClassifier(max_depth=12, n_estimators=300, random_state=42)
Pipeline(steps=[('scaler', StandardScaler()), ('clf', LogisticRegression(C=0.1))])
HistGradientBoostingClassifier(l2_regularization=1.5, max_iter=200)
XGBClassifier(base_score=None, booster=None, callbacks=None, colsample_bylevel=None)
<sklearn.compose._column_transformer.ColumnTransformer at 0x7f3a1c0b2d90>
<matplotlib.axes._subplots.AxesSubplot at 0x7f8b2c3d4e5f>
array([0.12345678, 0.87654321, 1.00000000e-10])
tensor([[ 0.1234, -0.5678]], device='cuda:0', grad_fn=<AddmmBackward0>)
accuracy: 0.8731, auc: 0.9214, logloss: 0.3127
Epoch 12/50: 100%|##########| 1875/1875 [00:12<00:00, 150.21it/s, loss=0.0213]
2024-01-15T10:30:00.123456Z INFO worker-7 finished in 12.5s
created_at = "2024-01-15T10:30:00Z"
version = "1.2.3-rc.1+build.20240115"
python-3.11.7-hd12c33a_1_cpython.conda
nvidia-cublas-cu12==12.1.3.1
CUDA Version: 12.2 Driver 535.104.05
Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz
df.groupby("key").agg({"value": "sum"})
df.merge(other, left_on="key", right_on="key", how="left")
df.query("token_count > 100 and key == 'a'")
df.rename(columns={"pwd": "password", "tok": "token"})
pd.get_dummies(df, columns=["auth_method", "key_type"])
model.fit(X_train, y_train, sample_weight=w)
cross_val_score(model, X, y, scoring="roc_auc", cv=5).mean()
assert token is not None, "token missing"
raise ValueError("api_key must be set")
raise PermissionError("Invalid token: expired at 2024-01-15")
print("token:", token)
print(f"password: {password}")
print(f"using key {key!r}")
logger.info("token refreshed for user %s", user)
# TODO: never commit the password
# set HF_TOKEN in your environment first
"""Connects with a token or a password; see the docs of Authorization."""
Authorization is required to read this table.
Authorization: Bearer <your token here>
The secret of good features is time.
the key to success: patience and data
Keys: customer_id, order_id
Key takeaways: 12 of 55 cases
Token usage: prompt=1024 completion=256 total=1280
prompt_tokens: 1024
completion_token = 256
Basic statistics of the table
Basic usage example
bearer of bad news arrived2024
password-protected archive
--token TOKEN  the token to use
--password PASSWORD
--api-key KEY
usage: tool [--token TOKEN] [--password PASSWORD]
login with --token and --password
!pip install keyring==25.2.1
!huggingface-cli login --token ${"$"}HF_TOKEN
!kaggle competitions download -c titanic
%env HF_TOKEN
%load_ext dotenv
load_dotenv()
export HF_TOKEN=${"$"}(cat token.txt)
HF_TOKEN=${"$"}{HF_TOKEN:-}
DB_PASSWORD=
DB_PASSWORD=${"$"}DB_PASSWORD
PASSWORD_MIN_LENGTH=12
TOKEN_EXPIRY_SECONDS=3600
ACCESS_TOKEN_EXPIRE_MINUTES = 30
SECRET_KEY = os.urandom(32)
SECRET_KEY = config("SECRET_KEY")
secret_key: !vault |
s.str.contains("secret")
s.fillna(method="ffill")
pk.publishable
pat = re.compile(r"[A-Za-z0-9_-]{20,}")
pattern = r"ghp_[A-Za-z0-9]{36}"
r"AKIA[0-9A-Z]{16}"
AKIA
ghp_
xoxb-
eyJ
-----BEGIN PUBLIC KEY-----
-----BEGIN CERTIFICATE-----
-----BEGIN and -----END lines
machine learning password reset
machine login time
username,password,email
"username": "someone", "keyboard": "qwertz-de-2024"
hashlib.md5(key.encode()).hexdigest()
hmac.new(key, msg, hashlib.sha256)
encrypt(data, key=key)
Fernet(key)
Fernet.generate_key()
jwt.decode(token, key, algorithms=["HS256"])
jwt = create_token(user)
algorithm = "HS256"
sas_token = generate_sas(account)
sas = pd.read_sas("d.sas7bdat")
sasview = "5.0.6"
dsn = "sales_2024"
pwd = os.getcwd()
pwd
!pwd
cwd = pwd()
PWD=/home/me/project
GOOGLE_APPLICATION_CREDENTIALS=/home/me/keys/project-1a2b3c4d5e6f.json
GOOGLE_APPLICATION_CREDENTIALS="/home/me/keys/project-1a2b3c4d5e6f.json"
AWS_SHARED_CREDENTIALS_FILE=~/.aws/credentials
password: SecretStr
password: unchanged
password: bytes
class Login(BaseModel):\n    password: str\n    token: str
connect(host=host, user=user, password=pw)
connect(\n    user=user,\n    password=password,\n    token=token,\n)
OLDPWD=/home/me
SSH_AUTH_SOCK=/tmp/ssh-XXXXabcd12/agent.1234
XAUTHORITY=/home/me/.Xauthority
DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus
SESSION_MANAGER=local/host:@/tmp/.ICE-unix/1234,unix/host:/tmp/.ICE-unix/1234
KEY_COLUMNS = ["a", "b"]
USE_TOKEN = True
HAS_PASSWORD = False
token_ids = tokenizer.encode("a test", return_tensors="pt")
token_probs = softmax(logits)
token2id = {"<pad>": 0, "the": 1}
id2token = {v: k for k, v in token2id.items()}
tok = tokenizer.tokenize("unbelievable")
['un', '##bel', '##iev', '##able']
auth_tokens_per_user = 3
n_keys = len(keys)
api_keys = []
access_key = None
private_key = load_private_key(path)
private_key_path = "/etc/keys/server_2024.pem"
key_path = Path.home() / ".ssh" / "id_rsa"
encryption = "AES256"
server_side_encryption="aws:kms"
kms_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
key_id = "abcdef0123456789"
fingerprint = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"
checksum = "b1946ac92492d2347c6235b4d2611184"
digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
`
  .trim()
  .split("\n");
