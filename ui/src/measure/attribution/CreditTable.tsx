import type { AttributionBy, AttributionReply } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import styles from "./attribution.module.css";
import { columnsOf, totalsOf } from "./columns.ts";
import { money as inUnit } from "./money.ts";

/** Ways in with what they brought and what they cost; columns that would be empty are left out. */
export function CreditTable({ reply, by }: { reply: AttributionReply; by: AttributionBy }) {
  const { t, f } = useLanguage();
  const { rows, outcome, total } = reply;
  const has = columnsOf(rows);
  const sums = totalsOf(rows);
  const most = Math.max(...rows.map((row) => row.outcomes), 1);
  const money = (value: number | null) => (value === null ? "—" : inUnit(value, reply.currency));
  const credit = (value: number) => f.parts(Math.round(value * 10) / 10, "").number;
  const times = (value: number | null) =>
    value === null
      ? "—"
      : t("credit.times", { n: f.parts(Math.round(value * 10) / 10, "").number });
  return (
    <Card flush>
      <Sideways label={t(`report.field.${by}`)}>
        <table className={parts.table}>
          <thead>
            <tr>
              <th scope="col">{t(`report.field.${by}`)}</th>
              <th scope="col">{t("report.counts.visits")}</th>
              <th scope="col">
                <span className="sr">{t("report.share.of")}</span>
              </th>
              <th scope="col">{outcome?.name}</th>
              <th scope="col">{t("report.share.of")}</th>
              <th scope="col">{t("credit.rate")}</th>
              <th scope="col" title={t("credit.assists.line")}>
                {t("credit.assists")}
              </th>
              {has.value && <th scope="col">{t("credit.value")}</th>}
              {has.cost && (
                <>
                  <th scope="col">{t("credit.cost")}</th>
                  <th scope="col">{t("credit.perUnit")}</th>
                </>
              )}
              {has.roas && (
                <>
                  <th scope="col">ROAS</th>
                  <th scope="col">ROI</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                <td>{row.visits > 0 ? f.count(row.visits) : "—"}</td>
                <td aria-hidden="true">
                  <span className={parts.bar}>
                    <i style={{ width: `${(row.outcomes / most) * 100}%` }} />
                  </span>
                </td>
                <td>
                  <b>{credit(row.outcomes)}</b>
                </td>
                <td>{row.share === null ? "—" : f.percent(row.share)}</td>
                <td>{row.rate === null ? "—" : f.amount(row.rate, "%")}</td>
                <td className="quiet">{f.count(row.assists)}</td>
                {has.value && <td>{money(row.value)}</td>}
                {has.cost && (
                  <>
                    <td>
                      {row.cost === null ? (
                        <span className="quiet">{t("credit.free")}</span>
                      ) : (
                        money(row.cost)
                      )}
                    </td>
                    <td className={row.cost && row.outcomes === 0 ? styles.wasted : undefined}>
                      {row.cost && row.outcomes === 0 ? t("credit.nothing") : money(row.per_unit)}
                    </td>
                  </>
                )}
                {has.roas && (
                  <>
                    <td>{times(row.roas)}</td>
                    <td>{row.roi === null ? "—" : f.percent(row.roi)}</td>
                  </>
                )}
              </tr>
            ))}
            {reply.unknown > 0 && (
              <tr>
                <th scope="row" className="quiet">
                  {t("credit.unknown")}
                </th>
                <td>—</td>
                <td />
                <td>{credit(reply.unknown)}</td>
                <td>{f.percent(reply.unknown / total)}</td>
                <td>—</td>
                <td>—</td>
                {has.value && <td>—</td>}
                {has.cost && (
                  <>
                    <td>—</td>
                    <td>—</td>
                  </>
                )}
                {has.roas && (
                  <>
                    <td>—</td>
                    <td>—</td>
                  </>
                )}
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("credit.sum")}</th>
              <td>{f.count(sums.visits)}</td>
              <td />
              <td>{credit(total)}</td>
              <td>100%</td>
              <td>
                {sums.visits > 0 ? f.amount((total - reply.unknown) / sums.visits, "%") : "—"}
              </td>
              <td />
              {has.value && <td>{money(reply.value)}</td>}
              {has.cost && (
                <>
                  <td>{money(sums.cost)}</td>
                  <td>{total > 0 ? money(sums.cost / total) : "—"}</td>
                </>
              )}
              {has.roas && (
                <>
                  <td>{sums.cost > 0 ? times(reply.value / sums.cost) : "—"}</td>
                  <td>{sums.cost > 0 ? f.percent((reply.value - sums.cost) / sums.cost) : "—"}</td>
                </>
              )}
            </tr>
          </tfoot>
        </table>
      </Sideways>
    </Card>
  );
}
