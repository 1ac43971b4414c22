const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
  // Each says the names of those it grew out of too: the first that fits is the one.
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /Version\/(\d+)[.\d]* .*Safari/],
  ['curl', /^curl\/(\d+)/],
];

const systems: readonly (readonly [name: string, sign: RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux|X11/],
];

/** What a `User-Agent` says, for a person to recognise their device by: "Firefox 140 on Linux". */
export function deviceName(userAgent: string): string {
  const browser = browsers.flatMap(([name, sign]) => {
    const [, version] = sign.exec(userAgent) ?? [];
    return version === undefined ? [] : [`${name} ${version}`];
  })[0];
  const system = systems.find(([, sign]) => sign.test(userAgent))?.[0];
  if (browser !== undefined && system !== undefined) return `${browser} on ${system}`;
  return browser ?? system ?? (userAgent.trim() === '' ? 'Unknown device' : userAgent.slice(0, 60));
}
