// Makes the folder that the server serves from the packages npm has fetched.
//
//   node prepare.mjs PACKAGES OUT
//
// PACKAGES holds node_modules; OUT must not exist. Run by ./make.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

import { findEntry, reachable } from "./chunks.mjs";
import { bundledParts } from "./notices.mjs";
import { applyPatches } from "./patches.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

// What boot.js takes from the front end.
const wanted = ["StliteAppWithToast", "require_react", "require_react_dom"];

// What no page may need: Python, and what only serves debugging. A file that
// leads to one of these is an error.
const leftOut = /\.(?:map|whl|d\.ts)$/;

// bokeh-api is for charts written in JavaScript; ours are finished documents.
const bokehFiles = [
  "bokeh.min.js",
  "bokeh-gl.min.js",
  "bokeh-mathjax.min.js",
  "bokeh-tables.min.js",
  "bokeh-widgets.min.js",
];

// Compressing what is compressed already (woff, woff2) gains nothing.
const compressed = /\.(?:js|css|html|svg|json|txt|wasm|ttf)$/;

function main(packages, out) {
  const stlite = openPackage(packages, "@stlite/browser", "build");
  const bokeh = openPackage(packages, "@bokeh/bokehjs", "build/js");

  const front = readFront(stlite);
  for (const name of front.files)
    write(out, `vendor/${name}`, front.texts.get(name) ?? stlite.read(name));
  for (const name of bokehFiles) write(out, `vendor/${name}`, bokeh.read(name));
  writeBootPage(out, front);
  write(out, "NOTICES.txt", notices(stlite, bokeh, front));

  compress(out);
  report(out, front.entry.name);
}

function openPackage(packages, name, folder) {
  const root = path.join(packages, "node_modules", name);
  const { version, license } = JSON.parse(
    fs.readFileSync(path.join(root, "package.json"), "utf8"),
  );
  return {
    name,
    version,
    license,
    names: listFiles(path.join(root, folder)),
    read: (file) => fs.readFileSync(path.join(root, folder, file)),
    licenseText: () => fs.readFileSync(path.join(root, "LICENSE"), "utf8"),
  };
}

// The files of the front end that pages need: which chunk starts it, what it
// leads to, and the texts as they are to be served.
function readFront(stlite) {
  const names = stlite.names.filter((name) => !leftOut.test(name));
  const texts = new Map();
  for (const name of names)
    if (/\.(?:js|css)$/.test(name))
      texts.set(name, stlite.read(name).toString("utf8"));
  const style = onlyStyle(names);
  const entry = findEntry(texts, wanted);
  const modified = applyPatches(texts, entry.name);

  const textOf = (name) => texts.get(name) ?? null;
  const files = reachable([entry.name, style], names, textOf);
  return { entry, style, files, texts, modified };
}

function onlyStyle(names) {
  const styles = names.filter((name) => name.endsWith(".css"));
  if (styles.length !== 1)
    throw new Error(`the front end has ${styles.length} style sheets, not 1`);
  return styles[0];
}

function writeBootPage(out, front) {
  const entry = front.entry.name;
  const page = { entry, style: front.style };
  const script = { entry };
  for (const name of wanted) script[name] = front.entry.names.get(name);
  write(out, "index.html", fill("index.html.in", page));
  write(out, "boot.js", fill("boot.js.in", script));
  write(out, "favicon.svg", ownFile("favicon.svg"));
}

function notices(stlite, bokeh, front) {
  const maps = front.files
    .map((name) => `${name}.map`)
    .filter((name) => stlite.names.includes(name))
    .map((name) => stlite.read(name).toString("utf8"));
  return fill("notices.txt.in", {
    packages: [stlite, bokeh]
      .map(({ name, version, license }) => `- ${name} ${version} (${license})`)
      .join("\n"),
    modified: front.modified
      .map(({ name, reason }) => `- vendor/${name}:\n  ${reason}`)
      .join("\n"),
    bundled: bundledParts(maps),
    bokeh_license: bokeh.licenseText().trim(),
    apache_license: ownFile("apache-2.0.txt").trimEnd(),
  });
}

// A template of this folder with its {{holes}} filled; it is an error if a
// hole has no value or a value no hole.
function fill(template, values) {
  const unused = new Set(Object.keys(values));
  const text = ownFile(template).replace(/\{\{(\w+)\}\}/g, (_, hole) => {
    if (!(hole in values)) throw new Error(`${template}: unknown {{${hole}}}`);
    unused.delete(hole);
    return values[hole];
  });
  for (const hole of unused) throw new Error(`${template} lacks {{${hole}}}`);
  return text;
}

// A gzip'd copy next to every file that becomes at least 5 % smaller by it.
function compress(out) {
  for (const name of listFiles(out).filter((each) => compressed.test(each))) {
    const plain = fs.readFileSync(path.join(out, name));
    const packed = zlib.gzipSync(plain, { level: 9 });
    if (packed.length <= plain.length * 0.95) write(out, `${name}.gz`, packed);
  }
}

function report(out, entry) {
  const sizes = new Map();
  for (const name of listFiles(out))
    sizes.set(name, fs.statSync(path.join(out, name)).size);
  const plain = [...sizes.keys()].filter((name) => !name.endsWith(".gz"));
  const total = (names) =>
    names.reduce((sum, name) => sum + sizes.get(name), 0);
  const sent = (name) => (sizes.has(`${name}.gz`) ? `${name}.gz` : name);
  const both = (names) =>
    `${megabytes(total(names))} (${megabytes(total(names.map(sent)))} packed)`;
  console.log(
    `front: ${plain.length} files, ${both(plain)}; ` +
      `the first is ${entry}, ${both([`vendor/${entry}`])}`,
  );
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function ownFile(name) {
  return fs.readFileSync(path.join(here, name), "utf8");
}

// The paths of all files below a folder, from there, with slashes.
function listFiles(folder) {
  const names = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) names.push(entry.name);
    if (entry.isDirectory())
      for (const name of listFiles(path.join(folder, entry.name)))
        names.push(`${entry.name}/${name}`);
  }
  return names.sort();
}

function write(out, name, content) {
  const file = path.join(out, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

try {
  main(process.argv[2], process.argv[3]);
} catch (error) {
  console.error(`front: ${error.message}`);
  process.exitCode = 1;
}
