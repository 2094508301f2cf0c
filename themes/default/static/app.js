// Enhancements only: every page reads, filters and prints without this file.
(function () {
  "use strict";
  var d = document, root = d.documentElement, $ = function (s, e) { return (e || d).querySelector(s); },
    all = function (s, e) { return Array.prototype.slice.call((e || d).querySelectorAll(s)); },
    store = function (k, v) {
      try {
        if (v === undefined) return localStorage.getItem("dateline-" + k);
        localStorage.setItem("dateline-" + k, v);
      } catch (e) {}
    };

  // Light and dark, remembered. The file is deferred but blocks rendering: this runs before the first paint.
  root.classList.add("scripted");
  var chosen = store("theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  function theme() {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    store("theme", root.dataset.theme);
  }
  var sw = $("#theme");
  if (sw) sw.addEventListener("click", theme);

  // Help, and keys that can be turned off
  var help = $("#help"), on = $("#keys-on");
  function show() { if (help && help.showModal && !help.open) help.showModal(); }
  if ($("#keys")) $("#keys").addEventListener("click", show);
  if (on) {
    on.checked = store("keys") !== "off";
    on.addEventListener("change", function () { store("keys", on.checked ? "on" : "off"); });
  }
  function step(by) {
    var links = all(".a h3 a, .card h2 a, .card h3 a, .results h2 a").filter(function (l) { return l.getClientRects().length; });
    if (!links.length) return;
    var i = links.indexOf(d.activeElement);
    if (i < 0) {
      // nothing focused yet: start from what is on the screen
      i = links.findIndex(function (l) { return l.getBoundingClientRect().top >= 0; });
      i = i < 0 ? links.length - 1 : i;
    } else i = Math.max(0, Math.min(links.length - 1, i + by));
    links[i].focus({ preventScroll: true });
    links[i].scrollIntoView({ block: "center" });
  }
  d.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || (on && !on.checked)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/^(radio|checkbox)$/.test(e.target.type)) return;
    if (e.target.isContentEditable || (help && help.open)) return;
    if (e.key === "?") show();
    else if (e.key === "j") step(1);
    else if (e.key === "k") step(-1);
    else if (e.key === "t") theme();
    else if (e.key === "/" && $("#q")) $("#q").focus();
    else if (e.key === "/" && help && help.dataset.search) location.href = help.dataset.search;
    else return;
    e.preventDefault();
  });

  // Sort the articles
  var sort = $("#sort"), list = $(".arts .list");
  if (sort && list) {
    var rows = all(".a", list).map(function (li, i) {
      var t = $("time", li), o = $(".o a, .o span", li);
      return { li: li, i: i, t: t ? t.dateTime : "", o: o ? o.textContent : "" };
    });
    var cmp = new Intl.Collator(root.lang).compare;
    var run = function () {
      var how = sort.value;
      rows.slice().sort(function (a, b) {
        if (how === "az") return cmp(a.o, b.o) || a.i - b.i;
        if (!how || a.t === b.t) return a.i - b.i;
        if (!a.t || !b.t) return a.t ? -1 : 1;
        return (a.t < b.t) === (how === "old") ? -1 : 1;
      }).forEach(function (r) { list.appendChild(r.li); });
    };
    sort.addEventListener("change", run);
    if (sort.value) run(); // a form value that the browser kept
  }

  // Copy a citation or a snippet
  if (navigator.clipboard && help) all(".copy").forEach(function (el) {
    var b = d.createElement("button");
    b.type = "button";
    b.className = "cb";
    b.textContent = help.dataset.copy;
    b.addEventListener("click", function () {
      navigator.clipboard.writeText(el.textContent.trim()).then(function () {
        b.textContent = help.dataset.copied;
        setTimeout(function () { b.textContent = help.dataset.copy; }, 2000);
      });
    });
    el.after(b);
  });

  // Times of the last week, told from now
  if (window.Intl && Intl.RelativeTimeFormat) all("time.rel").forEach(function (t) {
    var s = (new Date(t.dateTime) - Date.now()) / 1000;
    if (isNaN(s) || t.dateTime.length < 12 || s > 0 || s < -604800) return;
    var u = s > -3600 ? ["minute", 60] : s > -86400 ? ["hour", 3600] : ["day", 86400];
    t.title = t.textContent;
    t.textContent = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" }).format(Math.round(s / u[1]), u[0]);
  });

  // A citation may lead into a fold; paper shows the folded copies and dates as they are
  function reveal() {
    var el = location.hash.length > 1 && d.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!el) return;
    var all = $('.arts [value="all"]'), f = el.closest("details:not([open])");
    if (all && el.closest(".list") && !el.getClientRects().length && !f) all.checked = true;
    if (f) f.open = true;
    if (f || all) el.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  addEventListener("beforeprint", function () {
    all("time.rel[title]").forEach(function (t) { t.textContent = t.title; });
    all(".arts .more:not([open])").forEach(function (f) { f.open = true; f.dataset.shut = ""; });
  });
  addEventListener("afterprint", function () {
    all(".more[data-shut]").forEach(function (f) { f.open = false; f.removeAttribute("data-shut"); });
  });
})();
