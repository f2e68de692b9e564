"""Checks of C++: the order of the layers, lengths, words, headers and files that nobody uses."""

import re

from tree import Violation, cpp_code

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
# One table or one idea may be longer. Path, or "path function"; each with its reason.
LONG_FILES = {}
LONG_FUNCTIONS = {"src/base/described.h read": "one branch for each kind of member; the twin of to_json"}

CPP = r"src/.*\.(cpp|h)$"
TEST_ONLY = re.compile(r"(_test|_bench|_fuzz|match_eval)\.cpp$|/(test_[a-z_]+|[a-z_]+_fixture|model_[a-z_]+)\.h$")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def module_of(path):
    return path.split("/")[1]


class Layers:
    """The layer line and the two tables of src/README.md."""

    def __init__(self, tree):
        self.rank, self.sees, self.headers, self.problems = {}, {}, {}, []
        text = tree.texts.get("src/README.md", "")
        line = re.search(r"^    (base -> .*)$", text, re.M)
        if not line:
            self.problems.append(Violation("src/README.md", 1, "the line of layers 'base -> ...' is missing"))
            return
        for number, row in enumerate(text.split("\n"), 1):
            cells = [cell.strip().strip("`") for cell in row.split("|")[1:-1]]
            if len(cells) == 2 and re.fullmatch(r"[a-z]+", cells[0]) and cells[0] != "domain":
                self.sees[cells[0]] = set(re.findall(r"[a-z]+", cells[1]))
            if len(cells) == 4 and re.fullmatch(r"src/[a-z]+", cells[0]):
                self.headers[cells[0][4:]] = (number, set(re.findall(r"[a-z_]+\.h", cells[3])))
        for rank, names in enumerate(line.group(1).split("->")):
            for name in re.findall(r"[a-z]+", names):
                for module in sorted(self.sees) if name == "domains" else [name]:
                    self.rank[module] = rank

    def allows(self, source, target):
        if source == target:
            return True
        if source in self.sees and target in ("http", "models", "api"):
            return False
        if source in self.sees and target in self.sees:
            return target in self.sees[source]
        return self.rank[target] < self.rank[source]


def layers(tree):
    """Every #include and every DEPENDS points to the left; between domains only along declared edges."""
    rules = Layers(tree)
    found, used = list(rules.problems), set()
    if found:
        return found
    for path in tree.select(CPP):
        module = module_of(path)
        for number, line in enumerate(tree.lines(path), 1):
            match = INCLUDE.match(line)
            if not match or "/" not in match.group(1) or match.group(1).startswith("cppjieba/"):
                continue
            found += include_problems(tree, rules, path, number, match.group(1))
            used.add((module, match.group(1).split("/")[0]))
    for path in tree.select(r"src/[a-z]+/CMakeLists\.txt$"):
        depends = re.search(r"jingwei_module\(\w+\s+DEPENDS\s+([a-z\s]*)", tree.texts[path])
        for target in depends.group(1).split() if depends else []:
            if module_of(path) in rules.rank and target in rules.rank and not rules.allows(module_of(path), target):
                found.append(Violation(path, 1, f"DEPENDS {target} points against the layers"))
    return found + edge_problems(rules, used)


def include_problems(tree, rules, path, number, header):
    module, target = module_of(path), header.split("/")[0]
    if not tree.has("src/" + header):
        return [Violation(path, number, f"includes {header}, which is not there")]
    if target == "testing":
        ok = module == "testing" or TEST_ONLY.search(path)
        return [] if ok else [Violation(path, number, "includes testing/, which only tests may")]
    if module == "testing":
        return [] if target in ("base", "io", "store") else [Violation(path, number, f"testing may see base, io and store, not {target}")]
    if module not in rules.rank or target not in rules.rank:
        return [Violation(path, number, f"module {module if module not in rules.rank else target} has no layer in src/README.md")]
    if not rules.allows(module, target):
        return [Violation(path, number, f"{module} must not include {target}")]
    if module != target and "/internal/" in header:
        return [Violation(path, number, f"{header} is private to {target}")]
    return []


def edge_problems(rules, used):
    found, done = [], set()
    for domain, targets in rules.sees.items():
        for target in targets:
            if target not in rules.sees:
                found.append(Violation("src/README.md", 1, f"edge {domain} -> {target}: {target} is no domain"))
            elif (domain, target) not in used:
                found.append(Violation("src/README.md", 1, f"edge {domain} -> {target} is declared, but nothing uses it"))
    while True:
        free = [domain for domain, targets in rules.sees.items() if domain not in done and not (targets & set(rules.sees)) - done]
        if not free:
            break
        done.update(free)
    if set(rules.sees) - done:
        found.append(Violation("src/README.md", 1, "the edges have a cycle through " + ", ".join(sorted(set(rules.sees) - done))))
    return found


def file_length(tree):
    found = []
    for path in tree.select(r".*\.(cpp|h|hpp)$"):
        lines = len(tree.lines(path)) - 1
        if lines > FILE_LINES_MAX and path not in LONG_FILES:
            found.append(Violation(path, FILE_LINES_MAX + 1, f"{lines} lines; at most {FILE_LINES_MAX}"))
    return found


_LEAD = re.compile(r"^(?:\s|public:|private:|protected:)+")
_MACRO = re.compile(r"^[A-Z][A-Z0-9_]+\s*(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))\s*(?=\S)")
_TEMPLATE = re.compile(r"^template\s*<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>\s*")
_TYPE = re.compile(r"^(?:\[\[[^\]]*\]\]\s*|typedef\s+|static\s+|inline\s+|constexpr\s+|const\s+)*(?:class|struct|union|enum)\b[^()]*$")


def clean_head(head):
    """What stands before a brace, without access words, macro calls and template parameters."""
    while True:
        shorter = head
        for pattern in (_LEAD, _MACRO, _TEMPLATE):
            shorter = pattern.sub("", shorter)
        if shorter == head:
            return head.rstrip()
        head = shorter


def functions(text):
    """(name, first line, lines) of every function body; a heuristic on braces that fits this code base."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()), cpp_code(text), flags=re.M)
    stack, start = [], 0
    for match in re.finditer(r"[{};]", code):
        at, sign = match.start(), match.group()
        outside = not stack or stack[-1][0] == "scope"
        if sign == "{":
            head = clean_head(code[start:at]) if outside else ""
            if not outside:
                kind = "block"
            elif re.match(r"(inline\s+)?namespace\b|extern\s*$", head) or _TYPE.match(head):
                kind = "scope"
            elif "(" not in head and head or re.match(r"(?!.*operator)[^()]*[^=!<>]=[^=]?", head, re.S):
                kind = "block"  # a table or a member's first value
            else:
                kind = "function"
            first = start + len(code[start:at]) - len(head) if head else at
            stack.append((kind, head, code.count("\n", 0, first) + 1))
        elif sign == "}" and stack:
            kind, head, line = stack.pop()
            if kind == "function":
                names = re.findall(r"([~\w:]+)\s*\(", head)
                yield (names[0] if names else "?"), line, code.count("\n", 0, at) + 2 - line
            outside = not stack or stack[-1][0] == "scope"
        if outside or (sign == "{" and stack[-1][0] == "scope"):
            start = at + 1


def function_length(tree):
    found = []
    for path in tree.select(r".*\.(cpp|h|hpp)$"):
        for name, line, lines in functions(tree.texts[path]):
            if lines > FUNCTION_LINES_MAX and f"{path} {name}" not in LONG_FUNCTIONS:
                found.append(Violation(path, line, f"{name}: {lines} lines; at most {FUNCTION_LINES_MAX}"))
    return found


BANNED = [
    (re.compile(r"\busing\s+namespace\s+std\b(?!::)"), "using namespace std"),
    (re.compile(r"\bstd::endl\b"), "std::endl: write '\\n'"),
    (re.compile(r"\bassert\s*\("), "assert(: use CHECK, which stays on in release builds"),
    (re.compile(r"\bNULL\b"), "NULL: write nullptr"),
    (re.compile(r"\bstd::(print|format)\b"), "not in this compiler's library: use fmt"),
    (re.compile(r"\b(data|tmp|temp|foo|bar)\d\b"), "a name that says nothing"),
]


def banned_cpp(tree):
    found = []
    for path in tree.select(r".*\.(cpp|h|hpp)$"):
        for number, line in enumerate(cpp_code(tree.texts[path]).split("\n"), 1):
            found += [Violation(path, number, what) for pattern, what in BANNED if pattern.search(line)]
    return found


def dead_headers(tree):
    """A header that no file includes, and a .cpp where no build looks."""
    included = set()
    for path in tree.select(r".*\.(cpp|h|hpp)$"):
        included.update(m.group(1) for m in map(INCLUDE.match, tree.lines(path)) if m)
    found = [Violation(path, 1, "no file includes this header") for path in tree.select(r"src/.*\.h$") if path[4:] not in included]
    places = re.compile(r"src/[a-z]+/(internal/|main/)?[a-z0-9_]+\.cpp$|src/[a-z]+/bench/[a-z0-9_]+(_bench|_eval)\.cpp$")
    return found + [Violation(path, 1, "no build looks here for a .cpp") for path in tree.select(r"src/.*\.cpp$") if not places.match(path)]


CHECKS = [layers, file_length, function_length, banned_cpp, dead_headers]
