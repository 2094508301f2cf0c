// The browser, and the flags that it needs on machines without a network.
export const CHROMIUM = process.env.CHROME_PATH || "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
