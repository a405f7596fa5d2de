/** What JupyterLab's own build adds nothing for: TypeScript, and the engine's files served beside the page. */
module.exports = {
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: "builtin:swc-loader",
        options: {
          jsc: {
            target: "es2022",
            parser: { syntax: "typescript", tsx: true },
            transform: { react: { runtime: "automatic" } },
          },
        },
        type: "javascript/auto",
      },
      { test: /duckdb-browser-eh\.worker\.js$/, type: "asset/resource" },
      { test: /\.wasm$/, type: "asset/resource" },
    ],
  },
};
