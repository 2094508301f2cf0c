#!/usr/bin/env python3
"""How long from saving a file to the browser being served the change, beside `hugo server`.

    bench/latency.py --dateline target/release/dateline [--hugo hugo] [--stories 10000] [--runs 9]
                     [--site DIR] [--hugo-site DIR]

Makes the stories with bench/corpus.py, unless folders with sites made by it are given, and works on
them: every edit is undone. Each server is started, and its first page asked for; then for each kind
of edit a marker is written into a file as an editor writes it, and the page is asked for, again and
again, until it holds the marker:

    body      of the newest story, seen on its page
    title     of the newest story, seen on the home page
    rating    of an outlet, with its name, seen on the outlet's page
    template  of a story's page, seen on one

The table shows medians in milliseconds and, in brackets, the slowest. Only the Python standard
library is used. Anything else that the machine does is measured too: the load is printed.
"""

import argparse
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
LIMIT = 300.0


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


def until(port, path, holds):
    """Seconds until a page holds what it should."""
    start = time.perf_counter()
    while time.perf_counter() - start < LIMIT:
        try:
            status, body = fetch(port, path)
            if status == 200 and holds(body):
                return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(0.002)
    sys.exit(f"{path}: the change was not served within {LIMIT:.0f} s")


def edits(port, site, kinds, runs):
    """Milliseconds of each kind of edit: (name, file, page, text -> text with a marker)."""
    times = {}
    for name, file, page, change in kinds:
        path = site / file
        original = path.read_text(encoding="utf-8")
        until(port, page, lambda body: True)
        try:
            for run in range(runs):
                marker = f"marker{name}{run}x{time.time_ns()}"
                time.sleep(0.6)
                path.write_text(change(original, marker, run), encoding="utf-8")
                taken = until(port, page, lambda body: marker.encode() in body)
                times.setdefault(name, []).append(taken * 1000)
        finally:
            path.write_text(original, encoding="utf-8")
        time.sleep(2.0)
    return times


def measured(command, site, kinds, runs):
    """Milliseconds to the first page, and of the edits, of a server that is started and ended."""
    port = free_port()
    command = [*command, "-p", str(port)]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until(port, "/", lambda body: True)
        first = [(time.perf_counter() - start) * 1000]
        return {"first page": first, **edits(port, site, kinds, runs)}
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()


def newest(site):
    """The newest story of a site, and its slug."""

    def key(path, name):
        line = re.search(rf"^{name} *[=:] *\"?([^\"\n]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        return line[1].strip() if line else ""

    stories = [path for path in (site / "content/stories").rglob("*.md") if path.name != "_index.md"]
    path = max(stories, key=lambda path: key(path, "date"))
    return path.relative_to(site), key(path, "slug") or path.stem


def with_body(text, marker, _):
    return f"{text}\n\n{marker}\n"


def with_title(text, marker, _):
    return re.sub(r'^title = ".*"$', f'title = "{marker}"', text, count=1, flags=re.MULTILINE)


def with_rating(text, marker, run):
    """Another name and rating for the first outlet of outlets.toml."""
    text = re.sub(r'^name = ".*"$', f'name = "{marker}"', text, count=1, flags=re.MULTILINE)
    bias = "left" if run % 2 else "right"
    return re.sub(r'^bias = ".*"$', f'bias = "{bias}"', text, count=1, flags=re.MULTILINE)


def with_rating_json(text, marker, run):
    """The same in Hugo's outlets.json."""
    outlets = json.loads(text)
    first = next(iter(outlets.values()))
    first.update(name=marker, bias="left" if run % 2 else "right")
    return json.dumps(outlets, indent=1)


def in_main(text, marker, _):
    """Puts the marker at the beginning of a template's main block."""
    return re.sub(r'(\{% block main -?%\}|\{\{ define "main" -?\}\})', lambda found: found[0] + marker, text, count=1)


def dateline(program, site, runs):
    story, slug = newest(site)
    outlets = site / "content/outlets.toml"
    outlet = re.search(r'^\["?([^\]"]+)', outlets.read_text(encoding="utf-8"), re.MULTILINE)[1]
    template = site / "templates/story.html"
    is_ejected = not template.exists()
    if is_ejected:
        subprocess.run([program, "theme", "eject", "story.html", "-r", str(site)], check=True, stdout=subprocess.DEVNULL)
    kinds = [
        ("body", story, f"/stories/{slug}/", with_body),
        ("title", story, "/", with_title),
        ("rating", outlets.relative_to(site), f"/outlets/{outlet}/", with_rating),
        ("template", template.relative_to(site), f"/stories/{slug}/", in_main),
    ]
    try:
        return measured([program, "serve", "-q", "-r", str(site)], site, kinds, runs)
    finally:
        if is_ejected:
            template.unlink()


def hugo(program, site, runs):
    story, slug = newest(site)
    outlets = site / "data/outlets.json"
    layout = next(path for name in ["page", "single"] if (path := site / f"layouts/{name}.html").exists())
    outlet = next(iter(json.loads(outlets.read_text(encoding="utf-8"))))
    kinds = [
        ("body", story, f"/stories/{slug}/", with_body),
        ("title", story, "/", with_title),
        ("rating", outlets.relative_to(site), f"/outlets/{outlet}/", with_rating_json),
        ("template", layout.relative_to(site), f"/stories/{slug}/", in_main),
    ]
    command = [program, "server", "-s", str(site), "--disableLiveReload", "--renderToMemory"]
    return measured(command, site, kinds, runs)


def made(folder, form, stories):
    site = Path(folder) / form
    subprocess.run(
        [sys.executable, HERE / "corpus.py", "--stories", str(stories), "--out", site, "--format", form],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return site


def version(command):
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return next(line for line in lines if re.match(r"\S+ v?\d", line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", default="target/release/dateline")
    parser.add_argument("--hugo")
    parser.add_argument("--stories", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--hugo-site", type=Path)
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    versions = [version([arguments.dateline, "--version"])]
    with tempfile.TemporaryDirectory(prefix="latency-") as folder:
        site = arguments.site or made(folder, "dateline", arguments.stories)
        columns = {"dateline": dateline(str(Path(arguments.dateline).resolve()), site, arguments.runs)}
        if arguments.hugo:
            versions.append(version([arguments.hugo, "version"]))
            site = arguments.hugo_site or made(folder, "hugo", arguments.stories)
            columns["hugo server"] = hugo(arguments.hugo, site, arguments.runs)
    print(f"{'milliseconds':14}" + "".join(f"{name:>20}" for name in columns))
    for kind in next(iter(columns.values())):
        cells = (f"{statistics.median(times[kind]):.0f} ({max(times[kind]):.0f})" for times in columns.values())
        print(f"{kind:14}" + "".join(f"{cell:>20}" for cell in cells))
    print("; ".join(versions) + f"; load {load:.1f} before, {os.getloadavg()[0]:.1f} after")


main()
