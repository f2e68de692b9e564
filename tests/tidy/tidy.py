#!/usr/bin/env python3
"""Reads the tree as a reviewer would: layers, lengths, words, tables, dead files.

tidy.py               the self-test and every check on this repository; "path:line: what" for each violation
tidy.py --self-test   the self-test alone
Ends with "N passed, N failed"; one check counts as one, however many violations it found.
"""

import os
import sys

sys.dont_write_bytecode = True  # leave nothing behind in the tree

import cpp_checks
import module_checks
import self_test
import text_checks
from tree import read_tree

CHECKS = cpp_checks.CHECKS + module_checks.CHECKS + text_checks.CHECKS


def main(arguments):
    passed, failed = self_test.run(CHECKS)
    if arguments != ["--self-test"]:
        tree = read_tree(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
        for check in CHECKS:
            found = check(tree)
            for violation in found:
                print(violation)
            if found:
                print(f"FAILED {check.__name__}: {len(found)} violations")
            passed += not found
            failed += bool(found)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
