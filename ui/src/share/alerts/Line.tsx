import { useRouter } from "@tanstack/react-router";
import type { AlertKind, AlertLine } from "../../api/useAlerts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon, type IconName } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./alerts.module.css";

const ICONS: Record<Exclude<AlertKind, "milestone" | "pace">, IconName> = {
  step: "warning",
  link: "link",
  stale: "clock",
  leads: "person",
  review: "calendar",
  question: "info",
  agreement: "check",
};

/** Its sign: the marks of the map where one of them says it, else a drawing. */
function Sign({ line }: { line: AlertLine }) {
  if (line.kind === "milestone") return <Mark status={line.good ? "met" : "missed"} silent />;
  if (line.kind === "pace") return <Mark status="behind" silent />;
  return <Icon name={ICONS[line.kind]} size={16} />;
}

/** One thing that is told: what it is, why, the one thing to do, and the way there. */
export function Line({ ws, line }: { ws: string; line: AlertLine }) {
  const { t, f } = useLanguage();
  const { history } = useRouter();
  const to = `/w/${encodeURIComponent(ws)}${line.path}`;
  return (
    <li className={styles.one}>
      <span className={classes(styles.sign, line.good && styles.good)}>
        <Sign line={line} />
      </span>
      <div>
        <p className={styles.kind}>
          {t(`alerts.kind.${line.kind}`)}
          {line.told && <> · {t("alerts.toldOn", { day: f.day(line.told) })}</>}
        </p>
        <p className={styles.what}>
          <a
            href={to}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
              event.preventDefault();
              history.push(to);
            }}
          >
            {line.what}
          </a>
        </p>
        {line.why && <p className={styles.why}>{line.why}</p>}
        {line.do && (
          <p className={styles.do}>
            <span className="quiet">{t("alerts.do")}</span> {line.do}
          </p>
        )}
      </div>
    </li>
  );
}
