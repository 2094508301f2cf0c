#!/usr/bin/env python3
"""How long from saving a file to the browser being served the change.

    bench/latency.py --dateline target/release/dateline --site DIR [--hugo hugo --hugo-site DIR] [--runs 9]

DIR is a site of any size whose stories stand in content/stories/ (Dateline) or content/stories/
(Hugo) and which the script may edit: every edit is undone. For each kind of edit a marker is
written into a file, and the page is asked for until it holds the marker. The table shows medians
in milliseconds, and the time from the start of the program to its first page. Only the Python
standard library is used.
"""

import argparse
import http.client
import re
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def until(port, path, holds, limit=180.0):
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        try:
            status, body = fetch(port, path)
            if status == 200 and holds(body):
                return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(0.002)
    sys.exit(f"{path}: the change was not served within {limit:.0f} s")


def edits(port, site, kinds, runs):
    """Median of each kind: (name, file, page, text -> text with a marker)."""
    medians = {}
    for name, file, page, change in kinds:
        path = site / file
        original = path.read_text(encoding="utf-8")
        times = []
        try:
            for run in range(runs):
                marker = f"marker{name.split()[0]}{run}x{time.time_ns()}"
                time.sleep(0.6)
                path.write_text(change(original, marker, run), encoding="utf-8")
                wanted = marker.encode()
                times.append(until(port, page, lambda body: wanted in body))
        finally:
            path.write_text(original, encoding="utf-8")
        medians[name] = statistics.median(times) * 1000
        time.sleep(1.0)
    return medians


def with_title(text, marker):
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("title"))
    lines[at] = f'title = "{marker}"'
    return "\n".join(lines)


def dateline(program, site, runs):
    port = free_port()
    story, slug = newest(site)
    template = site / "templates/404.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text("<body>first</body>", encoding="utf-8")
    start = time.perf_counter()
    child = subprocess.Popen(
        [program, "serve", "-q", "-r", str(site), "-p", str(port), "--future"], stdout=subprocess.DEVNULL
    )
    try:
        until(port, "/", lambda body: True)
        first = (time.perf_counter() - start) * 1000
        page = f"/stories/{slug}/"
        kinds = [
            ("body", story, page, lambda text, marker, run: text + f"\n\n{marker}\n"),
            ("title, seen at home", story, "/", lambda text, marker, run: with_title(text, marker)),
            ("outlet's rating", "content/outlets.toml", outlet_page(site), with_outlet),
            ("template", template.relative_to(site), "/404.html", lambda text, marker, run: f"<body>{marker}</body>"),
        ]
        return first, edits(port, site, kinds, runs)
    finally:
        child.terminate()
        child.wait()
        template.unlink()


def newest(site):
    """The newest story of a site and its slug."""

    def key(path, name):
        line = re.search(rf"^{name} *[=:] *\"?([^\"\n]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        return line[1].strip() if line else ""

    stories = [path for path in (site / "content").rglob("*.md") if path.name != "_index.md"]
    path = max(stories, key=lambda path: key(path, "date"))
    return path.relative_to(site), key(path, "slug") or path.stem


def outlet_page(site):
    """The page of the first outlet of outlets.toml."""
    first = re.search(r'^\["?([^\]"]+)', (site / "content/outlets.toml").read_text(encoding="utf-8"), re.MULTILINE)
    return f"/outlets/{first[1]}/"


def with_outlet(text, marker, run):
    """Another name and rating for the first outlet."""
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("name"))
    lines[at] = f'name = "{marker}"'
    at = next((at for at, line in enumerate(lines) if line.startswith("bias")), None)
    if at is not None:
        lines[at] = f'bias = "{"left" if run % 2 else "right"}"'
    return "\n".join(lines)


def hugo(program, site, runs):
    port = free_port()
    story, slug = newest(site)
    layout = next(path for path in (site / "layouts").rglob("*404*.html")).relative_to(site)
    start = time.perf_counter()
    command = [program, "server", "-s", str(site), "-p", str(port), "--disableLiveReload", "--renderToMemory"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(port, "/", lambda body: True)
        first = (time.perf_counter() - start) * 1000
        page = "/" + "/".join([*story.parts[1:-1], slug]) + "/"
        kinds = [
            ("body", story, page, lambda text, marker, run: text + f"\n\n{marker}\n"),
            ("title, seen at home", story, "/", lambda text, marker, run: with_title(text, marker)),
            ("template", layout, "/404.html", lambda text, marker, run: text + marker),
        ]
        return first, edits(port, site, kinds, runs)
    finally:
        child.terminate()
        child.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", default="target/release/dateline")
    parser.add_argument("--site", type=Path, required=True)
    parser.add_argument("--hugo")
    parser.add_argument("--hugo-site", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    columns = {"dateline": dateline(arguments.dateline, arguments.site, arguments.runs)}
    if arguments.hugo and arguments.hugo_site:
        columns["hugo server"] = hugo(arguments.hugo, arguments.hugo_site, arguments.runs)
    print(f"{'milliseconds':34}" + "".join(f"{name:>14}" for name in columns))
    print(f"{'first page after start':34}" + "".join(f"{first:14.0f}" for first, _ in columns.values()))
    for kind in next(iter(columns.values()))[1]:
        cells = [f"{medians[kind]:14.0f}" if kind in medians else f"{'–':>14}" for _, medians in columns.values()]
        print(f"{kind:34}" + "".join(cells))


main()
