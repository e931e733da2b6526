import { useState } from "react";
import {
  type Handing,
  type Recipient,
  type RecipientWish,
  useDropRecipient,
} from "../../api/useLaw.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./duties.module.css";

interface RecipientsProps {
  ws: string;
  handings: Handing[];
  list: Recipient[];
  manage: boolean;
  onWrite: (one: Recipient | Partial<RecipientWish>) => void;
}

/** Whom data of people are handed to: those the settings reach, and what is written of them. */
export function Recipients({ ws, handings, list, manage, onWrite }: RecipientsProps) {
  const { t, f } = useLanguage();
  const [dropping, setDropping] = useState<Recipient | null>(null);
  const drop = useDropRecipient(ws);
  const open = handings.filter((one) => one.recipient === "");
  const ways = (id: string) => handings.filter((one) => one.recipient === id);
  return (
    <Card aria-label={t("duties.recipients")} className={styles.stack}>
      <div className={styles.between}>
        <h2 className={styles.h2}>{t("duties.recipients")}</h2>
        <div className={styles.buttons}>
          {list.length > 0 && (
            <a
              className={buttonClass("quiet", true)}
              href={`/api/workspaces/${encodeURIComponent(ws)}/act/law/recipient-export`}
              download
            >
              {t("duties.recipients.file")}
            </a>
          )}
          {manage && (
            <Button small icon="plus" onClick={() => onWrite({})}>
              {t("duties.recipients.add")}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.small}>{t("duties.recipients.line")}</p>
      {open.length > 0 && (
        <ul className={styles.rows}>
          {open.map((one) => (
            <li key={one.kind + one.name + one.host}>
              <div>
                <b className="warn">{t("duties.undeclared", { host: one.host })}</b>
                <p className={styles.small}>
                  {f.facts([t(`duties.handing.${one.kind}`), one.name])}
                </p>
              </div>
              {manage && (
                <Button small onClick={() => onWrite({ hosts: [one.host] })}>
                  {t("duties.declare")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.length === 0 && open.length === 0 && (
        <p className="quiet">{t("duties.recipients.none")}</p>
      )}
      {list.length > 0 && (
        <ul className={styles.rows}>
          {list.map((one) => (
            <li key={one.id}>
              <div>
                <b>{one.name}</b>
                <p className={styles.small}>
                  {f.facts([
                    t(`duties.role.${one.role}`),
                    one.country,
                    one.data,
                    one.purpose,
                    ...(one.receives ? [t("duties.receives")] : []),
                  ])}
                </p>
                {ways(one.id).length > 0 && (
                  <p className={styles.small}>
                    {t("duties.now", {
                      ways: f.facts(
                        ways(one.id).map((way) => `${t(`duties.handing.${way.kind}`)} ${way.name}`),
                      ),
                    })}
                  </p>
                )}
              </div>
              {manage && (
                <div className={styles.buttons}>
                  <Button small icon="edit" onClick={() => onWrite(one)}>
                    {t("duties.edit")}
                  </Button>
                  <Button small kind="quiet" onClick={() => setDropping(one)}>
                    {t("duties.drop")}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {drop.error && <Notice kind="bad">{drop.error.message}</Notice>}
      {dropping && (
        <Dialog
          title={t("duties.drop.title", { name: dropping.name })}
          onClose={() => setDropping(null)}
          actions={
            <>
              <Button
                kind="danger"
                onClick={() => drop.mutate(dropping.id, { onSettled: () => setDropping(null) })}
              >
                {t("duties.drop")}
              </Button>
              <Button onClick={() => setDropping(null)}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <p>{t("duties.drop.line")}</p>
        </Dialog>
      )}
    </Card>
  );
}
