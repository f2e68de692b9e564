"""Shows that every check can fail: a small tree that is in order, and for each check what it must complain about, and where."""

from tree import Tree

README = """# Source

    base -> io -> crypto, http -> store, tlog -> domains -> api -> node

| folder | owns | does not | public headers |
|---|---|---|---|
| `src/base` | words | I/O | `base.h` |
| `src/http` | server | domains | `http.h` |
| `src/deals` | deals | money | `deals.h` |
| `src/match` | match | storage | `match.h` |

| domain | sees |
|---|---|
| deals | match |
| match | – |
"""
GOOD = {
    "src/README.md": README,
    "src/deals/deals.cpp": '#include "base/base.h"\n#include "deals/deals.h"\n#include "match/match.h"\n',
    "src/match/match.cpp": '#include "match/match.h"\n',
    "src/base/base.cpp": '#include "base/base.h"\n',
    "src/http/http.cpp": '#include "http/http.h"\n',
    "registers/README.md": "`id` `title`\n",
    "registers/needs.yaml": "id: needs\ntitle: {zh: 需求, en: Needs}\n",
    "web/src/main.ts": "import App from './App.vue'\n",
    "web/src/App.vue": "<template>\n  <p>{{ $t('a.b') }}</p>\n</template>\n",
}
for _name in ("base", "http", "deals", "match"):
    GOOD |= {f"src/{_name}/{_name}.h": "#pragma once\n", f"src/{_name}/README.md": f"# {_name}\n", f"src/{_name}/CMakeLists.txt": f"jingwei_module({_name})\n"}

LONG_FUNCTION = "namespace a {\ntemplate <class T>\nstruct B {\n  int f(T t) const {\n" + "    g();\n" * 60 + "  }\n};\n}\n"
LONG_TABLE = "const std::map<int, int> kTable = {\n" + "    {1, 2},\n" * 80 + "};\n"

# check, files that differ from GOOD, "path:line" of each violation (none: the sample must be accepted)
CASES = [
    ("layers", {"src/base/base.cpp": '#include "deals/deals.h"\n'}, ["src/base/base.cpp:1"]),
    ("layers", {"src/deals/a.cpp": '#include "http/http.h"\n'}, ["src/deals/a.cpp:1"]),
    ("layers", {"src/match/match.cpp": '\n#include "deals/deals.h"\n'}, ["src/match/match.cpp:2"]),
    ("layers", {"src/match/internal/x.h": "", "src/deals/a.cpp": '#include "match/internal/x.h"\n'}, ["src/deals/a.cpp:1"]),
    ("layers", {"src/testing/cases.h": "", "src/deals/a.cpp": '#include "testing/cases.h"\n'}, ["src/deals/a.cpp:1"]),
    ("layers", {"src/testing/cases.h": "", "src/deals/a_test.cpp": '#include "testing/cases.h"\n'}, []),
    ("layers", {"src/deals/a.cpp": '#include "base/none.h"\n'}, ["src/deals/a.cpp:1"]),
    ("layers", {"src/base/CMakeLists.txt": "jingwei_module(base DEPENDS match LIBRARIES x)\n"}, ["src/base/CMakeLists.txt:1"]),
    ("layers", {"src/deals/deals.cpp": ""}, ["src/README.md:1"]),  # an edge nobody uses
    ("layers", {"src/README.md": README.replace("| match | – |", "| match | deals |"), "src/match/match.cpp": '#include "deals/deals.h"\n'}, ["src/README.md:1"]),
    ("file_length", {"src/base/long.cpp": "\n" * 401}, ["src/base/long.cpp:401"]),
    ("file_length", {"src/base/long.cpp": "\n" * 400}, []),
    ("function_length", {"src/base/long.cpp": LONG_FUNCTION}, ["src/base/long.cpp:4"]),
    ("function_length", {"src/base/long.cpp": LONG_FUNCTION.replace("    g();\n", "", 2)}, []),
    ("function_length", {"src/base/long.cpp": "DESCRIBE(A, (), (b))\n\nTEST(A, b) {\n" + "  c(\"{\");\n" * 59 + "}\n"}, ["src/base/long.cpp:3"]),
    ("function_length", {"src/base/long.cpp": "A::A(int a)\n    : a_{a} {\n" + "  b();\n" * 60 + "}\n"}, ["src/base/long.cpp:2"]),
    ("function_length", {"src/base/long.cpp": LONG_TABLE}, []),
    ("banned_cpp", {"src/base/a.cpp": "using namespace std;\n"}, ["src/base/a.cpp:1"]),
    ("banned_cpp", {"src/base/a.cpp": "int a;\nassert(a);\n"}, ["src/base/a.cpp:2"]),
    ("banned_cpp", {"src/base/a.cpp": "out << std::endl;\nint* p = NULL;\n"}, ["src/base/a.cpp:1", "src/base/a.cpp:2"]),
    ("banned_cpp", {"src/base/a.cpp": 'static_assert(a);  // not assert(\nauto b = "NULL";\nauto c = 1\'000 + \'"\';\n'}, []),
    ("dead_headers", {"src/base/lonely.h": ""}, ["src/base/lonely.h:1"]),
    ("dead_headers", {"src/base/deep/in/a.cpp": ""}, ["src/base/deep/in/a.cpp:1"]),
    ("modules", {"src/deals/README.md": None}, ["src/deals/README.md:1"]),
    ("modules", {"src/deals/CMakeLists.txt": None}, ["src/deals/CMakeLists.txt:1"]),
    ("modules", {"src/deals/second.h": ""}, ["src/deals/second.h:1"]),
    ("modules", {"src/deals/deals.h": None}, ["src/README.md:9"]),
    ("modules", {"src/voucher/a.cpp": "", "src/voucher/README.md": "", "src/voucher/CMakeLists.txt": ""}, ["src/README.md:1"]),
    ("test_data", {"src/deals/testdata/acts.test": ""}, ["src/deals/testdata/acts.test:1"]),
    ("test_data", {"src/deals/testdata/acts.test": "", "src/deals/a_test.cpp": 'read(JINGWEI_TESTDATA "/acts.test");\n'}, []),
    ("test_data", {"src/deals/testdata/corpus/csv/a": ""}, ["src/deals/testdata/corpus/csv/a:1"]),
    ("registers", {"registers/needs.yaml": "id: needs\ntitel: {zh: 需求, en: Needs}\n"}, ["registers/needs.yaml:2"]),
    ("registers", {"registers/needs.yaml": "id: needs\nx:\n  - {id: a, colour: red}\n"}, ["registers/needs.yaml:2", "registers/needs.yaml:3"]),
    ("registers", {"registers/needs.yaml": 'title: {zh: 需求, en: "not a, key: here"}  # nor: this\n'}, []),
    ("documents", {"docs/a.md": "see `src/base/none.cpp`\n"}, ["docs/a.md:1"]),
    ("documents", {"docs/a.md": "see [b](b.md) and [c](../src/README.md)\n"}, ["docs/a.md:1"]),
    ("documents", {"docs/decisions/README.md": "# Decisions\n", "docs/decisions/0001-a.md": "# A\n"}, ["docs/decisions/0001-a.md:1"]),
    ("white_space", {"src/base/a.cpp": "int a; \nint b;"}, ["src/base/a.cpp:1", "src/base/a.cpp:2"]),
    ("white_space", {"src/base/a.cpp": "int a;\n\n"}, ["src/base/a.cpp:2"]),
    ("line_length", {"src/base/a.cpp": "// " + "a" * 178 + "\n"}, ["src/base/a.cpp:1"]),
    ("line_length", {"src/base/a.cpp": "say({\"" + "字" * 90 + "\", \"" + "a" * 150 + "\"});\n"}, []),
    ("line_length", {"src/base/a.cpp": "say({\"" + "字" * 90 + "\", \"" + "a" * 170 + "\"});\n"}, ["src/base/a.cpp:1"]),
    ("vague_names", {"src/base/string_utils.cpp": ""}, ["src/base/string_utils.cpp:1"]),
    ("vague_names", {"src/base/a.cpp": "DealMgr deals;\nint futile = 0;  // a helper\n"}, ["src/base/a.cpp:1"]),
    ("unowned_notes", {"src/base/a.cpp": "// TODO later\n// TODO(li) when PostgreSQL 17 is here\n"}, ["src/base/a.cpp:1"]),
    ("private_paths", {"tools/a.sh": "cd /home/li/jingwei\n"}, ["tools/a.sh:1"]),
    ("private_paths", {"tools/a.sh": "curl https://a.example/home/li\n"}, []),
    ("documents", {"src/base/README.md": "`bench/a_bench` and `docs/b.md`\n", "src/base/bench/a_bench.cpp": "", "docs/b.md": "\n"}, []),
    ("documents", {"docs/a.md": "`src/*/README.md` `web/tests/pictures/` [b](../build/log)\n", ".gitignore": "/build/\n/web/tests/pictures/\n"}, []),
    ("large_files", {"demo/a.csv": "a" * (2 << 20) + "b"}, ["demo/a.csv:1"]),
    ("vue_length", {"web/src/App.vue": "\n" * 151}, ["web/src/App.vue:151"]),
    ("literal_text", {"web/src/a.ts": "export const a = '需求' // 需求\n"}, ["web/src/a.ts:1"]),
    ("literal_text", {"web/src/App.vue": "<template>\n  <p>Hello there</p>\n  <input placeholder=\"Search\" />\n</template>\n"}, ["web/src/App.vue:2", "web/src/App.vue:3"]),
    ("dead_web_files", {"web/src/Lonely.vue": ""}, ["web/src/Lonely.vue:1"]),
]


def run(checks):
    """Returns how many samples came out as expected and how many did not."""
    by_name = {check.__name__: check for check in checks}
    passed = failed = 0

    def expect(name, what, files, wanted):
        nonlocal passed, failed
        got = [f"{violation.path}:{violation.line}" for violation in by_name[name](Tree(files))]
        if got == wanted:
            passed += 1
        else:
            failed += 1
            print(f"FAILED self-test of {name}, {what}: expected {wanted}, got {got}")

    for name in by_name:
        expect(name, "the tree in order", GOOD, [])
    for number, (name, changes, wanted) in enumerate(CASES, 1):
        expect(name, f"sample {number}", {path: text for path, text in (GOOD | changes).items() if text is not None}, wanted)
    for name in sorted(set(by_name) - {name for name, _, wanted in CASES if wanted}):
        failed += 1
        print(f"FAILED self-test of {name}: no sample shows that it can fail")
    return passed, failed
