/** A package whose examples are run: an archive that a registry keeps, and which of its files are notebooks. */
export interface ThirdPartyPackage {
  /** As people call it; the table's heading. */
  readonly name: string;
  readonly archive: string;
  readonly sha256: string;
  /** Paths within the archive, below its one folder. */
  readonly examples: RegExp;
  /** How they are written. */
  readonly written: "gallery" | "notebook" | "tests";
  /** Files that lie beside them when they run. */
  readonly beside?: RegExp;
  /** Of a module of tests: modules of its folder that become its first cells. */
  readonly firstCells?: readonly string[];
  /** How many are run where nobody names any; spread over the folders. */
  readonly run: number;
}

const pypi = "https://files.pythonhosted.org/packages";
const crates = "https://static.crates.io/crates";

/**
 * The sources that PyPI keeps of LightGBM and XGBoost hold no examples. XGBoost's own lie in the crate that carries its sources; of LightGBM a crate
 * carries the tests of its Python package, which are run as notebooks.
 */
export const thirdPartyPackages: readonly ThirdPartyPackage[] = [
  {
    name: "scikit-learn",
    archive: `${pypi}/d2/eb/eaf5e07fcc0da7149b0e084f24e54edd7441b9a89ce7e034032ae97fe3a0/scikit_learn-1.9.1.tar.gz`,
    sha256: "629cada3e33e2b9bf376cdc7614a47a4140b8aedc1d836579e359736fbd82977",
    examples: /^examples\/.*\/plot_\w+\.py$/,
    written: "gallery",
    run: 60,
  },
  {
    name: "imbalanced-learn",
    archive: `${pypi}/ad/35/d12fc1e8e2c2d8862104c4527641fe2d839324c50db0e6340dc73513faba/imbalanced_learn-0.14.2.tar.gz`,
    sha256: "f80ce7eafbcece8686e32571bd12978546c729c3f277215bead61a906ce9afe4",
    examples: /^examples\/.*\/plot_\w+\.py$/,
    written: "gallery",
    run: 30,
  },
  {
    name: "statsmodels",
    archive: `${pypi}/a8/1f/a3cbf6ed7cf6286afec694bfef561f3e51483197716717fb8476f1f0c50e/statsmodels-0.15.0.tar.gz`,
    sha256: "5d257fe58d0772bc46a557880ca78e2a8e07fec7bfd9d11074aef8e33e1aecbc",
    examples: /^examples\/notebooks\/[\w-]+\.ipynb$/,
    written: "notebook",
    run: 50,
  },
  {
    name: "LightGBM",
    archive: `${crates}/lightgbm3-sys/lightgbm3-sys-1.0.0.crate`,
    sha256: "d96c13d3ec1826fdf9cbe3e03abdf3ada60424db39ec4d903c946ede361659b1",
    examples: /^lightgbm\/tests\/python_package_test\/test_(engine|basic|callback)\.py$/,
    written: "tests",
    firstCells: ["utils.py"],
    run: 20,
  },
  {
    name: "XGBoost",
    archive: `${crates}/xgboost_lib-sys/xgboost_lib-sys-3.0.6.crate`,
    sha256: "47edeaca9d8a93129801d64e2998cd7bf56977e124a9cc7fa1f1a2d4050a199c",
    examples: /^xgboost\/demo\/(guide-python|aft_survival)\/\w+\.py$/,
    written: "gallery",
    beside: /^xgboost\/demo\/data\//,
    run: 40,
  },
];
