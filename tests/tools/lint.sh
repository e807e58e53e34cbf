#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# All that can be said about the source without running it; ./dev lint calls
# it. usage: lint.sh [--all | --quick]: with --all clang-tidy reads all C files,
# not only those that differ from the main branch; --quick leaves it and the
# plain build of gcc out, for CI, where gcc builds everything for the tests. The
# last line counts the checks.
set -uo pipefail

cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
id=org.comptoir.Comptoir
built=_build-clang
passed=0
failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Runs one check, and shows what it says only if it fails: check NAME COMMAND…
check() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$output" 2>&1 </dev/null; then
    passed=$((passed + 1))
    echo "ok      $name ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED  $name"
    head -n 200 "$output"
  fi
}

# Every file of the project that fits a pattern: files PATTERN…
files() {
  /usr/bin/python3 -c 'import sys; sys.path.insert(0, "tests/tools"); import sources
for path in sources.tracked(*sys.argv[1:]): print(path)' "$@"
}

shell_scripts() {
  files | while read -r file; do
    if head -n 1 "$file" 2>/dev/null | grep -qE '^#!.*\b(ba)?sh\b'; then echo "$file"; fi
  done
}

check_shell() { shell_scripts | xargs shellcheck; }

check_python() { files '*.py' | xargs /usr/bin/python3 -c 'import ast, sys
for name in sys.argv[1:]: ast.parse(open(name, encoding="utf-8").read(), name)'; }

check_xml() { files '*.ui' '*.xml' '*.xml.in' '*.svg' | xargs xmllint --noout --nonet; }

# Builds with one compiler; a warning is an error: build COMPILER FOLDER
# Lines are enough for what it is used for, and quicker to compile.
build() {
  [ -e "$2/build.ninja" ] || CC=$1 meson setup "$2" --werror -Db_pch=true -Doptimization=1 -Dc_args=-g1 || return
  ninja -C "$2"
}

check_desktop() { desktop-file-validate "$built/data/$id.desktop"; }

check_metainfo() { appstreamcli validate --no-net --pedantic --explain "$built/data/$id.metainfo.xml"; }

changed_files() {
  local base
  base=$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null)
  # on the main branch itself: what the last commit did
  [ "$base" != "$(git rev-parse HEAD)" ] || base=$(git rev-parse -q --verify HEAD~1)
  if [ -n "$base" ]; then
    { git diff --name-only --diff-filter=d "$base" -- '*.c'; git ls-files -o --exclude-standard '*.c'; } | sort -u
  else
    files '*.c'
  fi
}

check_tidy() {
  local files
  if [ "${1:-}" = --all ]; then files=$(files '*.c'); else files=$(changed_files); fi
  [ -z "$files" ] || xargs -P "$(nproc)" -n 1 clang-tidy -p _build-clang --quiet <<<"$files" 2>/dev/null
}

check 'format' tests/tools/format.py --check
check 'rules of the source' tests/tools/check-source.py
check 'keyboard shortcuts' tests/tools/check-shortcuts.py
check 'these checks find what they look for' tests/tools/test-tools.py
check 'shell scripts' check_shell
check 'python scripts' check_python
check 'XML is well formed' check_xml
check 'translations are complete' tests/tools/check-potfiles.py
[ "${1:-}" = --quick ] || check 'gcc has no warning' build gcc _build-gcc
check 'clang has no warning' build clang _build-clang
check 'no symbol of GTK below app' tests/tools/check-symbols.py "$built"
check 'every C file is built' tests/tools/check-source.py "$built"
check 'desktop file' check_desktop
check 'metainfo' check_metainfo
[ "${1:-}" = --quick ] || check 'clang-tidy' check_tidy "${1:-}"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
