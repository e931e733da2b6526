import { type InitiativeReply, useInitiativeCampaigns } from "../../api/useInitiatives.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./initiatives.module.css";

/** What came by the links of its campaigns, and whether it came on top of the rest. */
export function Campaigns({ ws, one }: { ws: string; one: InitiativeReply }) {
  const { t, f } = useLanguage();
  const found = useInitiativeCampaigns(ws, one.id);
  const came = found.data;
  if (came && !came.span) return null;
  const count = (value: number | null | undefined) =>
    value == null ? "—" : f.amount(value, one.kpi_unit);
  return (
    <Card className={styles.result}>
      <h3>{t("initiatives.came")}</h3>
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : came?.span ? (
        <>
          <p className={styles.sentence}>{came.sentence}</p>
          <table className={styles.came}>
            <thead>
              <tr>
                <th scope="col">{t("initiatives.campaigns")}</th>
                <th scope="col">{t("initiatives.came.visits")}</th>
                {came.counted && <th scope="col">{one.kpi_name}</th>}
              </tr>
            </thead>
            <tbody>
              {came.rows.map((row) => (
                <tr key={row.campaign}>
                  <th scope="row">{row.campaign}</th>
                  <td className="num">{f.count(row.visits)}</td>
                  {came.counted && <td className="num">{count(row.brought)}</td>}
                </tr>
              ))}
              {came.counted && (
                <>
                  <tr className={styles.rest}>
                    <th scope="row">{t("initiatives.came.rest")}</th>
                    <td />
                    <td className="num">{count(came.rest)}</td>
                  </tr>
                  <tr className={styles.rest}>
                    <th scope="row">{t("initiatives.came.before")}</th>
                    <td />
                    <td className="num">{count(came.rest_before)}</td>
                  </tr>
                </>
              )}
            </tbody>
          </table>
          <p className={styles.note}>
            {f.facts([
              t("initiatives.days", { from: f.day(came.span.from), to: f.day(came.span.to) }),
              t("initiatives.came.how"),
            ])}
          </p>
        </>
      ) : (
        <>
          <Loading />
          <Skeleton height={140} />
        </>
      )}
    </Card>
  );
}
