// Added by the preview; a build has none of this.
// Listens for new versions of the site and takes them in. Hidden tabs do not listen, for browsers
// open few connections to one host; a tab that is shown again asks for the version first.
(() => {
  "use strict";
  const EVENTS = "/.dateline/events";
  const SCROLL = "dateline-scroll:" + location.pathname;
  let version = document.currentScript.dataset.version;
  let source = null;
  let overlay = null;
  let dismissed = null;

  // The place that the reader was at before the reload.
  const restore = () => {
    const place = sessionStorage.getItem(SCROLL);
    if (place) {
      const [x, y] = JSON.parse(place);
      scrollTo({ left: x, top: y, behavior: "instant" });
    }
  };
  try {
    restore();
    addEventListener("load", () => {
      restore();
      sessionStorage.removeItem(SCROLL);
    });
  } catch {
    // Storage may be switched off; then browsers keep the place as well as they can.
  }

  const reload = () => {
    disconnect();
    try {
      sessionStorage.setItem(SCROLL, JSON.stringify([scrollX, scrollY]));
    } catch {
      // As above.
    }
    location.reload();
  };

  // Puts changed style sheets in place of the old ones; false if the page uses them in another way.
  const swap = (files) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    for (const [from, to] of Object.entries(files)) {
      const uses = links.filter((link) => new URL(link.href).pathname === from);
      if (uses.length === 0 || uses.some((link) => link.integrity)) {
        return false;
      }
      for (const link of uses) {
        const fresh = link.cloneNode();
        fresh.href = to;
        fresh.addEventListener("load", () => link.remove());
        link.after(fresh);
      }
    }
    return true;
  };

  const show = (problems) => {
    if (overlay) {
      overlay.remove();
      overlay = null;
    }
    if (!problems) {
      dismissed = null;
    } else if (problems !== dismissed) {
      overlay = panel(problems);
      document.body.append(overlay);
    }
  };

  const element = (name, style, text) => {
    const made = document.createElement(name);
    made.style.cssText = style;
    made.textContent = text;
    return made;
  };

  // What is wrong, as text: nothing in it is read as markup.
  const panel = (problems) => {
    const host = element("div", "all: initial", "");
    host.id = "dateline-problems";
    host.lang = "en";
    host.dir = "ltr";
    const box = element(
      "div",
      "position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; z-index: 2147483647;" +
        "box-sizing: border-box; padding: 1rem 1.25rem; background: #1b1b1f; color: #f4f4f5;" +
        "border-top: 4px solid #e5484d; font: 14px/1.45 system-ui, sans-serif",
      "",
    );
    box.setAttribute("role", "alert");
    const close = element(
      "button",
      "float: right; font: inherit; color: inherit; background: #3a3a40; border: 1px solid #77777f;" +
        "border-radius: 4px; padding: .2rem .6rem; cursor: pointer",
      "Close",
    );
    close.type = "button";
    close.addEventListener("click", () => {
      dismissed = problems;
      show(problems);
    });
    const title = element("strong", "", "Not built: the page below is the last good one.");
    const text = element("pre", "white-space: pre-wrap; margin: .75rem 0 0; font: 13px/1.4 monospace", problems);
    box.append(close, title, text);
    host.attachShadow({ mode: "open" }).append(box);
    return host;
  };

  const take = (state) => {
    if (state.version !== version) {
      const moved = state.moved[location.pathname];
      if (moved) {
        disconnect();
        location.replace(moved);
        return;
      }
      const isSwap = state.swap && state.swap.from === version;
      if (!isSwap || !swap(state.swap.files)) {
        reload();
        return;
      }
      version = state.version;
    }
    show(state.problems);
  };

  const connect = () => {
    if (source || document.hidden) {
      return;
    }
    source = new EventSource(EVENTS + "?page=" + encodeURIComponent(location.pathname));
    source.addEventListener("message", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 2000);
      }
    });
  };

  const disconnect = () => {
    if (source) {
      source.close();
      source = null;
    }
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
