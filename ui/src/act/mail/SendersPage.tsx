import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type MailSender, useMailSenders } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./mail.module.css";
import { SenderCard } from "./SenderCard.tsx";
import { SenderForm } from "./SenderForm.tsx";
import { useMay } from "./useMay.ts";

const route = getRouteApi("/framed/w/$ws/act");

/** Who mail leaves by, and whether the world would believe them. */
export function SendersPage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const may = useMay(ws);
  const senders = useMailSenders(ws);
  const [open, setOpen] = useState<MailSender | "new" | null>(null);
  const list = senders.data?.senders;
  if (!may.see) return <EmptyState title={t("mail.closed")} line={t("mail.closed.line")} />;
  if (!may.known)
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton height={72} width="60%" />
        <Skeleton height={240} />
      </div>
    );
  return (
    <div className={styles.stack}>
      <header className={styles.head}>
        <div>
          <BackLink to="/w/$ws/act/mail" params={{ ws }}>
            {t("mail.back")}
          </BackLink>
          <h1>{t("mail.senders.title")}</h1>
          <p className="quiet">{t("mail.senders.line")}</p>
        </div>
        {may.set && open === null && (list?.length ?? 0) > 0 && (
          <Button icon="plus" onClick={() => setOpen("new")}>
            {t("mail.sender.new")}
          </Button>
        )}
      </header>
      {!may.set && <p className="quiet">{t("mail.senders.owner")}</p>}
      {senders.error && <Failed error={senders.error} retry={() => void senders.refetch()} />}
      {senders.isPending && (
        <>
          <Loading />
          <Skeleton height={240} />
        </>
      )}
      {open !== null && (
        <SenderForm
          key={open === "new" ? "new" : open.id}
          ws={ws}
          sender={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
      {list?.length === 0 && open === null && (
        <EmptyState title={t("mail.senders.none")} line={t("mail.senders.none.line")}>
          {may.set ? (
            <Button kind="primary" onClick={() => setOpen("new")}>
              {t("mail.sender.new")}
            </Button>
          ) : (
            <Link to="/w/$ws/act/mail" params={{ ws }} className={buttonClass()}>
              {t("mail.back")}
            </Link>
          )}
        </EmptyState>
      )}
      {open === null &&
        list?.map((one) => (
          <SenderCard key={one.id} ws={ws} sender={one} set={may.set} onEdit={() => setOpen(one)} />
        ))}
    </div>
  );
}
