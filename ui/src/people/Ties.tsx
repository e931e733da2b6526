import { useState } from "react";
import type { AccountTie } from "../api/types.ts";
import { useTies, useUntie } from "../api/useMe.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Notice } from "../kit/Notice.tsx";
import { useToast } from "../kit/Toast.tsx";
import styles from "./people.module.css";

/** The accounts elsewhere that one signs in with; nothing where there are none. */
export function Ties() {
  const { t } = useLanguage();
  const ties = useTies();
  const [parting, setParting] = useState<AccountTie>();
  if (ties.error) return <Failed error={ties.error} retry={() => void ties.refetch()} />;
  if (!ties.data?.identities.length) return null;
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("signin.ties")}</h2>
          <p className="quiet">{t("signin.ties.line")}</p>
        </div>
      </div>
      <Card flush>
        <ul className={styles.list}>
          {ties.data.identities.map((one) => (
            <Tie key={one.id} tie={one} onPart={() => setParting(one)} />
          ))}
        </ul>
      </Card>
      {parting && <Part tie={parting} onClose={() => setParting(undefined)} />}
    </section>
  );
}

function Tie({ tie, onPart }: { tie: AccountTie; onPart: () => void }) {
  const { t, f } = useLanguage();
  return (
    <li>
      <span className={styles.grow}>
        {tie.name}
        <span className={styles.line}>
          {tie.email} · {t("people.account.seen", { time: f.time(tie.last_used) })}
        </span>
        {!tie.may_untie && <span className={styles.line}>{t("signin.ties.only")}</span>}
      </span>
      {tie.may_untie && (
        <Button small onClick={onPart} aria-label={`${t("signin.ties.part")}: ${tie.name}`}>
          {t("signin.ties.part")}
        </Button>
      )}
    </li>
  );
}

function Part({ tie, onClose }: { tie: AccountTie; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const untie = useUntie();
  return (
    <Dialog
      title={t("signin.ties.title", { name: tie.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={untie.isPending}
            onClick={() =>
              untie.mutate(tie.id, {
                onSuccess: () => {
                  say({ text: t("signin.ties.parted", { name: tie.name }) });
                  onClose();
                },
              })
            }
          >
            {t("signin.ties.part")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("signin.ties.ask")}</p>
      {untie.error && <Notice kind="bad">{untie.error.message}</Notice>}
    </Dialog>
  );
}
