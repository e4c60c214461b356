#!/usr/bin/env python3
"""Storybook in one command, with nothing but Python 3.11 or newer: `python3 run.py --help` says more."""

import sys

# Plain words instead of a syntax error: what follows the check is imported only after it.
if sys.version_info < (3, 11):  # noqa: UP036 - this line is for exactly those whose Python is older
    sys.exit("Storybook needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031 - runs on old ones

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
