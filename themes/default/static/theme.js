// Before the first paint: the reader's own choice of light or dark, and a mark that scripts run.
(function (d) {
  d.classList.add("scripted");
  try {
    var t = localStorage.getItem("dateline-theme");
    if (t === "dark" || t === "light") d.dataset.theme = t;
  } catch (e) {}
})(document.documentElement);
