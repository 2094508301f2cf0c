#!/usr/bin/env python3
"""Makes a site of invented stories, for Dateline or for Hugo, to measure both with.

    bench/corpus.py --stories 10000 --out DIR --format dateline|hugo

The same numbers give the same stories in both formats: a headline, summary, key points, two to five
of 60 topics, 150 words of Markdown, and 3 to 60 articles (20 on average) of 400 outlets. The Hugo
site asks for the pages that Dateline makes by default: a page a story with its coverage counted from
the outlets' ratings, paginated lists of home and topics, a page an outlet, RSS, site map, 404. Only
the Python standard library is used, and nothing in it is real.
"""

import argparse
import datetime
import json
import random
from pathlib import Path

WORDS = """bridge harbour council budget vote storm ferry school hospital river tunnel strike court verdict
museum library forest drought flood price wage election minister mayor treaty border market bank tax rail
station airport farm grain power grid reactor satellite launch vaccine trial study climate protest march
inquiry audit contract tender cost delay opening closure merger appeal ruling reform bill amendment speech
talks summit accord ceasefire aid relief rescue search report survey census figure record season match final
team coach player league stadium festival film music prize author painter gallery heritage archive letter
the of and a to in on for with after before over under between against without during its their new old
first last large small early late public private local national foreign central northern southern says finds
opens closes rises falls begins ends wins loses backs blocks delays expands reviews approves rejects""".split()
PLACES = ["Port Sorrel", "Larkspur", "Greyhaven", "Millbrook", "Ashdown", "Eastmere", "Kestrel", "Oakhurst"]
KINDS = ["Herald", "Post", "Tribune", "Courier", "Gazette", "Chronicle", "Observer", "Ledger", "Monitor", "Record"]
BIAS = ["far-left", "left", "lean-left", "center", "lean-right", "right", "far-right", None]
FACTUALITY = ["very-high", "high", "mixed", "low", "very-low", None]
OWNERSHIP = ["independent", "corporation", "media-conglomerate", "government", "individual", None]
COUNTRIES = ["US", "GB", "DE", "FR", "JP", "IN", "BR", "ZA", "SE", "PL"]
# Early enough for a hundred thousand stories, 17 minutes apart, to be past: what lies in the future is not published.
START = datetime.datetime(2020, 1, 1, 6, 0)


def outlets():
    dice = random.Random("outlets")
    for number in range(400):
        place, kind = PLACES[number % 8], KINDS[number // 8 % 10]
        yield {
            "id": f"{place.lower().replace(' ', '-')}-{kind.lower()}-{number}",
            "name": f"{place} {kind} {number}",
            "country": dice.choice(COUNTRIES),
            "bias": dice.choices(BIAS, [4, 10, 18, 24, 14, 10, 4, 16])[0],
            "factuality": dice.choices(FACTUALITY, [8, 34, 22, 8, 3, 25])[0],
            "ownership": dice.choices(OWNERSHIP, [20, 16, 24, 8, 8, 24])[0],
        }


def story(number, registry):
    dice = random.Random(f"story {number}")

    def words(least, most):
        return " ".join(dice.choices(WORDS, k=dice.randint(least, most)))

    def sentence(least, most):
        return words(least, most).capitalize() + "."

    def prose(count):
        return " ".join(sentence(8, 16) for _ in range(count))

    moment = START + datetime.timedelta(minutes=17 * number)
    count = max(3, min(60, round(dice.lognormvariate(2.85, 0.6))))
    weights = [1 / (20 + at) ** 0.9 for at in range(len(registry))]
    chosen = dict.fromkeys(dice.choices(range(len(registry)), weights, k=count * 2))
    articles = []
    for outlet in [registry[at] for at in chosen][:count]:
        published = moment + datetime.timedelta(minutes=dice.randint(-360, 2160))
        path = words(4, 4).replace(" ", "-")
        articles.append({
            "outlet": outlet["id"],
            "url": f"https://{outlet['id']}.example/{published:%Y/%m/%d}/{path}-{dice.randrange(10**6)}",
            "title": words(7, 13).capitalize(),
            "published": f"{published:%Y-%m-%dT%H:%M:%SZ}",
            "excerpt": prose(4),
        })
    body = "\n\n".join([f"{prose(3)} A **{words(2, 2)}** and [{words(2, 3)}](https://ref.example/{number}).",
                        f"## {words(3, 5).capitalize()}", prose(4), f"> {prose(2)}", prose(3)])
    return {
        "slug": f"{words(5, 5).replace(' ', '-')}-{number}",
        "title": words(7, 12).capitalize(),
        "date": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "place": dice.choice(PLACES),
        "summary": prose(5),
        "points": [sentence(10, 18) for _ in range(dice.randint(4, 6))],
        "topics": [f"Topic {at}" for at in sorted(dice.sample(range(60), dice.randint(2, 5)))],
        "sources": articles,
        "body": body,
    }


def quoted(value):
    """A TOML text or list of them; JSON's are the same."""
    return json.dumps(value, ensure_ascii=False)


def front(story, table):
    lines = ["+++", *(f"{key} = {quoted(story[key])}" for key in ("title", "slug")), f"date = {story['date']}"]
    own = [f"{key} = {quoted(story[key])}" for key in ("place", "summary", "points")]
    lines += [f"topics = {quoted(story['topics'])}"]
    if table:
        lines += [f"outlets = {quoted([source['outlet'] for source in story['sources']])}", f"[{table}]"]
    lines += own
    for source in story["sources"]:
        lines += [f"[[{table + '.' if table else ''}sources]]"]
        lines += [f"{key} = {source[key] if key == 'published' else quoted(source[key])}" for key in source]
    return "\n".join(lines) + "\n+++\n\n" + story["body"] + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dateline(out, registry, stories):
    write(out / "dateline.toml", 'title = "Example Digest"\ndescription = "All of it is invented."\n'
          'base_url = "https://digest.example/"\nsearch = false\n\n[outputs]\nstory = ["html"]\n')
    tables = []
    for outlet in registry:
        keys = [key for key in ("name", "country", "bias", "factuality", "ownership") if outlet[key]]
        tables.append("\n".join([f"[{outlet['id']}]", f"domains = [{quoted(outlet['id'] + '.example')}]",
                                 *(f"{key} = {quoted(outlet[key])}" for key in keys)]))
    write(out / "content/outlets.toml", "\n\n".join(tables) + "\n")
    for one in stories:
        write(out / "content/stories" / f"{one['slug']}.md", front(one, ""))


HUGO = {
    "hugo.toml": """baseURL = "https://digest.example/"
title = "Example Digest"
enableRobotsTXT = true
[params]
description = "All of it is invented."
[pagination]
pagerSize = 20
[taxonomies]
topic = "topics"
outlet = "outlets"
[services.rss]
limit = 50
[outputs]
home = ["html", "rss"]
section = []
taxonomy = ["html"]
term = ["html"]
""",
    "layouts/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} · {{ site.Title }}</title>
{{ with .Params.summary }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="/style.css">
<meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}"></head>
<body><header><p><a href="/">{{ site.Title }}</a></p><nav><a href="/topics/">Topics</a> <a href="/outlets/">Outlets</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer><p>{{ site.Params.description }}</p></footer></body></html>
""",
    "layouts/_partials/item.html": """<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Params.place }} · <time datetime="{{ .Date.Format "2006-01-02T15:04:05Z" }}">{{ .Date.Format "2 Jan 2006" }}</time> · {{ len .Params.sources }} articles</p>
<p>{{ .Params.summary }}</p></article>
""",
    "layouts/_partials/pager.html": """{{ if gt .TotalPages 1 }}<nav>{{ with .Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}
Page {{ .PageNumber }} of {{ .TotalPages }} {{ with .Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>{{ end }}
""",
    "layouts/home.html": """{{ define "main" }}<h1>Latest</h1>{{ $p := .Paginate site.RegularPages }}
{{ range $p.Pages }}{{ partial "item.html" . }}{{ end }}{{ partial "pager.html" $p }}{{ end }}
""",
    "layouts/taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>{{ end }}</ul>{{ end }}
""",
    "layouts/topics/term.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $p := .Paginate .Pages }}
{{ range $p.Pages }}{{ partial "item.html" . }}{{ end }}{{ partial "pager.html" $p }}{{ end }}
""",
    "layouts/outlets/term.html": """{{ define "main" }}{{ $o := index hugo.Data.outlets .Data.Term }}<h1>{{ $o.name }}</h1>
<p>{{ $o.country }} · {{ $o.bias }} · {{ $o.factuality }} · {{ $o.ownership }} · {{ len .Pages }} stories</p>
<ul>{{ range first 100 .Pages }}<li><time>{{ .Date.Format "2 Jan" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Params.sources }}</li>{{ end }}</ul>{{ end }}
""",
    "layouts/single.html": """{{ define "main" }}{{ $all := hugo.Data.outlets }}{{ $counts := dict }}
{{ range .Params.sources }}{{ $o := index $all .outlet }}{{ range slice "bias" "factuality" "ownership" }}
{{ $key := printf "%s/%s" . (index $o . | default "unrated") }}{{ $counts = merge $counts (dict $key (add 1 (index $counts $key | default 0))) }}{{ end }}{{ end }}
<article><h1>{{ .Title }}</h1><p>{{ range .Params.topics }}<a href="/topics/{{ . | urlize }}/">{{ . }}</a> {{ end }}</p>
<p>{{ .Params.place }}, <time>{{ .Date.Format "2 Jan 2006" }}</time> {{ .Params.summary }}</p>
<ul>{{ range .Params.points }}<li>{{ . }}</li>{{ end }}</ul><div>{{ .Content }}</div>
{{ $n := len .Params.sources }}<section><h2>Coverage</h2>{{ range slice "bias" "factuality" "ownership" }}{{ $axis := . }}<h3>{{ . | title }}</h3><table>
{{ range $key, $count := $counts }}{{ if hasPrefix $key $axis }}<tr><th>{{ strings.TrimPrefix (printf "%s/" $axis) $key }}</th><td>{{ $count }}</td><td>{{ div (mul $count 100) $n }} %</td></tr>{{ end }}{{ end }}</table>{{ end }}</section>
<section><h2>{{ $n }} articles</h2>{{ range sort .Params.sources "published" "desc" }}{{ $o := index $all .outlet }}
<article><p><a href="/outlets/{{ .outlet }}/">{{ $o.name }}</a> <span class="b-{{ $o.bias }}">{{ $o.bias }}</span> <time>{{ time.Format "2 Jan 2006, 15:04" .published }}</time></p>
<h3><a href="{{ .url }}">{{ .title }}</a></h3><p>{{ .excerpt }}</p></article>{{ end }}</section></article>{{ end }}
""",
    "layouts/404.html": """{{ define "main" }}<h1>Page not found</h1>{{ end }}
""",
    "static/style.css": "body { font: 1rem/1.5 serif; max-width: 42rem; margin: auto }\n",
}


def hugo(out, registry, stories):
    for path, text in HUGO.items():
        write(out / path, text)
    write(out / "data/outlets.json", json.dumps({outlet["id"]: outlet for outlet in registry}))
    for one in stories:
        write(out / "content/stories" / f"{one['slug']}.md", front(one, "params"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--stories", type=int, required=True, metavar="N")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="must not be there yet")
    parser.add_argument("--format", choices=["dateline", "hugo"], required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True)
    registry = list(outlets())
    stories = (story(number, registry) for number in range(options.stories))
    {"dateline": dateline, "hugo": hugo}[options.format](options.out, registry, stories)


if __name__ == "__main__":
    main()
