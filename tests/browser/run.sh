#!/usr/bin/env bash
# The default theme in a real browser: run.sh [DATELINE]
# Installs what it needs by name, builds the sample site and a hostile one with the given binary, and tests both.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
started=$SECONDS

dateline=${1:-}
if [ -z "$dateline" ]; then
  for built in release debug; do
    if [ -x "$root/target/$built/dateline" ]; then dateline=$root/target/$built/dateline; break; fi
  done
fi
if [ -z "$dateline" ] || [ ! -x "$dateline" ]; then echo "no dateline to test: build it, or name it: $0 DATELINE" >&2; exit 2; fi
dateline=$(cd "$(dirname "$dateline")" && pwd)/$(basename "$dateline")

missing=()
command -v "${CHROME_PATH:-chromium}" >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
CHROME_PATH=$(command -v "${CHROME_PATH:-chromium}")
export CHROME_PATH DATELINE=$dateline
cd "$here"
# npm ci only when the lock file has changed since the last one
if ! cmp -s package-lock.json node_modules/.lock; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.lock
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23: all but the story from the future is built
export DATELINE_SAMPLE=$work/sample DATELINE_HOSTILE=$work/hostile DATELINE_WIRE=$work/wire DATELINE_COUNTED=$work/counted
rm -rf artefacts && mkdir artefacts
"$dateline" -q -r "$root" build -o "$DATELINE_SAMPLE"
# the same site with the other built-in theme
mkdir "$work/wire-site" && cp -r "$root/content" "$work/wire-site/"
{ echo 'theme = "wire"'; cat "$root/dateline.toml"; } >"$work/wire-site/dateline.toml"
"$dateline" -q -r "$work/wire-site" build -o "$DATELINE_WIRE"
node hostile.mjs "$work/hostile-site" "$root/themes/default"
node counts.mjs "$work/counts-site"
"$dateline" -q -r "$work/counts-site" build -o "$DATELINE_COUNTED" 2>"$work/counts.log" || { cat "$work/counts.log" >&2; exit 1; }
"$dateline" -q -r "$work/hostile-site" build -o "$DATELINE_HOSTILE" 2>"$work/hostile.log" || { cat "$work/hostile.log" >&2; exit 1; }

status=0
node --test --test-concurrency=2 --test-timeout=600000 {axe,counts,csl,files,flows,head,html,layout,policy,preview,print,search,weight}.test.mjs || status=1
# alone, for it measures time
node --test --test-timeout=600000 lighthouse.test.mjs || status=1
if [ $status -eq 0 ]; then echo "browser tests: all passed in $((SECONDS - started)) s; pictures in tests/browser/artefacts"
else echo "browser tests: FAILED in $((SECONDS - started)) s; pictures in tests/browser/artefacts"; fi
exit $status
