// Chromium knows no `app:` and cannot be taught it over its debugging protocol. The page is shown under a made-up
// https address instead, whose every request is answered before it reaches the network: as `app:` is under Electron,
// a secure origin of its own. What the scheme's registration does is therefore not shown.

const address = /^https:\/\/([a-z]+)\.([a-z]+)\.fake-electron\.test(?=\/|$)/;

/** `app://vigil/index.html` → where the page is shown. */
export function shownAddress(url: string): string {
  return url.replace(/^([a-z]+):\/\/([a-z]+)(?=\/|$)/, (_whole, scheme, host) => `https://${host}.${scheme}.fake-electron.test`);
}

/** What main is told instead of the shown address; others are as they are. */
export function addressForMain(url: string): string {
  return url.replace(address, (_whole, host, scheme) => `${scheme}://${host}`);
}
