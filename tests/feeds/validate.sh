#!/usr/bin/env bash
# Feeds read by programs that share nothing with the writer: validate.sh DATELINE
# Atom against a schema of RFC 4287, every XML file for well-formedness, of the sample site with
# every feed and of a site whose every text tries to break out. RSS, JSON Feed and OPML have no
# schema of their makers; tests/around/validity.rs holds their rules.
set -euo pipefail
dateline=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
missing=()
command -v jing >/dev/null || missing+=(jing default-jre-headless)
command -v xmllint >/dev/null || missing+=(libxml2-utils)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/sample" && cp -r "$here/../../content" "$work/sample/"
sed 's/^feeds = .*/feeds = ["site", "topics", "outlets", "blindspots", "editions"]/' "$here/../../dateline.toml" >"$work/sample/dateline.toml"
cp -r "$here/hostile" "$work/"
for site in sample hostile; do
  "$dateline" -q -r "$work/$site" build --now 2026-11-23 -o "$work/$site-out" 2>"$work/$site.log" || { cat "$work/$site.log"; exit 1; }
done

valid() { jing -c "$here/atom.rnc" "$@" 2>/dev/null; }
mapfile -d '' feeds < <(find "$work/sample-out" "$work/hostile-out" -name atom.xml -print0)
mapfile -d '' documents < <(find "$work/sample-out" "$work/hostile-out" \( -name '*.xml' -o -name '*.opml' -o -name '*.svg' \) -print0)
[ "${#feeds[@]}" -gt 40 ] || { echo "only ${#feeds[@]} Atom feeds were written"; exit 1; }
valid "${feeds[@]}"
xmllint --noout "${documents[@]}"

# The schema would have noticed.
spoiled() { # NAME SED-SCRIPT
  sed "$2" "$work/sample-out/atom.xml" >"$work/spoiled.xml"
  ! cmp -s "$work/spoiled.xml" "$work/sample-out/atom.xml" || { echo "$1: nothing was spoiled"; exit 1; }
  ! valid "$work/spoiled.xml" >/dev/null || { echo "$1: the schema did not notice"; exit 1; }
}
spoiled "no id" 's|<id>tag:[^<]*</id>||'
spoiled "a date without a zone" 's|Z</updated>|</updated>|'
spoiled "an entry without a page" 's|<link rel="alternate"[^>]*><author>|<author>|'
spoiled "foreign markup" 's|<generator|<b>x</b><generator|'
echo "feeds: ${#feeds[@]} of Atom valid, ${#documents[@]} documents well-formed"
