import { Link } from "@tanstack/react-router";
import type { Broadcast } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./mail.module.css";
import { summed } from "./results.ts";
import { StateMark } from "./StateMark.tsx";

/** One broadcast in a list: where it stands, and what became of it. */
export function BroadcastRow({ ws, cast }: { ws: string; cast: Broadcast }) {
  const { t, f } = useLanguage();
  const all = summed(cast.results);
  const waiting = (cast.outbox.queued ?? 0) + (cast.outbox.sending ?? 0);
  return (
    <li>
      <Link to="/w/$ws/act/mail/broadcasts/$id" params={{ ws, id: cast.id }} className={styles.row}>
        <span className={styles.grow}>
          <b>{cast.plan.name}</b>
          <span className={styles.stateLine}>
            <StateMark state={cast.state} />
            <span className="quiet">
              {cast.state === "planned" && cast.plan.at
                ? t("mail.at", { at: f.time(cast.plan.at) })
                : f.time(cast.updated_at)}
            </span>
          </span>
        </span>
        {all.accepted + waiting > 0 && (
          <dl className={styles.figures}>
            <div>
              <dt>{t("mail.sent")}</dt>
              <dd>{f.count(all.accepted)}</dd>
            </div>
            <div>
              <dt>{t("mail.opened")}</dt>
              <dd>{all.accepted > 0 ? f.percent(all.opened / all.accepted) : "—"}</dd>
            </div>
            <div>
              <dt>{t("mail.clicked")}</dt>
              <dd>{all.accepted > 0 ? f.percent(all.clicked / all.accepted) : "—"}</dd>
            </div>
          </dl>
        )}
        <Icon name="right" size={14} />
      </Link>
    </li>
  );
}
