import type { Outcome, PostGrouping } from "../../api/usePaths.ts";
import { group } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import parts from "../parts/parts.module.css";
import { Sideways } from "../parts/Sideways.tsx";
import styles from "./posts.module.css";

interface GroupingsProps {
  title: string;
  groups: PostGrouping[];
  outcome: Outcome | null;
  /** Best first; else in their own order, as hours and weekdays are. */
  sorted?: boolean;
}

/** Posts of one hour, weekday, format or theme together; it says when nothing can be told. */
export function Groupings({ title, groups, outcome, sorted }: GroupingsProps) {
  const { t, f } = useLanguage();
  if (groups.length === 0) return null;
  const list = sorted ? [...groups].sort((a, b) => (b.per_post ?? 0) - (a.per_post ?? 0)) : groups;
  const most = Math.max(...list.map((one) => one.per_post ?? 0), 0.0001);
  const clear = list.filter((one) => one.clear);
  const best = [...clear].sort((a, b) => (b.per_post ?? 0) - (a.per_post ?? 0))[0];
  return (
    <section className={parts.section}>
      <div className={parts.heading}>
        <h3>{title}</h3>
        <p>
          {best
            ? t("posts.clear", { name: f.list(clear.map((one) => one.label)) })
            : t("posts.unclear")}
        </p>
      </div>
      <Card flush>
        <Sideways label={title}>
          <table className={parts.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr">{title}</span>
                </th>
                <th scope="col">
                  <span className="sr">{t("report.share.of")}</span>
                </th>
                <th scope="col" title={t("posts.perPost.line")}>
                  {outcome ? t("posts.perPost") : ""}
                </th>
                <th scope="col">{t("posts.engagement")}</th>
                <th scope="col">{t("posts.posts")}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.key} className={classes(one.too_few && styles.few)}>
                  <th scope="row">{one.label}</th>
                  <td aria-hidden="true">
                    <span className={parts.bar}>
                      <i
                        className={classes(one.clear && styles.clear)}
                        style={{ width: `${((one.per_post ?? 0) / most) * 100}%` }}
                      />
                    </span>
                  </td>
                  <td>
                    {one.too_few
                      ? t("posts.few")
                      : outcome && one.per_post !== null
                        ? group(one.per_post, 2)
                        : "—"}
                  </td>
                  <td>{one.engagement === null ? "—" : f.amount(one.engagement, "%")}</td>
                  <td>{f.count(one.posts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      </Card>
    </section>
  );
}
