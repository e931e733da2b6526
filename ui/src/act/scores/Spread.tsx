import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./scores.module.css";
import { stepsOf } from "./spread.ts";

interface SpreadProps {
  points: { points: number; people: number }[];
  hot: number | undefined;
}

/** How many people have how many points; those from the line on in accent. */
export function Spread({ points, hot }: SpreadProps) {
  const { t, f } = useLanguage();
  const steps = stepsOf(points);
  if (steps.length === 0) return null;
  const most = Math.max(1, ...steps.map((one) => one.people));
  return (
    <table className={styles.spread}>
      <caption className="sr">{t("scores.spread")}</caption>
      <tbody>
        {steps.toReversed().map((one) => (
          <tr key={one.from}>
            <th scope="row" className="num">
              {one.from === one.to
                ? f.count(one.from)
                : t("scores.spread.range", { from: f.count(one.from), to: f.count(one.to) })}
            </th>
            <td>
              <i
                className={hot !== undefined && one.from >= hot ? styles.above : undefined}
                style={{ width: `${(one.people / most) * 100}%` }}
              />
              <span className="num">{f.count(one.people)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
