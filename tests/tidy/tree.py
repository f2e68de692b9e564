"""The files that tidy looks at: path to text. Made from the working tree, or from a few lines in a self-test."""

import os
import re
import subprocess
from dataclasses import dataclass, field

TEXT_BYTES_MAX = 4 << 20
SKIPPED_FOLDERS = {".git", "build", "node_modules", "dist", "data", "screenshots"}


@dataclass(frozen=True)
class Violation:
    path: str
    line: int
    what: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


@dataclass
class Tree:
    texts: dict  # path to text; binary files are not in here
    sizes: dict = field(default_factory=dict)  # path to bytes

    def __post_init__(self):
        for path, text in self.texts.items():
            self.sizes.setdefault(path, len(text.encode()))
        self.folders = {path[: i] for path in self.sizes for i, c in enumerate(path) if c == "/"}

    def has(self, path):
        return path in self.sizes or path in self.folders

    def select(self, pattern):
        """Paths that match a regular expression from the start, in order."""
        wanted = re.compile(pattern)
        return [path for path in sorted(self.texts) if wanted.match(path)]

    def lines(self, path):
        return self.texts[path].split("\n")


def read_tree(root):
    """Tracked files and new ones that are not ignored; without git every file below root."""
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True)
    if listed.returncode == 0:
        paths = [path for path in listed.stdout.decode().split("\0") if path and os.path.isfile(os.path.join(root, path))]
    else:
        paths = []
        for folder, folders, files in os.walk(root):
            folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
            paths += [os.path.relpath(os.path.join(folder, name), root) for name in files]
    texts, sizes = {}, {}
    for path in paths:
        sizes[path] = os.path.getsize(os.path.join(root, path))
        if sizes[path] > TEXT_BYTES_MAX:
            continue
        with open(os.path.join(root, path), "rb") as file:
            content = file.read()
        if b"\0" in content:
            continue
        try:
            texts[path] = content.decode()
        except UnicodeDecodeError:
            continue  # bytes on purpose: corpora of fuzz targets
    return Tree(texts, sizes)


_CPP_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^(\s"]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Za-z_])\'(?:\\.|[^\'\\\n])+\'', re.S)


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def cpp_code(text):
    """C++ without comments, strings and characters; every line stays where it was."""
    return _CPP_TOKEN.sub(_blank, text)


def script_code(text):
    """TypeScript without comments; strings stay. A // inside a string, such as a URL, is left alone when a colon precedes it."""
    return re.sub(r"/\*.*?\*/|<!--.*?-->|(?<![:\"'`\\])//[^\n]*", _blank, text, flags=re.S)
