#!/usr/bin/env bash
# What the machine can do to a build, done for real: no room, no right, no power. After each fault
# the old site is whole, or the next build makes it so; foreign files are never touched; a message
# names the path. Usage, as root: run.sh path/to/dateline
set -euo pipefail
dateline=$(realpath "$1")
[ "$(id -u)" = 0 ] || { echo "needs root, for a small disk and an ordinary user"; exit 1; }
work=$(mktemp -d)
chmod 755 "$work"
small=$work/small
trap 'umount "$small" 2>/dev/null || true; chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1767225600

fail() { printf 'FAILED: %s\n' "$1" >&2; cat "$work/said" >&2; exit 1; }
# Runs a build; its exit code is in $code, its words in $work/said.
build() { code=0; "$dateline" -r "$site" build "$@" >"$work/said" 2>&1 || code=$?; }
good() { build "$@"; [ $code = 0 ] || fail "a build that should succeed ended with $code"; }
bad() { # bad WORDS FLAGS...: a build that must fail and say so
  local words=$1; shift
  build "$@"
  [ $code != 0 ] && [ $code != 101 ] || fail "a build that should fail ended with $code"
  grep -qE "$words" "$work/said" || fail "the message does not say: $words"
}
# One number for all files of a folder but the program's own notes.
sum() { (cd "$1" && find . -type f ! -name '.dateline*' -print0 | sort -z | xargs -0 -r sha256sum | sha256sum); }
same() { [ "$(sum "$1")" = "$2" ] || fail "$3"; }

# stories FROM TO WORD: stories of the site, with a word that changes their pages.
stories() {
  for at in $(seq "$1" "$2"); do
    printf '+++\ntitle = "Story %s %s"\ndate = 2025-%02d-%02d\ntopics = ["T%s"]\nsummary = "It happened [@a]."\n[[sources]]\nid = "a"\nurl = "https://a.example/%s"\ntitle = "A"\n[[sources]]\nurl = "https://b%s.example/"\ntitle = "B"\n+++\n\nText of %s.\n' \
      "$at" "$3" $((at % 12 + 1)) $((at % 28 + 1)) $((at % 9)) "$at" $((at % 40)) "$3" >"$site/content/stories/s$at.md"
  done
}
new_site() { # new_site FOLDER: empties it and puts a site there
  site=$1
  mkdir -p "$site/content/stories"
  printf 'title = "Faults"\nbase_url = "https://t.example/"\nsearch = false\n' >"$site/dateline.toml"
}

echo "a full disk"
mkdir "$small"
mount -t tmpfs -o size=6m,mode=755 tmpfs "$small"
new_site "$work/a"
stories 1 20 one
good -o "$small/public"
echo mine >"$small/public/mine.txt"
before=$(sum "$small/public")
stories 1 400 two
bad "[Nn]o space left" -o "$small/public"
grep -q "$small" "$work/said" || fail "the message names no path"
same "$small/public" "$before" "a full disk changed the old site"
mount -o remount,size=200m "$small"
good -o "$small/public"
good -o "$work/cold"
rm "$small/public/mine.txt"
same "$small/public" "$(sum "$work/cold")" "after a full disk the site is not that of a cold build"
rm -r "$small/public"
mount -o remount,size=2m "$small"
bad "[Nn]o space left" -o "$small/public"
[ -z "$(find "$small" -type f ! -name '.dateline*')" ] || fail "a failed first build left files"
mount -o remount,size=200m "$small"
good -o "$small/public"
same "$small/public" "$(sum "$work/cold")" "after a failed first build the site is not that of a cold build"

echo "a disk that is read-only"
before=$(sum "$small/public")
mount -o remount,ro "$small"
stories 1 5 three
bad "[Rr]ead-only file system" -o "$small/public"
same "$small/public" "$before" "a read-only disk changed"
mount -o remount,rw "$small"

echo "no right, as an ordinary user"
new_site "$work/b"
stories 1 20 one
good
chown -R nobody "$work/b"
install -m 755 "$dateline" "$work/program"
as_root=$dateline
printf '#!/bin/sh\nexec setpriv --reuid=nobody --regid=nogroup --clear-groups "%s" "$@"\n' "$work/program" >"$work/nobody"
chmod 755 "$work/nobody"
dateline=$work/nobody
before=$(sum "$site/public")
stories 1 20 two
for closed in public public/stories/s1; do
  chmod 555 "$site/$closed"
  bad "[Pp]ermission denied" --color never
  grep -q "$site/public" "$work/said" || fail "the message names no path in public"
  same "$site/public" "$before" "a build without the right to $closed changed the site"
  chmod 755 "$site/$closed"
done
chmod 000 "$site/content/stories/s7.md"
bad "s7.md.*[Pp]ermission denied|[Pp]ermission denied.*s7.md"
same "$site/public" "$before" "a file that cannot be read changed the site"
chmod 644 "$site/content/stories/s7.md"
chmod 000 "$site/content/stories"
bad "[Pp]ermission denied"
same "$site/public" "$before" "a folder that cannot be read changed the site"
chmod 755 "$site/content/stories"
good
dateline=$as_root

echo "an output folder that is none"
rm -r "$site/public"
ln -s content "$site/public"
before=$(sum "$site/content")
bad "cannot be|as it is"
ln -sfn "$site" "$site/public"
bad "cannot be|contains|as it"
rm "$site/public"; echo mine >"$site/public"
bad "not a folder"
[ "$(cat "$site/public")" = mine ] || fail "a file in the place of public is gone"
rm "$site/public"
bad "inside" -o "$site/content/out"
same "$site/content" "$before" "the content changed"
mkdir "$work/elsewhere"; ln -s "$work/elsewhere" "$site/public"
good
[ -f "$work/elsewhere/index.html" ] || fail "a link to a folder was not followed"
rm -r "$site/public" "$work/elsewhere"

echo "files that became folders, and foreign ones in the way"
good
rm "$site/public/stories/s1/index.html"; mkdir -p "$site/public/stories/s1/index.html/x"
echo mine >"$site/public/stories/s1/index.html/x/mine"
bad "in the way"
[ "$(cat "$site/public/stories/s1/index.html/x/mine")" = mine ] || fail "a foreign file is gone"
rm -r "$site/public/stories/s1/index.html"
good
rm -r "$site/public/topics"; echo mine >"$site/public/topics"
bad "in the way"
[ "$(cat "$site/public/topics")" = mine ] || fail "a foreign file in the place of a folder is gone"
rm "$site/public/topics"
good

echo "two builds at once"
exec 8>"$site/public/.dateline-lock"
flock 8
bad "another build"
flock -u 8; exec 8>&-
good

echo "kill -9 at any moment"
# Moments are parts of what a build takes here and now, or what it has done by then, seen in its files: so a quick
# machine and a busy one are killed alike. Counts are of builds that a signal ended, as the shell tells.
new_site "$work/c"
echo mine >"$work/foreign"
started=$work/started
version=0
put_foreign() { install -D "$work/foreign" "$site/public/stories/s1/mine.txt"; install "$work/foreign" "$site/public/CNAME"; }
now() { local time=$EPOCHREALTIME; echo "${time/[.,]/}"; } # microseconds
change() { # every story; pages come and go, too
  version=$((version + 1))
  stories 1 60 "version$version"
  if [ $((version % 2)) = 0 ]; then stories 61 80 more; else rm -f "$site"/content/stories/s{6[1-9],7?,80}.md; fi
}
prepare() { # prepare first|changed: what the next build of that kind finds
  change
  if [ "$1" = first ]; then rm -rf "$site/public" "$site/.dateline"; else put_foreign; fi
}
measure() { # measure first|changed: microseconds of a whole build, the middle one of three
  for _ in 1 2 3; do
    prepare "$1"
    local from; from=$(now)
    good
    echo $(($(now) - from))
  done | sort -n | sed -n 2p
}
# What a build has done since $started was touched.
has_staged() { local first; for first in "$site"/.dateline/stage/*/.dateline-0; do [ "$first" -nt "$started" ] && return; done; return 1; }
moves_in() { [ "$site/public/.dateline-manifest" -nt "$started" ]; }
left_on_stage() { compgen -G "$site/.dateline/stage/*/.dateline-[0-9]*" >/dev/null; }
runs() { kill -0 "$pid" 2>/dev/null; }
pause() { sleep "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))"; }

# kill_build KIND MICROSECONDS [CONDITION]: so long after its start, or after the condition came true. True if the
# build was killed; whatever it left is looked at in any case.
kill_build() {
  prepare "$1"
  touch "$started"
  "$as_root" -r "$site" build >"$work/said" 2>&1 &
  pid=$!
  if [ $# = 3 ]; then until "$3" || ! runs; do :; done; fi
  if [ "$2" -gt 0 ]; then pause "$2"; fi
  kill -9 $pid 2>/dev/null || true
  code=0; wait $pid 2>/dev/null || code=$?
  [ $code = 0 ] || [ $code = 137 ] || fail "a build that was to be killed ended with $code"
  if [ "$1" = changed ]; then
    [ "$(cat "$site/public/CNAME")" = mine ] || fail "a foreign file is gone after a kill"
    [ "$(cat "$site/public/stories/s1/mine.txt")" = mine ] || fail "a foreign file is gone after a kill"
    # A page is whole: the old one or the new one.
    if [ -f "$site/public/index.html" ]; then
      tail -c 20 "$site/public/index.html" | grep -q '</html>' || fail "half a page after a kill"
    fi
  fi
  # Whatever stands there has an owner: the manifest names it, or it was there before.
  [ ! -d "$site/public" ] || while IFS= read -r file; do
    case $file in CNAME | stories/s1/mine.txt) continue ;; esac
    grep -qF " $file" "$site/public/.dateline-manifest" || fail "$file belongs to nobody after a kill"
  done < <(cd "$site/public" && find . -type f ! -path './.dateline*' -printf '%P\n')
  [ $code = 137 ]
}

killed=0
for kind in first:6 changed:20; do
  wanted=${kind#*:} kind=${kind%:*} done=0
  length=$(measure $kind)
  for tries in $(seq 1 $((wanted * 4))); do
    [ $done -lt $wanted ] || break
    # One kill in each part of the build, wherever in it.
    if kill_build $kind $((length * (done * 1000 + RANDOM % 1000) / (wanted * 1000))); then
      done=$((done + 1))
    else # It has ended before: the machine is quicker now.
      length=$((length * 9 / 10))
    fi
  done
  [ $done = $wanted ] || fail "only $done of $wanted builds ($kind) were killed in $tries tries"
  echo "  $done ($kind) at moments of $((length / 1000)) ms, in $tries tries"
  killed=$((killed + done))
done

# while_pages_are WORDS CONDITION WANTED: kills that leave a stage with pages on it, after the condition came true.
# The pause is nothing or a little, so that some pages have been moved in, or a few more written.
while_pages_are() {
  local done=0 tries
  for tries in $(seq 1 $(($3 * 10))); do
    [ $done -lt "$3" ] || break
    if kill_build changed $((tries % 2 * (RANDOM % 3000))) "$2" && "$2" && left_on_stage; then done=$((done + 1)); fi
  done
  [ $done = "$3" ] || fail "only $done of $3 builds were killed while pages were $1, in $tries tries"
  echo "  $done while pages were $1, in $tries tries"
  killed=$((killed + done))
}
put_foreign
good
while_pages_are "written" has_staged 5
while_pages_are "moved in" moves_in 5

change
good
rm -rf "$work/cold"; "$as_root" -r "$site" build -o "$work/cold" >"$work/said" 2>&1 || fail "a cold build"
rm -f "$site/public/CNAME" "$site/public/stories/s1/mine.txt"
same "$site/public" "$(sum "$work/cold")" "after kills the site is not that of a cold build"
[ -z "$(find "$site/public" "$site/.dateline" -name '.dateline-[0-9]*' -o -name '.dateline-probe')" ] || fail "a stage was left"
echo "all faults survived, $killed builds killed"
