// Search with Pagefind, loaded on the first input. Filters by topic, outlet, group and year; sorts by date.
(function () {
  "use strict";
  var d = document, form = d.getElementById("search");
  if (!form) return;
  var input = d.getElementById("q"), order = d.getElementById("order"), box = d.getElementById("filters"),
    status = d.getElementById("status"), out = d.getElementById("results"), more = d.getElementById("moreresults"),
    t = form.dataset, names = ["topic", "outlet", "group", "year"], selects = {}, hits = [], queues = [], shown = 0, turn = 0, ready;

  function make(tag, text, cls) {
    var e = d.createElement(tag);
    if (text) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  }
  function load() {
    return (ready = ready || (async function () {
      var p = t.pagefind || "";
      var url = new URL(/\.js$/.test(p) ? p : p + (/pagefind\/$/.test(p) ? "" : "pagefind/") + "pagefind.js", location.href);
      var pf = await import(url.href);
      var opts = t.base ? { baseUrl: new URL(t.base, location.href).pathname.replace(/index\.html$/, "") } : {};
      await pf.options(opts);
      await pf.init();
      await others(pf, new URL(".", url).href, opts);
      var found = await pf.filters(), asked = new URLSearchParams(location.search);
      names.forEach(function (n) {
        var values = Object.keys(found[n] || {});
        if (values.length < 2) return;
        values.sort(n === "year" ? function (a, b) { return b.localeCompare(a); } : function (a, b) { return a.localeCompare(b, d.documentElement.lang); });
        var label = make("label", t[n] + " "), s = selects[n] = make("select");
        s.add(new Option(t.any, ""));
        values.forEach(function (v) { s.add(new Option(v + " (" + found[n][v] + ")", v)); });
        s.value = asked.get(n) || "";
        if (s.selectedIndex < 0) s.value = "";
        s.addEventListener("change", run);
        label.append(s);
        box.append(label);
      });
      return pf;
    })());
  }
  // Every language has its own index; the page's own is loaded by now, the others join it.
  async function others(pf, folder, opts) {
    var all = (await (await fetch(folder + "pagefind-entry.json")).json()).languages,
      names = Object.keys(all), page = d.documentElement.lang.toLowerCase();
    var own = [page, page.split("-")[0]].find(function (n) { return all[n]; }) ||
      names.sort(function (a, b) { return all[b].page_count - all[a].page_count; })[0];
    await Promise.all(names.filter(function (n) { return n !== own; }).map(function (n) {
      return pf.mergeIndex(folder, Object.assign({ language: n }, opts));
    }));
  }
  function count(n) {
    var c = new Intl.PluralRules(d.documentElement.lang).select(n);
    c = c.charAt(0).toUpperCase() + c.slice(1);
    return (t["n" + c] || t.nOther || "{n}").replace("{n}", n.toLocaleString(d.documentElement.lang));
  }
  function excerpt(html) { // only text and <mark> pass
    var p = make("p");
    new DOMParser().parseFromString(html || "", "text/html").body.childNodes.forEach(function (n) {
      p.append(n.nodeName === "MARK" ? make("mark", n.textContent) : n.textContent);
    });
    return p;
  }
  // By date, the results of every language come in an order of their own, and Pagefind deals them out in turn:
  // the next one is the first by date among the heads of the lists.
  async function take(n, lists) {
    if (lists.length < 2) return Promise.all(hits.slice(shown, shown + n).map(function (h) { return h.data(); }));
    var part = [], sign = order.value === "asc" ? 1 : -1;
    function at(r) { return Number(r.meta.at || (r.filters.year || [])[0] || 0); }
    while (part.length < n && lists.length) {
      var heads = await Promise.all(lists.map(function (l) { return l[0].data(); })), first = 0;
      heads.forEach(function (r, i) { if (sign * (at(r) - at(heads[first])) < 0) first = i; });
      part.push(heads[first]);
      lists[first].shift();
      lists = lists.filter(function (l) { return l.length; });
    }
    return part;
  }
  function byLanguage(results) {
    var lists = {};
    results.forEach(function (r) { (lists[r.id.split("_")[0]] = lists[r.id.split("_")[0]] || []).push(r); });
    return Object.values(lists);
  }
  async function page(mine) {
    var part = await take(10, queues.filter(function (l) { return l.length; }));
    if (mine !== turn) return;
    part.forEach(function (r) {
      var a = make("article"), h = make("h2"), l = make("a", (r.meta && r.meta.title) || r.url);
      l.href = r.url;
      h.append(l);
      a.append(h);
      if (r.meta && r.meta.date) a.append(make("p", r.meta.date, "note"));
      a.append(excerpt(r.excerpt));
      a.childNodes.forEach(function (part) { part.dir = "auto"; }); // a result in another script runs its own way
      out.append(a);
    });
    shown += part.length;
    more.hidden = shown >= hits.length;
  }
  async function run() {
    var mine = ++turn, q = input.value.trim(), filters = {}, state = new URLSearchParams();
    try {
      var pf = await load();
      if (mine !== turn) return;
      if (q) state.set("q", q);
      names.forEach(function (n) {
        if (selects[n] && selects[n].value) { filters[n] = selects[n].value; state.set(n, selects[n].value); }
      });
      if (order.value) state.set("sort", order.value);
      try { history.replaceState(null, "", state.size === 0 || !String(state) ? location.pathname : "?" + state); } catch (e) {}
      if (!q && !Object.keys(filters).length) {
        hits = []; shown = 0; out.replaceChildren(); more.hidden = true; status.textContent = "";
        return;
      }
      var r = await pf.search(q || null, { filters: filters, sort: order.value ? { date: order.value } : {} });
      if (mine !== turn) return;
      hits = r.results; shown = 0; queues = order.value ? byLanguage(hits) : [];
      out.replaceChildren();
      status.textContent = hits.length ? count(hits.length) : t.none;
      await page(mine);
    } catch (e) {
      status.textContent = location.protocol === "file:" ? t.file : t.failed;
      if (window.console) console.error(e);
    }
  }
  var timer;
  input.addEventListener("input", function () { load().catch(function () {}); clearTimeout(timer); timer = setTimeout(run, 200); });
  order.addEventListener("change", run);
  form.addEventListener("submit", function (e) { e.preventDefault(); clearTimeout(timer); run(); });
  more.addEventListener("click", function () {
    var n = shown;
    page(turn).then(function () { var a = out.children[n]; if (a) a.querySelector("a").focus(); });
  });
  var asked = new URLSearchParams(location.search);
  if (String(asked)) {
    input.value = asked.get("q") || "";
    order.value = asked.get("sort") || "";
    if (order.selectedIndex < 0) order.value = "";
    run();
  }
})();
