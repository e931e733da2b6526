import type { NewWorkspace, SmartLine, Template } from "../../api/types.ts";
import { civil, type Day } from "../../i18n/day.ts";
import type { Format } from "../../i18n/format.ts";
import type { Translate } from "../../i18n/translate.ts";
import { plainNumber, typedNumber } from "../edit/typedNumber.ts";

type NewKGI = NonNullable<NewWorkspace["kgi"]>;

/** The goal as the start page holds it: everything as it was typed. */
export interface GoalForm {
  name: string;
  amount: string;
  unit: string;
  kind: NonNullable<NewKGI["kind"]>;
  from: Day;
  by: Day;
  owner: string;
  serves: string;
}

/** What a template brings along, or a blank goal; the span is the fiscal year (from April). */
export function goalOf(template: Template | null, today: Day): GoalForm {
  const kgi = template?.kgi;
  const { from, by } = fiscalYear(today);
  const unit = kgi?.unit ?? "件";
  return {
    name: kgi?.name ?? "",
    amount: amountOf(kgi?.amount ?? null, kgi?.kind ?? "total", unit),
    unit,
    kind: kgi?.kind ?? "total",
    from,
    by,
    owner: "",
    serves: kgi?.serves ?? "",
  };
}

function amountOf(amount: number | null, kind: GoalForm["kind"], unit: string): string {
  if (amount === null) return "";
  if (kind === "growth") return plainNumber((amount - 1) * 100);
  return plainNumber(unit === "%" ? amount * 100 : amount);
}

/** The fiscal year (April to March) a day lies in. */
export function fiscalYear(day: Day): { from: Day; by: Day } {
  const { year, month } = civil(day);
  const first = month >= 4 ? year : year - 1;
  return { from: `${first}-04-01`, by: `${first + 1}-03-31` };
}

/** Deadlines that are often meant. */
export function commonDeadlines(today: Day): { fiscal: Day; calendar: Day; quarter: Day } {
  const { year, month } = civil(today);
  // The last day of the third month from now: day 0 of the one after it.
  const end = new Date(Date.UTC(year, month + 3, 0));
  return {
    fiscal: fiscalYear(today).by,
    calendar: `${year}-12-31`,
    quarter: end.toISOString().slice(0, 10),
  };
}

/** The number as the API takes it: ratios as ratios, growth as a factor. Null without one. */
export function amountNumber(form: GoalForm): number | null {
  const typed = typedNumber(form.amount);
  if (typed === null) return null;
  if (form.kind === "growth") return Number(plainNumber(1 + typed / 100));
  return form.unit === "%" ? Number(plainNumber(typed / 100)) : typed;
}

/** What the API makes the KGI of; what was left empty is left out. */
export function kgiOf(form: GoalForm): NewKGI {
  const amount = amountNumber(form);
  const text = (key: "name" | "unit" | "owner" | "serves") =>
    form[key].trim() ? { [key]: form[key].trim() } : {};
  return {
    ...text("name"),
    ...text("unit"),
    ...text("owner"),
    ...text("serves"),
    ...(amount !== null ? { amount, kind: form.kind } : {}),
    ...(amount !== null && form.kind === "hold" ? { per: "month" as const } : {}),
    ...(form.from && form.kind !== "reach" ? { from: form.from } : {}),
    ...(form.by ? { by: form.by } : {}),
  };
}

/** The number in words: "100件", "前年より50%"; null without one. */
export function amountWords(form: GoalForm, t: Translate, f: Format): string | null {
  const typed = typedNumber(form.amount);
  const amount = amountNumber(form);
  if (typed === null || amount === null) return null;
  if (form.kind === "growth") return `${t("start.goal.kind.growth")} +${plainNumber(typed)}%`;
  const said = f.amount(amount, form.unit.trim());
  return form.kind === "hold" ? `${t("start.goal.kind.hold")} ${said}` : said;
}

/** A name that only says a direction: 「認知を広げる」, "grow awareness". */
const DIRECTION =
  /(増やす|伸ばす|上げる|広げる|高める|強化|向上|改善)$|^(more|grow|increase|improve)\b/i;

/** The five lines for a goal that has no data yet; what data alone can tell waits. */
export function smartOfGoal(
  form: GoalForm,
  goalName: string | null,
  today: Day,
  t: Translate,
  f: Format,
): SmartLine[] {
  const name = form.name.trim();
  const words = amountWords(form, t, f);
  const line = (
    letter: SmartLine["letter"],
    state: SmartLine["state"],
    sentence: string,
    hint = "",
  ): SmartLine => ({ letter, state, sentence, hint, title: t(`start.smart.${letter}`) });
  return [
    !name
      ? line("S", "no", t("start.smart.S.no"), t("start.smart.S.no.hint"))
      : DIRECTION.test(name) || betterName(name) !== null
        ? line("S", "warn", t("start.smart.S.warn", { name }), t("start.smart.S.warn.hint"))
        : line("S", "ok", t("start.smart.S.ok", { name })),
    words === null
      ? line("M", "no", t("start.smart.M.no"), t("start.smart.M.no.hint"))
      : !form.unit.trim()
        ? line("M", "warn", t("start.smart.M.warn"), t("start.smart.M.warn.hint"))
        : line("M", "ok", t("start.smart.M.ok", { amount: words })),
    line("A", "wait", t("start.smart.A.wait"), t("start.smart.A.wait.hint")),
    goalName
      ? line("R", "ok", t("start.smart.R.ok", { goal: goalName }))
      : line("R", "no", t("start.smart.R.no"), t("start.smart.R.no.hint")),
    !form.by
      ? line("T", "no", t("start.smart.T.no"), t("start.smart.T.no.hint"))
      : form.by <= today
        ? line("T", "warn", t("start.smart.T.warn"), t("start.smart.T.warn.hint"))
        : line("T", "ok", t("start.smart.T.ok", { day: f.longDay(form.by) })),
  ];
}

/** What is usually counted for what people say first. */
const COUNTED: [RegExp, string][] = [
  [/認知|知名度|ブランド/, "指名検索の数"],
  [/満足/, "満足度の点数"],
  [/採用|応募|エントリー/, "応募数"],
  [/問い?合わ?せ|引き合い/, "問い合わせ数"],
  [/商談/, "商談数"],
  [/受注|成約/, "受注数"],
  [/売り?上げ?/, "売上"],
  [/来店|集客/, "来店数"],
  [/フォロワー/, "フォロワー数"],
  [/awareness|brand/i, "Searches for our name"],
  [/satisfaction/i, "Satisfaction score"],
  [/hiring|recruit/i, "Applications"],
  [/sales|revenue/i, "Revenue"],
];

const DIRECTION_SAID =
  /\s*(を|の|が)?(もっと)?(増やす|増やしたい|増やそう|ふやす|伸ばす|伸ばしたい|上げる|上げたい|広げる|広げたい|高める|高めたい|増加|強化|向上|改善|拡大)(する|したい)?(こと)?$/;
const DIRECTION_SAID_EN =
  /^(more|grow|growing|increase|increasing|improve|improving|boost|raise)\s+(our |the )?/i;

/**
 * Something that can be counted for a name that only says a direction: 「採用を強化」 is 「応募数」.
 * Null where the name is one already, or nothing better is known.
 */
export function betterName(name: string): string | null {
  const said = name.trim();
  const rest = said.replace(DIRECTION_SAID, "").replace(DIRECTION_SAID_EN, "");
  if (rest === said || rest === "") return null;
  const known = COUNTED.find(([words]) => words.test(rest))?.[1];
  // 「SNS経由の応募」 says more than 「応募数」: what stands before it stays.
  const whose = /^(.+の)/.exec(rest)?.[1];
  if (known) return whose && !known.startsWith(whose) && /数$/.test(known) ? whose + known : known;
  if (/^[ -~]+$/.test(rest)) return rest.charAt(0).toUpperCase() + rest.slice(1);
  return /(数|率|額|高|点)$/.test(rest) ? rest : `${rest}数`;
}
