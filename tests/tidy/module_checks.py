"""Checks of what belongs to a module: README, CMakeLists.txt, public headers, text cases; registers and documents."""

import fnmatch
import re

from cpp_checks import Layers
from tree import Violation

# Not built as a module: folder and why.
NO_MODULE = {
    "testing": "part of test programs only; src/CMakeLists.txt builds it",
    "precompiled": "headers that nearly every file includes, parsed once; nothing includes them by name",
}
TEST_HEADER = re.compile(r"(test_[a-z_]+|[a-z_]+_fixture)\.h$")


def modules(tree):
    """Each module has README.md, CMakeLists.txt, its row in src/README.md, and exactly the public headers of that row."""
    rules = Layers(tree)
    found, listed = [], rules.headers
    present = {path.split("/")[1] for path in tree.select(r"src/[a-z]+/.*\.(cpp|h)$")}
    for module in sorted(present - set(NO_MODULE)):
        found += [Violation(f"src/{module}/{name}", 1, "is missing") for name in ("README.md", "CMakeLists.txt") if not tree.has(f"src/{module}/{name}")]
        if module not in listed:
            found.append(Violation("src/README.md", 1, f"src/{module} is not in the table of modules"))
            continue
        row, wanted = listed[module]
        real = {path.split("/")[2] for path in tree.select(rf"src/{module}/[a-z_]+\.h$") if not TEST_HEADER.search(path)}
        found += [Violation(f"src/{module}/{name}", 1, "is a public header that src/README.md does not name; belongs it in internal/?") for name in sorted(real - wanted)]
        found += [Violation("src/README.md", row, f"src/{module}/{name} is not there") for name in sorted(wanted - real)]
        if module not in rules.rank:
            found.append(Violation("src/README.md", row, f"src/{module} has no layer"))
    found += [Violation("src/README.md", listed[module][0], f"src/{module} is not there") for module in sorted(set(listed) - present)]
    return found


def test_data(tree):
    """Every file of testdata is named by a test of its module; corpora belong to a fuzz target."""
    found = []
    for path in sorted(tree.sizes):
        match = re.match(r"src/([a-z]+)/testdata/(.+)$", path)
        if not match:
            continue
        module, name = match.groups()
        corpus = re.match(r"corpus/([a-z_]+)/", name)
        if corpus:
            if not tree.has(f"src/{module}/{corpus.group(1)}_fuzz.cpp"):
                found.append(Violation(path, 1, f"there is no src/{module}/{corpus.group(1)}_fuzz.cpp"))
            continue
        readers = tree.select(rf"src/{module}/(internal/)?[a-z_]+(\.h|_test\.cpp)$")
        base = name.split("/")[-1]
        quoted = re.compile('["/]' + re.escape(base) + '"|"' + re.escape(base.removesuffix(".test")) + '"')
        if not any(quoted.search(tree.texts[reader]) for reader in readers):
            found.append(Violation(path, 1, "no test of the module names this file"))
    return found


CODE_LIST_KEYS = {"id", "title", "codes", "code", "chain", "zh", "en"}


def registers(tree):
    """Every key of a register definition is explained in registers/README.md (the program refuses unknown ones at start)."""
    known = set(re.findall(r"`([a-z_]+)`", tree.texts.get("registers/README.md", ""))) | {"zh", "en"}
    found = []
    for path in tree.select(r"registers/.*\.yaml$"):
        allowed = CODE_LIST_KEYS if "/code-lists/" in path else known
        for number, line in enumerate(tree.lines(path), 1):
            bare = re.sub(r'"[^"]*"|\'[^\']*\'|(^|\s)#.*', "", line)
            for key in re.findall(r"(?:^\s*(?:- )?|[{,]\s*)([A-Za-z_]\w*):(?=\s|$)", bare):
                if key not in allowed:
                    found.append(Violation(path, number, f"key '{key}' is not explained in registers/README.md"))
    return found


NAMED_PATH = re.compile(r"`((?:src|tests|tools|registers|web|demo|bench|cmake|docs|api)/[A-Za-z0-9_./*-]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def documents(tree):
    """Paths and links in Markdown lead somewhere; every decision is in the list of decisions."""
    found = []
    for path in tree.select(r"(?!.*node_modules).*\.md$"):
        folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
        for number, line in enumerate(tree.lines(path), 1):
            for target in NAMED_PATH.findall(line):
                places = [target.rstrip("/."), folder + target.rstrip("/."), folder + target + ".cpp"]  # a program is named without .cpp
                if not any(known_path(tree, place) for place in places):
                    found.append(Violation(path, number, f"names {target}, which is not there"))
            for target in LINK.findall(line):
                if not known_path(tree, resolve(folder, target)):
                    found.append(Violation(path, number, f"links to {target}, which is not there"))
    index = tree.texts.get("docs/decisions/README.md", "")
    for path in tree.select(r"docs/decisions/\d{4}-.*\.md$"):
        if path.split("/")[-1] not in index:
            found.append(Violation(path, 1, "is not in docs/decisions/README.md"))
    return found


def known_path(tree, target):
    """In the tree, or made by a build and therefore ignored by git."""
    if "*" in target:
        return any(fnmatch.fnmatch(path, target) for path in tree.sizes.keys() | tree.folders)
    made = [line.strip("/") for line in tree.texts.get(".gitignore", "").split("\n") if line.startswith("/")]
    return target == "" or tree.has(target) or any(target == folder or target.startswith(folder + "/") for folder in made)


def resolve(folder, target):
    parts = []
    for part in (folder + target).split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


CHECKS = [modules, test_data, registers, documents]
