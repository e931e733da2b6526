import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { type Recipient, type RecipientWish, useLaw, useRecipients } from "../../api/useLaw.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { DutyList } from "./DutyList.tsx";
import styles from "./duties.module.css";
import { RecipientForm } from "./RecipientForm.tsx";
import { Recipients } from "./Recipients.tsx";
import { Tags } from "./Tags.tsx";

const route = getRouteApi("/framed/w/$ws/act");

/** 守ること: what the law asks, who is handed data of people, what the notice says. */
export function DutiesPage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const closed = role === "viewer" || role === "guest";
  const law = useLaw(ws);
  const recipients = useRecipients(ws);
  const [writing, setWriting] = useState<Recipient | Partial<RecipientWish> | null>(null);
  if (closed) return <EmptyState title={t("duties.closed")} line={t("duties.closed.line")} />;
  const wrong = law.error ?? recipients.error;
  if (wrong)
    return (
      <Failed
        error={wrong}
        retry={() => {
          void law.refetch();
          void recipients.refetch();
        }}
      />
    );
  return (
    <div className={styles.page}>
      <header>
        <BackLink to="/w/$ws/act/mail" params={{ ws }}>
          {t("duties.back")}
        </BackLink>
        <h1>{t("duties.title")}</h1>
        <p className="quiet">{t("duties.line")}</p>
      </header>
      {!law.data || !recipients.data || role === undefined ? (
        <>
          <Loading />
          <Skeleton height={220} />
          <Skeleton height={620} />
        </>
      ) : (
        <>
          <Recipients
            ws={ws}
            handings={law.data.handings}
            list={recipients.data.recipients}
            manage={role === "owner"}
            onWrite={setWriting}
          />
          <Tags ws={ws} manage={role === "owner"} />
          <DutyList duties={law.data.duties} />
        </>
      )}
      {writing && <RecipientForm ws={ws} begin={writing} onClose={() => setWriting(null)} />}
    </div>
  );
}
