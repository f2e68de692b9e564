"""Checks of every text file: white space, width, words, sizes; and of the web app: length, words outside locales, dead files."""

import re

from tree import Violation, cpp_code, script_code

LINE_CHARACTERS_MAX = 180
WEB_LINE_CHARACTERS_MAX = 300  # templates and style sheets: one element or rule a line
# C++ holds sentences for people in two languages, one value on one line: quoted text does not count up to here.
SENTENCE_LINE_CHARACTERS_MAX = 260
VUE_LINES_MAX = 150
FILE_BYTES_MAX = 2 << 20
# Path to reason.
LONG_VUE = {}
READS_CHINESE = {"web/src/base/money.ts": "reads amounts as people write them: 3 万元"}
# Data, generated files and what others wrote down: their lines are as they are.
FREE_FORM = re.compile(r".*(testdata/|/corpus/|package-lock\.json|\.csv$|\.jsonl?$|\.svg$|\.md$|\.yaml$|\.txt$|\.test$|schema\.d\.ts$|LICENSE|common_passwords\.h)")
CODE = r".*\.(cpp|h|hpp|vue|ts|mjs|js|py|sh|cmake|go|sql|css)$|(run|test|bench|\.ci/run)$"
SELF = "tests/tidy/"  # holds the very words it looks for


def white_space(tree):
    found = []
    for path in sorted(tree.texts):
        if "/corpus/" in path or "/testdata/" in path or path.endswith((".csv", ".svg")) or not tree.texts[path]:
            continue
        for number, line in enumerate(tree.lines(path), 1):
            if line != line.rstrip(" \t\r"):
                found.append(Violation(path, number, "white space at the end of the line"))
            if path.endswith((".cpp", ".h", ".py", ".vue", ".ts", ".mjs")) and "\t" in line:
                found.append(Violation(path, number, "a tab"))
        if not tree.texts[path].endswith("\n"):
            found.append(Violation(path, len(tree.lines(path)), "no newline at the end of the file"))
        elif tree.texts[path].endswith("\n\n"):
            found.append(Violation(path, len(tree.lines(path)) - 1, "empty lines at the end of the file"))
    return found


def line_length(tree):
    found = []
    for path in tree.select(CODE):
        if FREE_FORM.match(path):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            counted = len(line)
            if path.endswith((".cpp", ".h")) and counted <= SENTENCE_LINE_CHARACTERS_MAX:
                counted = len(re.sub(r'"(?:\\.|[^"\\])*"', '""', line))
            limit = WEB_LINE_CHARACTERS_MAX if path.endswith((".vue", ".ts", ".css", ".mjs")) or not path.startswith("src/") else LINE_CHARACTERS_MAX
            if counted > limit:
                found.append(Violation(path, number, f"{len(line)} characters; at most {limit}"))
    return found


VAGUE = re.compile(r"(?<![A-Za-z])(mgr|utils?|helpers?)(?![a-z])|[a-z](Mgr|Utils?|Helpers?)(?![a-z])|(?<![A-Za-z])(Mgr|Utils?|Helpers?)(?![a-z])")
UNOWNED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\([a-z]+\))")


def vague_names(tree):
    """mgr, util and helper say nothing; neither as a name nor as a file."""
    found = []
    for path in tree.select(r"(src|web/src|tests|bench|tools|demo)/.*\.(cpp|h|hpp|vue|ts|mjs|py|go)$"):
        if path.startswith(SELF):
            continue
        if VAGUE.search(path):
            found.append(Violation(path, 1, "the file's name says nothing"))
        code = cpp_code(tree.texts[path]) if path.endswith((".cpp", ".h", ".hpp")) else re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", script_code(tree.texts[path]))
        for number, line in enumerate(code.split("\n"), 1):
            match = VAGUE.search(line)
            if match:
                found.append(Violation(path, number, f"'{match.group()}' says nothing"))
    return found


def unowned_notes(tree):
    found = []
    for path in tree.select(CODE):
        if path.startswith(SELF):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = UNOWNED.search(line)
            if match:
                found.append(Violation(path, number, f"{match.group(1)} without an owner: finish it or open an issue"))
    return found


PRIVATE_PATH = re.compile(r"(?<![\w.:/-])/(home|Users|mnt|media|farm|work)/[A-Za-z0-9_]")


def private_paths(tree):
    """Paths of one person's machine. The web app has routes under /work/, which are none."""
    found = []
    for path in sorted(tree.texts):
        if path.startswith((SELF, "web/", "tests/browser/")) or path.endswith("package-lock.json"):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = PRIVATE_PATH.search(line)
            if match:
                found.append(Violation(path, number, f"a path of one machine: {match.group()}…"))
    return found


def large_files(tree):
    return [Violation(path, 1, f"{size} bytes; at most {FILE_BYTES_MAX}") for path, size in sorted(tree.sizes.items()) if size > FILE_BYTES_MAX]


def vue_length(tree):
    found = []
    for path in tree.select(r"web/src/.*\.vue$"):
        lines = len(tree.lines(path)) - 1
        if lines > VUE_LINES_MAX and path not in LONG_VUE:
            found.append(Violation(path, VUE_LINES_MAX + 1, f"{lines} lines; at most {VUE_LINES_MAX}"))
    return found


HAN = re.compile(r"[\u3400-\u9fff\u3001\u3002\uff00-\uffef]")
TEXT_NODE = re.compile(r">([^<>{}]*\b[A-Za-z]{2,}[^<>{}]*)</")
TEXT_ATTRIBUTE = re.compile(r"\s(?:aria-label|title|placeholder|alt|label)=\"(?![^\" ]*[/@.])([^\"]*[A-Za-z]{2,}[^\"]*)\"")


def literal_text(tree):
    """UI text outside the locale files: Chinese anywhere, English words between tags or in attributes people read."""
    found = []
    for path in tree.select(r"web/src/.*\.(vue|ts)$"):
        if path.startswith("web/src/locales/") or path in READS_CHINESE or re.search(r"\.(test|spec)\.ts$", path):
            continue
        template = False
        for number, line in enumerate(script_code(tree.texts[path]).split("\n"), 1):
            template = line.startswith("<template>") or template and not line.startswith("</template>")
            literal = HAN.search(line) or template and (TEXT_NODE.search(line) or TEXT_ATTRIBUTE.search(line))
            if literal:
                found.append(Violation(path, number, f"text outside the locale files: {literal.group().strip('> </')[:40]}"))
    return found


ENTRY_FILES = {"web/src/main.ts", "web/src/env.d.ts"}


def dead_web_files(tree):
    """A .vue or .ts that no other file names in an import."""
    paths = tree.select(r"web/src/.*\.(vue|ts|css|json)$")
    imports = {}
    for path in tree.select(r"web/(src|tests|scripts)/.*\.(vue|ts|mjs|css)$|web/[a-z.]+\.(ts|html)$"):
        for target in re.findall(r"(?<![\w'\"/])(?:from|import|import\()\s*['\"(]+([^'\"]+)['\"]|glob\w*\(\s*['\"]([^'\"]+)", tree.texts[path]):
            imports.setdefault((target[0] or target[1]).split("/")[-1], set()).add(path)
    globbed = [re.escape(name).replace(r"\*", ".*") for name in imports if "*" in name]
    found = []
    for path in paths:
        name = path.split("/")[-1]
        stem = path.split("/")[-2] if name == "index.ts" else re.sub(r"(\.d)?\.ts$", "", name)
        users = (imports.get(name, set()) | imports.get(stem, set()) | imports.get(name.removesuffix(".ts"), set())) - {path}
        if not users and path not in ENTRY_FILES and not path.endswith(".test.ts") and not any(re.fullmatch(pattern, name) for pattern in globbed):
            found.append(Violation(path, 1, "no file imports this one"))
    return found


CHECKS = [white_space, line_length, vague_names, unowned_notes, private_paths, large_files, vue_length, literal_text, dead_web_files]
