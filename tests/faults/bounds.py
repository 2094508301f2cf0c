"""No file of one megabyte takes more than two seconds of a processor, whatever stands in it, and none of
ten megabytes more than ten times as long.

Files that a build writes for each word of the input (a topic, an alias) take their time each; they
are not tried.

Usage: bounds.py DATELINE [SECONDS] [NAME...]   (a release build; names pick cases)
"""

import os
import resource
import subprocess
import sys
import tempfile

SIZE = 1_000_000
FRONT = 'title = "t"\ndate = 2025-07-31\n'


def fill(unit):
    return (unit * (SIZE // len(unit.encode()) + 1))[:SIZE]


def body(text):
    return f"+++\n{FRONT}+++\n{text}"


def front(text):
    return f"+++\n{FRONT}{text}\n+++\n"


def yaml(text):
    return f"---\ntitle: t\ndate: 2025-07-31\n{text}\n---\n"


def count(form, start=0):
    """The form with 0, 1, 2, … in it, up to the size."""
    parts, length, at = [], 0, start
    while length < SIZE:
        parts.append(form.format(at, at - 1))
        length += len(parts[-1])
        at += 1
    return "".join(parts[:-1])


def bomb():
    text = "extra:\n a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for at in range(1, 12):
        text += f" a{at}: &a{at} [" + ",".join([f"*a{at - 1}"] * 10) + "]\n"
    return text


MARKDOWN = {
    "open brackets": "[", "images": "![", "close": "]", "links in links": "[a](", "quotes": "> ", "quote lines": ">\n",
    "emphasis": "*a_", "stars": "*", "code": "`a``", "ticks": "`", "citations": "[@s1]", "open citations": "[@a",
    "less than": "<", "open tags": "<a ", "declarations": "<!", "instructions": "<?", "cdata": "<![CDATA[",
    "comments": "<!--", "ampersands": "&a", "backslashes": "\\", "lists": "- a\n", "nested lists": " - a\n",
    "headings": "# a\n", "headings with ids": "# b{#x}\n", "underlined": "a\n===\n", "table": "|a|b|\n", "pipes": "|",
    "fences": "```\n", "note references": "[^1]", "notes": "[^1]: a\n\n", "definitions": "[a]: b\n\n",
    "alerts": "> [!NOTE]\n> x\n\n", "html": "<b>", "quotation marks": '"a', "apostrophes": "'a", "autolinks": "<http://a.b>",
    "remote images": "![a](https://e.example/b.png)", "dropped links": "[a](javascript:x) ", "entities": "&lt;",
}
COUNTED = {"headings of their own": "# a{}\n", "unknown citations": "[@x{}] "}
KEYS = {
    "lists in lists": "x = " + "[" * 990_000, "tables in tables": "x = " + "{a=" * 300_000, "dots": "a" + ".a" * 480_000 + " = 1",
    "dots in a header": "[a" + ".a" * 480_000 + "]", "headers": count("[a{}]\n"), "one header": fill("[a]\n"),
    "own tables": fill("[[extra.a]]\n[extra.a.b.c]\n"), "own keys": "[extra]\n" + count("a{}=1\n"), "unknown keys": count("a{}=1\n"),
    "one key": fill("a=1\n"), "no grammar": fill("a b c\n"), "open quotes": fill('"\n'), "a long key": "a" * 990_000 + "=1",
    "authors": "authors=[" + count('"{}",') + "]",
    "related": "related=[" + count('"x{}",') + "]", "points": "points=[" + fill('"a",') + "]",
    "cites": '[[sources]]\nid="a"\n[[points]]\ntext="x"\ncites=[' + fill('"a",') + "]", "sources": fill('[[sources]]\ntitle="a"\n'),
    "ids": count('[[sources]]\nid="a{}"\n'), "one id": fill('[[sources]]\nid="a"\n'),
    "copies": '[[sources]]\nid="a"\n' + fill('[[sources]]\ncopy_of="a"\n'),
    "a chain of copies": '[[sources]]\nid="a0"\n' + count('[[sources]]\nid="a{}"\ncopy_of="a{}"\n', 1),
    "copies of nothing": '[[sources]]\nid="a"\n' + count('[[sources]]\nid="c{}"\ncopy_of="b{}"\n'), "hosts": count('[[sources]]\nurl="https://a{}.example/"\n'),
    "bad dates": count('[[sources]]\npublished="b{}"\n'), "points without text": fill("[[points]]\n"),
    "events": fill('[[timeline]]\ndate=2025-01-01\ntext="a"\n'), "sections": fill('[[sections]]\ntitle="a"\ntext="b"\n'),
    "revisions": fill('[[revisions]]\ndate=2025-08-01\nnote="b"\n'), "perspectives": fill('[[perspectives]]\nname="a"\nside="left"\ntext="b"\n'),
    "a long summary": 'summary = "' + "word " * 190_000 + '"', "citations in a summary": 'summary = "' + "[@s1]" * 190_000 + '"\n[[sources]]',
}
YAML = {
    "yaml points": "points:\n" + fill("- a\n"), "yaml keys": "extra:\n" + count(" a{}: 1\n"), "yaml brackets": "x: " + "[" * 990_000,
    "yaml braces": "x: " + "{a: " * 240_000, "yaml dashes": "x:\n" + "- " * 490_000, "yaml anchors": "extra:\n" + count(" a{0}: &b{0} 1\n"),
    "yaml aliases": "x: &a [1]\nextra:\n y: [" + fill("*a,") + "]", "yaml bomb": bomb(), "yaml tags": "extra:\n" + count(" a{}: !!str 1\n"),
    "yaml on one line": "extra: {y: [" + "1," * 200_000 + "1]}", "yaml syntax": fill("a: b: c\n"), "yaml questions": "?" * 900_000,
}


TEN = "word" * 2_500_000
LARGE = {
    "a title of 10 MB": body("x").replace('"t"', f'"{TEN}"'), "a body of 10 MB": body("word " * 2_000_000),
    "a summary of 10 MB": front(f'summary = "{TEN}"'), "a topic of 10 MB": front(f'topics = ["{TEN}"]'),
    "a slug of 10 MB": front(f'slug = "{TEN}"'), "an address of 10 MB": front(f'[[sources]]\nurl = "https://a.example/{TEN}"'),
    "100,000 sources": front("".join(f'[[sources]]\ntitle = "a {i}"\nurl = "https://a{i}.example/b"\n' for i in range(100_000))),
}


def cases():
    yield from ((name, body(fill(unit))) for name, unit in MARKDOWN.items())
    yield from ((name, body(count(form))) for name, form in COUNTED.items())
    notes = SIZE // 20
    yield "notes of their own", body("".join(f"[^{i}]\n" for i in range(notes)) + "\n" + "".join(f"[^{i}]: x\n\n" for i in range(notes)))
    yield "a wide table", body("|a" * 160_000 + "|\n" + "|-" * 160_000 + "|\n" + "|b" * 160_000 + "|\n")
    yield "deep quotes", body("".join(">" * i + " a\n" for i in range(1, 1400)))
    yield from ((name, front(text)) for name, text in KEYS.items())
    yield from ((name, yaml(text)) for name, text in YAML.items())


def seconds(dateline, root, out):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [dateline, "-r", root, "build", "-o", out, "--message-format", "human"]
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    dateline, bound, names = os.path.realpath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 2.0, sys.argv[3:]
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
    failed, tried, slowest = [], 0, (0.0, "")
    large = ((name, text, bound * 10) for name, text in LARGE.items())
    for name, text, bound in [*((name, text, bound) for name, text in cases()), *large]:
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(f"{folder}/site/content/stories")
            with open(f"{folder}/site/dateline.toml", "w") as file:
                file.write('title = "t"\nsearch = false\n')
            with open(f"{folder}/site/content/stories/a.md", "w") as file:
                file.write(text)
            code, took = seconds(dateline, f"{folder}/site", f"{folder}/out")
        tried += 1
        slowest = max(slowest, (took, name))
        if code not in (0, 1) or took > bound:
            failed.append(f"{name}: {took:.2f} s, exit code {code}")
            print(failed[-1], flush=True)
    print(f"{tried} files of one megabyte and of ten, the slowest ({slowest[1]}) in {slowest[0]:.2f} s")
    sys.exit(1 if failed or not tried else 0)


main()
