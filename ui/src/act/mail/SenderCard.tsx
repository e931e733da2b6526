import { useState } from "react";
import { type MailSender, useDropSender, useMakeKey, useTrySender } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Copied } from "./Copied.tsx";
import styles from "./mail.module.css";
import { PreflightList } from "./PreflightList.tsx";
import { WarmupPlan } from "./WarmupPlan.tsx";

interface SenderCardProps {
  ws: string;
  sender: MailSender;
  /** May be set up by whoever looks. */
  set: boolean;
  onEdit: () => void;
}

/** One sender: how it connects, what it signs with, and what was looked at before sending. */
export function SenderCard({ ws, sender, set, onEdit }: SenderCardProps) {
  const { t, f } = useLanguage();
  const [dropping, setDropping] = useState(false);
  const attempt = useTrySender(ws);
  const drop = useDropSender(ws);
  const { settings } = sender;
  const tried = attempt.data;
  const wrong = attempt.error ?? drop.error;
  return (
    <Card aria-label={sender.name} className={styles.stack}>
      <div className={styles.between}>
        <div>
          <h2 className={styles.h2}>{sender.name}</h2>
          <p className={styles.small}>
            {`${settings.from_name} <${settings.from}>`}
            <span className="quiet">
              {" "}
              {f.facts([
                t(`mail.stream.${settings.stream}`),
                `${settings.host}:${settings.port}`,
                t(`mail.security.${settings.security}`),
                ...(sender.has_password ? [t("mail.password.kept")] : []),
              ])}
            </span>
          </p>
        </div>
        {set && (
          <div className={styles.buttons}>
            <Button small disabled={attempt.isPending} onClick={() => attempt.mutate(sender.id)}>
              {t(attempt.isPending ? "mail.try.busy" : "mail.try")}
            </Button>
            <Button small icon="edit" onClick={onEdit}>
              {t("mail.edit")}
            </Button>
            <Button small kind="quiet" onClick={() => setDropping(true)}>
              {t("mail.drop")}
            </Button>
          </div>
        )}
      </div>
      {tried && (
        <Notice kind={tried.class === "accepted" ? "info" : "bad"}>
          {tried.class === "accepted"
            ? t("mail.try.ok")
            : t(`mail.try.step.${tried.step as "auth"}`)}
          {tried.class !== "accepted" && tried.said && (
            <>
              <br />
              <code className={styles.found}>
                {[tried.code || "", tried.said].join(" ").trim()}
              </code>
            </>
          )}
        </Notice>
      )}
      {wrong && <Notice kind="bad">{wrong.message}</Notice>}
      <Keys ws={ws} sender={sender} set={set} />
      {sender.warmup && <WarmupPlan warmup={sender.warmup} />}
      {/* Looking names up takes seconds: what comes late stands last, and pushes nothing. */}
      <section>
        <h3>{t("mail.preflight")}</h3>
        <PreflightList ws={ws} sender={sender.id} marketing={settings.stream === "marketing"} />
      </section>
      {dropping && (
        <Dialog
          title={t("mail.sender.drop", { name: sender.name })}
          onClose={() => setDropping(false)}
          actions={
            <>
              <Button
                kind="danger"
                onClick={() => drop.mutate(sender.id, { onSettled: () => setDropping(false) })}
              >
                {t("mail.sender.drop.do")}
              </Button>
              <Button onClick={() => setDropping(false)}>{t("mail.cancel")}</Button>
            </>
          }
        >
          <p>{t("mail.sender.drop.line")}</p>
        </Dialog>
      )}
    </Card>
  );
}

function Keys({ ws, sender, set }: { ws: string; sender: MailSender; set: boolean }) {
  const { t } = useLanguage();
  const make = useMakeKey(ws);
  // The next name that is free; a key in use is never overwritten by a slip.
  const used = sender.keys.map((key) => key.name.split(".")[0]);
  let n = 1;
  while (used.includes(`shirube${n}`)) n++;
  return (
    <section className={styles.tight}>
      <h3>{t("mail.keys")}</h3>
      <p className={`${styles.small} quiet`}>{t("mail.keys.line")}</p>
      {sender.keys.map((key) => (
        <dl key={key.name} className={styles.record}>
          <dt>{t("mail.keys.name")}</dt>
          <dd>
            <code>{key.name}</code>
            <Copied text={key.name} label={t("mail.keys.copy.name")} />
          </dd>
          <dt>{t("mail.keys.record")}</dt>
          <dd>
            <code>{key.record}</code>
            <Copied text={key.record} label={t("mail.keys.copy.record")} />
          </dd>
        </dl>
      ))}
      {make.error && <Notice kind="bad">{make.error.message}</Notice>}
      {set && sender.keys.length < 4 && (
        <div className={styles.buttons}>
          <Button
            small
            icon="key"
            disabled={make.isPending}
            onClick={() =>
              make.mutate({ id: sender.id, algorithm: "rsa", selector: `shirube${n}` })
            }
          >
            {t(sender.keys.length > 0 ? "mail.keys.more" : "mail.keys.make")}
          </Button>
        </div>
      )}
    </section>
  );
}
