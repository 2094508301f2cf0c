#!/usr/bin/env bash
# The configuration of docs/content/pages/hosting/nginx.md in a real nginx: nginx.sh DATELINE
set -euo pipefail
dateline=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v nginx >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
fi
work=$(mktemp -d)
chmod 755 "$work"
port=${PORT:-20680}
"$dateline" -q -r "$root" build --now 2026-11-23 -o "$work/site"
sed -n '/^```nginx/,/^```$/p' "$root/docs/content/pages/hosting/nginx.md" | sed '1d;$d' \
  | sed "s|listen 80;|listen 127.0.0.1:$port;|; s|/var/www/digest|$work/site|" >"$work/digest.conf"
cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/pid; error_log $work/error.log;
events { worker_connections 64; }
http { include /etc/nginx/mime.types; access_log off; include $work/digest.conf; }
CONF
nginx -p "$work" -c "$work/nginx.conf" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done

failed=0
expect() { # PATH STATUS [HEADER THAT MUST BE THERE]
  local head
  head=$(curl -s -o "$work/body" -D - "http://127.0.0.1:$port$1")
  grep -q "^HTTP/1.1 $2" <<<"$head" && { [ -z "${3:-}" ] || grep -qi "$3" <<<"$head"; } && return
  echo "$1: wanted $2 ${3:-}, got:" && echo "$head" && failed=1
}
expect / 200 "content-security-policy: default-src 'self'"
expect /stories/marenia-rent-cap/ 200 "cache-control: no-cache"
expect /stories/marenia-rent-cap 301 "location: .*/stories/marenia-rent-cap/"
expect "/assets/$(basename "$(ls "$work"/site/assets/style.*.css)")" 200 "max-age=31536000, immutable"
expect /atom.xml 200 "content-type: text/xml"
expect /pagefind/pagefind.js 200 "javascript"
expect /stories/rent-cap/ 200
expect /no/such/page/ 404 "content-security-policy"
cmp -s "$work/body" "$work/site/404.html" || { echo "a 404 does not show 404.html"; failed=1; }
[ $failed -eq 0 ] && echo "nginx: all as the page says"
exit $failed
