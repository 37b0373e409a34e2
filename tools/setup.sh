#!/bin/sh
# Find a Python that is new enough and let it do the set-up: tools/setup.sh site|test|tools|lock
# POSIX sh, because the Python that a machine offers first may be too old to read our files.
set -u
cd "$(dirname "$0")/.." || exit 1

enough='import sys; sys.exit(sys.version_info < (3, 11))'
if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates='python3 python3.14 python3.13 python3.12 python3.11 .venv/bin/python'
fi
for candidate in $candidates; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$enough" >/dev/null 2>&1; then
        exec "$candidate" tools/setup.py "$@"
    fi
done

first=${candidates%% *}
if version=$("$first" --version 2>&1); then
    echo "Offprint needs Python 3.11 or newer; '$first' is $version." >&2
else
    echo "Offprint needs Python 3.11 or newer; '$first' does not run." >&2
fi
echo "  hint: install a newer one, or name one: make PYTHON=/path/to/python3.12 ${1:-site}" >&2
exit 1
