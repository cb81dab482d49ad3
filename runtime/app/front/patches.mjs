// What is changed in the fetched files, and doing so; it touches no files.
//
// Every pattern must be found exactly once: a new version of the package in
// which it is not is looked at by a person before it is served.

const patches = [
  {
    // Tables are read as Parquet, by a WebAssembly module of 5 MB that is
    // fetched before the first one. Without these three places Arrow's IPC
    // streams are taken as they come, and nothing leads to the module.
    file: /^pandasStylerUtils-.*\.js$/,
    reason: "tables are Arrow IPC streams; no Parquet reader is fetched",
    replacements: [
      [/\w+\((\w+)\)\.intoIPCStream\(\) :/g, "$1 :"],
      [/typeof (\w+) == "function" && await \1\(\);/g, ""],
      [/new URL\("\.\/assets\/\w+\.wasm", "" \+ import\.meta\.url\)/g, '""'],
    ],
  },
  {
    // Every session begins by setting the icon, a server that has ended is to be
    // started again by another command than Streamlit's, and its cloud knows
    // nothing of programs in C.
    file: "entry",
    reason:
      "the icon is favicon.svg; an ended server and the menu do not say " +
      "Streamlit; nothing is deployed",
    replacements: [
      [/"\.\/favicon\.png"/g, '"./favicon.svg"'],
      [
        /"Is Streamlit still running\?[^"]*",\s*codeBlock: "[^"]*"/g,
        '"The program behind this page does not answer. Is it still running?"',
      ],
      [
        /"Streamlit server is not responding\. [^"]*"/g,
        '"The server does not answer. Are you connected to the network?"',
      ],
      [/(this\.showDeployButton = \(\) => )/g, "$1false && "],
      [
        /\w+ && (\/\* @__PURE__ \*\/ \w+\.jsx\(StyledMenuVersionFooter,)/g,
        "false && $1",
      ],
    ],
  },
];

// Change `texts` (by name); `entry` is the chunk that starts the front end.
// Returns what was changed: names and reasons.
export function applyPatches(texts, entry) {
  return patches.map(({ file, reason, replacements }) => {
    const name = file === "entry" ? entry : onlyName(texts, file);
    const text = replacements.reduce(
      (before, [pattern, by]) => replaceOnce(name, before, pattern, by),
      texts.get(name),
    );
    // The licence asks for this notice (Apache-2.0, section 4b).
    const notice = `/* Modified by memogen: ${reason}. See NOTICES.txt. */\n`;
    texts.set(name, notice + text);
    return { name, reason };
  });
}

function onlyName(texts, pattern) {
  const found = [...texts.keys()].filter((name) => pattern.test(name));
  if (found.length !== 1)
    throw new Error(
      `${found.length} files are called like ${pattern}, not 1; ` +
        `mend patches.mjs in runtime/app/front`,
    );
  return found[0];
}

function replaceOnce(name, text, pattern, by) {
  const hits = text.match(pattern)?.length ?? 0;
  if (hits !== 1)
    throw new Error(
      `${name} has ${hits} places like ${pattern}, not 1; look at it and ` +
        `mend patches.mjs in runtime/app/front`,
    );
  return text.replace(pattern, by);
}
