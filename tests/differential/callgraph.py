"""Compare what memogen says that functions call with what gcc says.

    python3 callgraph.py list FOLDER COUNT
    python3 callgraph.py compare FOLDER FUNCTION.json...

FOLDER holds the .ci files of gcc -fcallgraph-info, beside each the dump of
-fdump-ipa-cgraph, which knows whose address is taken as well, and the
preprocessed text (.i).  `list` prints
the names of COUNT functions, spread evenly; `compare` reads the answers of
memogen --explain NAME --json.

For every function in an answer, with A = gcc's direct calls and R = gcc's
references to functions, both of what the program defines:
    A is part of memogen's uses, and those are part of A and R, or named in the
    function's preprocessed text: gcc drops branches that a constant decides.
For the function itself, with all that these lead to, through objects too:
    the closure over A is part of memogen's, and that is the closure over A, R.
Left out on purpose: functions of libraries and built-in ones, which gcc may
expand, and what is called through pointers, which neither can know.
"""
import glob
import json
import os
import re
import sys


class Program:
    """What gcc says of all files together; statics are 'file.c:name'."""

    def __init__(self, folder):
        self.defined, self.calls, self.references = set(), {}, {}
        self.texts = {
            os.path.basename(path)[:-2]: open(path).read()
            for path in glob.glob(os.path.join(folder, "*.i"))
        }
        for path in glob.glob(os.path.join(folder, "*.ci")):
            self.read_calls(path)
        for path in glob.glob(os.path.join(folder, "*.cgraph")):
            self.read_references(path, os.path.basename(path).split(".c.")[0])

    def read_calls(self, path):
        text = open(path).read()
        for title, rest in re.findall(r'node: { title: "([^"]*)"([^}]*)}', text):
            if "ellipse" not in rest:
                self.defined.add(title)
        for source, target in re.findall(
            r'edge: { sourcename: "([^"]*)" targetname: "([^"]*)"', text
        ):
            self.calls.setdefault(source, set()).add(target)

    def name(self, file, name):
        static = f"{file}.c:{name}"
        return static if static in self.defined else name

    def read_references(self, path, file):
        text = open(path).read().split("Removing unused symbols:")[0]
        owner = None
        for line in text.splitlines():
            head = re.match(r"([\w.]+)/\d+ \(", line)
            if head:
                owner = self.name(file, head.group(1))
                is_object = False
            elif line.startswith("  Type: variable"):
                # An object is known in its file only: statics have no file.
                is_object = True
                owner = f"{file}.c={owner}" if "definition" in line else owner
            elif line.startswith("  References:") and owner:
                for name, way in re.findall(r"([\w.]+)/\d+ \((\w+)\)", line):
                    for key in (owner, owner.split("=")[-1]) if is_object else (owner,):
                        self.references.setdefault(key, set()).update(
                            {self.name(file, name), f"{file}.c={name}"}
                        )

    def names_in_text(self, file, function, name):
        """Is the name in the body of the function, before gcc thinks?"""
        head = re.search(
            rf"\b{function.split(':')[-1]}\s*\([^;{{}}]*\)\s*{{", self.texts[file]
        )
        if not head:
            return False
        body, depth = self.texts[file][head.end() :], 1
        for end, letter in enumerate(body):
            depth += {"{": 1, "}": -1}.get(letter, 0)
            if depth == 0:
                return re.search(rf"\b{name.split(':')[-1]}\b", body[:end]) is not None
        return False

    def functions(self, names):
        return {name for name in names if name in self.defined}

    def closure(self, start, graphs):
        seen, todo = {start}, [start]
        while todo:
            name = todo.pop()
            for graph in graphs:
                for used in graph.get(name, ()):
                    if used not in seen:
                        seen.add(used)
                        todo.append(used)
        return self.functions(seen)


def compare(program, path):
    """Return (functions compared, complaints) of one answer."""
    answer = json.load(open(path))[0]
    nodes = answer["source"]

    def key(node):
        file = os.path.basename(node.get("file", ""))[:-2]
        return program.name(file, node["name"])

    complaints = []
    functions = [n for n in nodes if n["what"] == "function" and n["by"] == "source"]
    for node in functions:
        name = key(node)
        used = {key(nodes[i]) for i in node["uses"] if nodes[i]["what"] == "function"}
        used = program.functions(used) - {name}
        calls = program.functions(program.calls.get(name, ())) - {name}
        named = program.functions(program.references.get(name, ()))
        for missing in sorted(calls - used):
            complaints.append(f"{name} calls {missing}, memogen does not see it")
        file = os.path.basename(node["file"])[:-2]
        for extra in sorted(used - calls - named):
            if program.names_in_text(file, name, extra):
                continue
            complaints.append(f"{name} does not name {extra}, memogen says so")
    start = key(nodes[0])
    closure = {key(node) for node in functions}
    for missing in sorted(program.closure(start, [program.calls]) - closure):
        complaints.append(f"{start} leads to {missing}, memogen does not know")
    graphs = [program.calls, program.references]
    for extra in sorted(closure - program.closure(start, graphs)):
        complaints.append(f"{start} does not lead to {extra}, memogen says so")
    for missing in sorted(program.closure(start, graphs) - closure):
        complaints.append(f"{start} leads to {missing} through addresses")
    return len(functions), complaints


def main():
    mode, folder = sys.argv[1:3]
    program = Program(folder)
    if mode == "list":
        names = sorted(name for name in program.defined if ":" not in name)
        count = int(sys.argv[3])
        print("\n".join(names[i * len(names) // count] for i in range(count)))
        return 0
    compared, complaints = 0, []
    for path in sys.argv[3:]:
        count, some = compare(program, path)
        compared += count
        complaints += some
    for complaint in sorted(set(complaints)):
        print(complaint)
    print(
        f"{len(sys.argv) - 3} closures, {compared} functions in them compared, "
        f"{len(set(complaints))} differences"
    )
    return bool(complaints)


sys.exit(main())
