import { usePreflight } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Light } from "./Light.tsx";
import styles from "./mail.module.css";

interface PreflightListProps {
  ws: string;
  sender: string;
  /** Only marketing mail is held back by what is red. */
  marketing: boolean;
  template?: string;
  /** Only what is not green; the others are one line. */
  short?: boolean;
}

/** Whether the world would believe a sender: one light a line, with what to do. */
export function PreflightList({ ws, sender, marketing, template, short }: PreflightListProps) {
  const { t } = useLanguage();
  const looked = usePreflight(ws, sender, template);
  if (looked.error) return <Failed error={looked.error} retry={() => void looked.refetch()} />;
  if (!looked.data)
    return (
      <div className={styles.stack}>
        <Loading />
        <p className="quiet">{t("mail.preflight.looking")}</p>
        <Skeleton height={28} />
        <Skeleton height={28} />
        <Skeleton height={28} />
      </div>
    );
  const { checks } = looked.data;
  const blocks = looked.data.blocks && marketing;
  const shown = short ? checks.filter((one) => one.light !== "green") : checks;
  const fine = checks.length - shown.length;
  const red = checks.filter((one) => one.light === "red").length;
  const order = { red: 0, amber: 1, green: 2 };
  return (
    <div>
      <p className={styles.verdict}>
        <b className={blocks ? "bad" : red > 0 ? "warn" : "good"}>
          {blocks
            ? t("mail.preflight.red", { count: red })
            : red > 0
              ? t("mail.preflight.better", { count: red })
              : t("mail.preflight.ready")}
        </b>
        <Button
          kind="quiet"
          small
          disabled={looked.isFetching}
          onClick={() => void looked.refetch()}
        >
          {t(looked.isFetching ? "mail.preflight.looking" : "mail.preflight.again")}
        </Button>
      </p>
      <ul className={styles.checks}>
        {[...shown]
          .sort((a, b) => order[a.light] - order[b.light])
          .map((one) => (
            <li key={one.name + one.what}>
              <Light light={one.light} />
              <div>
                <p className={styles.what}>
                  <b>{t(`mail.check.${one.name as "spf"}`)}</b>
                  <span>{one.what}</span>
                </p>
                {one.mend && <p className={styles.mend}>{one.mend}</p>}
                {one.found && !short && <code className={styles.found}>{one.found}</code>}
              </div>
            </li>
          ))}
        {short && fine > 0 && (
          <li>
            <Light light="green" />
            <p className="quiet">{t("mail.preflight.fine", { count: fine })}</p>
          </li>
        )}
      </ul>
    </div>
  );
}
