// What a built package's files say about each other: what one exports and
// which others it leads to. Works on texts; it touches no files.

// The exports of a chunk, from the names in its source to those outside.
function exportsOf(text) {
  const last = text.match(/\bexport \{([^{}]*)\};?\s*(?:\/\/[^\n]*\s*)?$/);
  const names = new Map();
  for (const item of last ? last[1].split(",") : []) {
    const [inside, outside = inside] = item.trim().split(" as ");
    names.set(inside, outside);
  }
  return names;
}

// The one chunk that exports all of `wanted`, and its exports.
export function findEntry(texts, wanted) {
  const found = [];
  let nearest = "";
  for (const [name, text] of texts) {
    const names = exportsOf(text);
    const missing = wanted.filter((each) => !names.has(each));
    if (missing.length === 0) found.push({ name, names });
    else if (missing.length < wanted.length)
      nearest += `; ${name} lacks ${missing.join(", ")}`;
  }
  if (found.length !== 1)
    throw new Error(
      `${found.length} chunks export ${wanted.join(", ")}, not 1${nearest}; ` +
        `mend boot.js.in in runtime/app/front`,
    );
  return found[0];
}

// All of `names` that `starts` lead to. `textOf` gives the text of a name, or
// null for files that lead nowhere, such as fonts.
//
// Whatever spells the name of a file counts as leading to it: imports, lists
// of preloads, new URL() and url() alike. Names hold hashes, so this takes
// hardly anything too much and cannot overlook a new way to refer to a file.
export function reachable(starts, names, textOf) {
  const byBaseName = new Map(names.map((name) => [baseName(name), name]));
  const seen = new Set();
  const queue = [...starts];
  while (queue.length > 0) {
    const name = queue.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    const text = textOf(name);
    if (text === null) continue;
    requireTargets(name, text, byBaseName);
    for (const [word] of text.matchAll(/[\w.+@-]+\.\w+/g))
      if (byBaseName.has(word)) queue.push(byBaseName.get(word));
  }
  return [...seen].sort();
}

// Complain if the file refers to a file next to it that is not there: it was
// built differently from what reachable() expects.
function requireTargets(name, text, byBaseName) {
  const references =
    /(?:\bfrom|\bimport\(?|\bnew URL\(|\burl\()\s*["']?(\.\.?\/[^"'()\s]+)/g;
  for (const [, path] of text.matchAll(references))
    if (!byBaseName.has(baseName(path)))
      throw new Error(`${name} refers to ${path}, which does not exist`);
}

function baseName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
