/** The browser and the device of a User-Agent line: enough to recognise one's own. */
export function browserName(agent: string): string {
  const browser = first(agent, [
    [/\bEdg(?:e|A|iOS)?\//, "Edge"],
    [/\bOPR\//, "Opera"],
    [/\bFxiOS\/|\bFirefox\//, "Firefox"],
    [/\bCriOS\/|Chrome\//, "Chrome"],
    [/\bSafari\//, "Safari"],
    [/^curl\//, "curl"],
  ]);
  const device = first(agent, [
    [/\biPhone\b/, "iPhone"],
    [/\biPad\b/, "iPad"],
    [/\bAndroid\b/, "Android"],
    [/\bWindows\b/, "Windows"],
    [/\bMac OS X\b/, "Mac"],
    [/\bCrOS\b/, "Chromebook"],
    [/\bLinux\b/, "Linux"],
  ]);
  return [browser, device].filter(Boolean).join(" · ");
}

function first(agent: string, names: [RegExp, string][]): string {
  return names.find(([mark]) => mark.test(agent))?.[1] ?? "";
}
