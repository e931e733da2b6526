import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type AgreementReply, useAgreement, useChangeAgreement } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { AskPeople } from "./AskPeople.tsx";
import styles from "./agreement.module.css";
import { Happened } from "./Happened.tsx";
import { ProposeWords } from "./ProposeWords.tsx";
import { SayForm } from "./SayForm.tsx";
import { Settle } from "./Settle.tsx";
import { SideBySide } from "./SideBySide.tsx";
import { Standing } from "./Standing.tsx";
import { Wording } from "./Wording.tsx";

/** 合意: each says the goal in their own words, the differences are named, the words signed. */
export function AgreementPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/share/agreement" });
  const { t } = useLanguage();
  const agreement = useAgreement(ws);
  if (agreement.error)
    return <Failed error={agreement.error} retry={() => void agreement.refetch()} />;
  return (
    <>
      <h2>{t("agreement.title")}</h2>
      <p className="quiet">{t("agreement.line")}</p>
      {agreement.data ? <Page ws={ws} reply={agreement.data} /> : <Coming />}
    </>
  );
}

function Coming() {
  return (
    <div className={styles.stack}>
      <Loading />
      <Skeleton height={112} />
      <Skeleton height={360} />
    </div>
  );
}

type Sheet = "ask" | "again" | "propose" | "heard" | null;

function Page({ ws, reply }: { ws: string; reply: AgreementReply }) {
  const { t } = useLanguage();
  const change = useChangeAgreement(ws);
  const [sheet, setSheet] = useState<Sheet>(null);
  const [rewording, setRewording] = useState(false);
  const { you } = reply;
  const writing = you.id !== "" && (!you.spoken || rewording);
  return (
    <div className={styles.stack}>
      <Standing ws={ws} reply={reply} open={setSheet} change={change} />
      {reply.wording && <Wording reply={reply} wording={reply.wording} change={change} />}
      {writing && (
        <SayForm
          ws={ws}
          reply={reply}
          change={change}
          {...(rewording ? { onDone: () => setRewording(false) } : {})}
        />
      )}
      {you.spoken && !rewording && (
        <>
          {reply.rows.length > 1 && <Settle ws={ws} reply={reply} />}
          <section aria-label={t("agreement.side")}>
            <div className={styles.head}>
              <h3>{t("agreement.side")}</h3>
              <span className={styles.buttons}>
                {you.decide && (
                  <Button small icon="plus" onClick={() => setSheet("heard")}>
                    {t("agreement.heard")}
                  </Button>
                )}
                <Button small icon="edit" onClick={() => setRewording(true)}>
                  {t("agreement.reword")}
                </Button>
              </span>
            </div>
            <SideBySide reply={reply} />
          </section>
        </>
      )}
      {you.id === "" && (
        <Card>
          <p className={styles.withIcon}>
            <Icon name="info" size={16} />
            {t("agreement.noVoice")}
          </p>
        </Card>
      )}
      <Happened list={reply.history} />
      {(sheet === "ask" || sheet === "again") && (
        <AskPeople
          reply={reply}
          again={sheet === "again"}
          change={change}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet === "propose" && (
        <ProposeWords reply={reply} change={change} onClose={() => setSheet(null)} />
      )}
      {sheet === "heard" && (
        <SayForm ws={ws} reply={reply} change={change} heard onDone={() => setSheet(null)} />
      )}
    </div>
  );
}
