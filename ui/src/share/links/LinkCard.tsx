import type { ReadOnlyView } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Chip } from "../../kit/Chip.tsx";
import { Sparkline } from "../../kit/Sparkline.tsx";
import styles from "./links.module.css";
import { perDay } from "./sites.ts";

interface LinkCardProps {
  view: ReadOnlyView;
  onChange: () => void;
  onClose: () => void;
}

/** A link: for whom, what it shows, how often it was opened. */
export function LinkCard({ view, onChange, onClose }: LinkCardProps) {
  const { t, f } = useLanguage();
  const open = view.state === "open";
  const ends = new Date(view.expires_at);
  const days = Math.max(0, Math.ceil((ends.getTime() - Date.now()) / 86_400_000));
  const made = f.day(view.created_at.slice(0, 10));
  return (
    <Card article className={styles.link}>
      <div className={styles.grow}>
        <h4>{view.name || t("links.row", { created: f.time(view.created_at) })}</h4>
        <p className={`quiet ${styles.small}`}>
          {open
            ? t("links.until", { day: f.longDay(view.expires_at.slice(0, 10)), days })
            : t(`links.state.${view.state === "closed" ? "closed" : "expired"}`)}
          {" · "}
          {view.author ? t("links.by", { author: view.author, created: made }) : made}
        </p>
        <p className={styles.chips}>
          <span>{f.list(view.shows.map((part) => t(`links.part.${part}`)))}</span>
          {view.locked && <Chip icon="key">{t("links.locked")}</Chip>}
          {view.names && <Chip icon="person">{t("links.named")}</Chip>}
          {view.sites.length > 0 && (
            <Chip icon="fit">{t("links.on", { sites: f.list(view.sites) })}</Chip>
          )}
        </p>
      </div>
      <div className={styles.opened}>
        {view.opened === 0 ? (
          <span className={`quiet ${styles.small}`}>{t("links.opened.none")}</span>
        ) : (
          <>
            <span className="num">{t("links.opened", { count: f.count(view.opened) })}</span>
            {view.last_at && (
              <span className={`quiet ${styles.small}`}>
                {t("links.opened.last", { time: f.time(view.last_at) })}
              </span>
            )}
            <Sparkline
              values={perDay(view.days, new Date())}
              width={96}
              label={t("links.opened.days")}
            />
          </>
        )}
      </div>
      {view.state !== "closed" && (
        <div className={styles.acts}>
          <Button small onClick={onChange}>
            {t("links.change")}
          </Button>
          {open && (
            <Button small onClick={onClose}>
              {t("links.close")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
