import { addDays, civil, type Day } from "./day.ts";
import type { Lang } from "./language.ts";

/** A number and its unit apart, because the unit is set smaller. */
export interface Parts {
  number: string;
  unit: string;
}

/**
 * Numbers and days in one language. Digits follow the sentences of the server
 * (internal/words), so a number reads the same on a card and in a sentence.
 * Ratios (unit "%") come as ratios: 0.031 is written 3.10%.
 */
export interface Format {
  /** 593,300回 → {59.3, 万回}; for cards, where room is short. */
  short: (value: number, unit: string) => Parts;
  /** 593,300 and 回; for places where the exact number matters. */
  parts: (value: number, unit: string) => Parts;
  /** A number and its unit as one text: "105件", "105 applications". */
  joined: (parts: Parts) => string;
  /** "593,300回" */
  amount: (value: number, unit: string) => string;
  /** "59.3万回" */
  shortAmount: (value: number, unit: string) => string;
  /** A band, the unit once where both ends share it: {91〜122, 件} */
  range: (low: number, high: number, unit: string) => Parts;
  /** A signed difference: "+2件", "−0.30ポイント". */
  difference: (value: number, unit: string) => string;
  /** A share as a whole percent: 0.71 → "71%". */
  percent: (share: number) => string;
  /** A probability: never surer than "<1%" and ">99%". */
  chance: (share: number) => string;
  /** A signed relative change: "−9%". */
  relative: (change: number) => string;
  /** "9月8日" / "Sep 8" */
  day: (day: Day) => string;
  /** "9月8日(火)" / "Tue, Sep 8" */
  weekday: (day: Day) => string;
  /** "火" / "Tue" */
  weekdayName: (day: Day) => string;
  /** "2026年9月8日" / "Sep 8, 2026" */
  longDay: (day: Day) => string;
  /** A first day in short: "4月" where it is the month's first, else the day. */
  from: (day: Day) => string;
  /** A deadline in short: "3月末" / "Mar 31" */
  until: (day: Day) => string;
  /** "2026年9月" / "Sep 2026" */
  month: (year: number, month: number) => string;
  /** "9月8日 06:10" */
  time: (instant: string) => string;
  /** "12,345" */
  count: (value: number) => string;
  /** Short facts side by side: "未測定・5日後" / "Not measured · 5 days later" */
  facts: (items: string[]) => string;
  /** Names one after the other: "佐藤、田中" / "Sato, Tanaka" */
  list: (items: string[]) => string;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = {
  ja: ["日", "月", "火", "水", "木", "金", "土"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};
const NONE = "—";

/** Groups digits in threes with a fixed count of decimals; minus is U+2212. */
export function group(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  const [whole = "", rest] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const sign = value < 0 && /[1-9]/.test(text) ? "−" : "";
  return sign + grouped + (rest ? `.${rest}` : "");
}

function signed(value: number, digits: number): string {
  const text = group(Math.abs(value), digits);
  if (!/[1-9]/.test(text)) return `±${text}`;
  return (value < 0 ? "−" : "+") + text;
}

function countDigits(value: number): number {
  const a = Math.abs(value);
  if (a === Math.trunc(a) || a >= 100) return 0;
  if (a >= 10) return 1;
  return a >= 1 ? 2 : 3;
}

/** Of a change in counts: nobody acts on the tenth of ten. The same as in the sentences. */
function changeDigits(value: number): number {
  const a = Math.abs(value);
  if (a === Math.trunc(a) || a >= 10) return 0;
  return a >= 1 ? 1 : 2;
}

function ratioDigits(percent: number): number {
  const a = Math.abs(percent);
  if (a >= 100 || a === 0) return 0;
  if (a >= 10) return 1;
  return a >= 0.1 ? 2 : 3;
}

/** Large numbers in the words of each language; three figures remain. */
const SCALES: Record<Lang, [from: number, by: number, name: string][]> = {
  ja: [
    [1e12, 1e12, "兆"],
    [1e8, 1e8, "億"],
    [1e5, 1e4, "万"],
  ],
  en: [
    [1e9, 1e9, "B"],
    [1e6, 1e6, "M"],
    [1e5, 1e3, "K"],
  ],
};

function scaleDigits(value: number): number {
  const a = Math.abs(value);
  return a >= 100 || a === Math.trunc(a) ? 0 : 1;
}

function make(lang: Lang): Format {
  const spaced = (unit: string) => (lang === "en" && unit && unit.charCodeAt(0) < 128 ? " " : "");
  const join = ({ number, unit }: Parts) => number + (unit === "%" ? "" : spaced(unit)) + unit;

  function parts(value: number, unit: string): Parts {
    if (!Number.isFinite(value)) return { number: NONE, unit: "" };
    if (unit === "%") return { number: group(value * 100, ratioDigits(value * 100)), unit };
    return { number: group(value, countDigits(value)), unit };
  }

  function short(value: number, unit: string): Parts {
    if (!Number.isFinite(value) || unit === "%") return parts(value, unit);
    for (const [from, by, name] of SCALES[lang]) {
      if (Math.abs(value) < from) continue;
      const scaled = value / by;
      const number = group(scaled, scaleDigits(scaled));
      return lang === "ja" ? { number, unit: name + unit } : { number: number + name, unit };
    }
    return parts(value, unit);
  }

  function difference(value: number, unit: string): string {
    if (!Number.isFinite(value)) return NONE;
    if (unit === "%") {
      const point = lang === "ja" ? "ポイント" : " pts";
      return signed(value * 100, ratioDigits(value * 100)) + point;
    }
    return join({ number: signed(value, changeDigits(value)), unit });
  }

  function day(at: Day): string {
    const { month, date } = civil(at);
    return lang === "ja" ? `${month}月${date}日` : `${MONTHS[month - 1]} ${date}`;
  }

  function until(at: Day): string {
    const lastOfMonth = civil(addDays(at, 1)).date === 1;
    return lang === "ja" && lastOfMonth ? `${civil(at).month}月末` : day(at);
  }

  return {
    short,
    parts,
    joined: join,
    amount: (value, unit) => join(parts(value, unit)),
    shortAmount: (value, unit) => join(short(value, unit)),
    range: (low, high, unit) => {
      const from = short(low, unit);
      const to = short(high, unit);
      const dash = lang === "ja" ? "〜" : "–";
      const first = from.unit === to.unit ? from.number : join(from);
      return { number: first + dash + to.number, unit: to.unit };
    },
    difference,
    percent: (share) => {
      if (!Number.isFinite(share)) return NONE;
      const a = Math.abs(share);
      return `${group(share * 100, a > 0 && a < 0.01 ? 1 : 0)}%`;
    },
    chance: (share) => {
      if (!Number.isFinite(share)) return NONE;
      if (share < 0.01) return "<1%";
      return share > 0.99 ? ">99%" : `${group(share * 100, 0)}%`;
    },
    relative: (change) => (Number.isFinite(change) ? `${signed(change * 100, 0)}%` : NONE),
    day,
    weekdayName: (at) => WEEKDAYS[lang][civil(at).weekday] ?? "",
    weekday: (at) => {
      const name = WEEKDAYS[lang][civil(at).weekday];
      return lang === "ja" ? `${day(at)}(${name})` : `${name}, ${day(at)}`;
    },
    longDay: (at) =>
      lang === "ja" ? `${civil(at).year}年${day(at)}` : `${day(at)}, ${civil(at).year}`,
    from: (at) => {
      const { month, date } = civil(at);
      if (date !== 1) return day(at);
      return lang === "ja" ? `${month}月` : (MONTHS[month - 1] ?? "");
    },
    until,
    month: (year, month) =>
      lang === "ja" ? `${year}年${month}月` : `${MONTHS[month - 1]} ${year}`,
    time: (instant) => {
      const at = new Date(instant);
      if (Number.isNaN(at.getTime())) return NONE;
      const two = (n: number) => String(n).padStart(2, "0");
      const civilDay = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
      return `${day(civilDay)} ${two(at.getHours())}:${two(at.getMinutes())}`;
    },
    count: (value) => (Number.isFinite(value) ? group(value, 0) : NONE),
    facts: (items) => items.join(lang === "ja" ? "・" : " · "),
    list: (items) => items.join(lang === "ja" ? "、" : ", "),
  };
}

const formats: Record<Lang, Format> = { ja: make("ja"), en: make("en") };

/** The formats of a language; the same object every time. */
export function formatIn(lang: Lang): Format {
  return formats[lang];
}
