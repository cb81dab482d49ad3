// What NOTICES.txt tells about the parts of a bundle, read from its source
// maps. Works on texts; it touches no files.

// One paragraph for each part of `maps` (texts): its name, and what its
// sources say about copyright and licence.
export function bundledParts(maps) {
  const parts = new Map();
  for (const map of maps) {
    const { sources, sourcesContent = [] } = JSON.parse(map);
    sources.forEach((source, index) => {
      const part = partOf(source);
      const notices = parts.get(part) ?? new Set();
      parts.set(part, notices);
      for (const notice of noticesIn(sourcesContent[index] ?? ""))
        notices.add(notice);
    });
  }
  const names = [...parts.keys()].sort();
  return names.map((name) => paragraph(name, parts.get(name))).join("\n");
}

// The package that a source belongs to.
function partOf(source) {
  const module = source.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (module) return module[1];
  return source.includes("/streamlit/frontend/") ? "Streamlit" : "stlite";
}

// The comments of a text that speak of copyright or licence.
function* noticesIn(text) {
  const comments = /\/\*[^]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm;
  for (const [comment] of text.matchAll(comments))
    if (/copyright|\(c\) *\d{4}|@licen[sc]e/i.test(comment))
      yield comment
        .replace(/\r/g, "")
        .replace(/^[ \t]*(?:\/\*+!?|\*+\/|\*|\/\/)/gm, "")
        .replace(/\*\/$/, "")
        .trim();
}

function paragraph(name, notices) {
  if (notices.size === 0) return `- ${name}`;
  const lines = [...notices].join("\n\n").split("\n");
  const indented = lines.map((line) => `    ${line.trim()}`.trimEnd());
  return `- ${name}\n\n${indented.join("\n")}\n`;
}
