import { Link } from "@tanstack/react-router";
import type { AgreementReply, useChangeAgreement } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./agreement.module.css";

interface StandingProps {
  ws: string;
  reply: AgreementReply;
  open: (sheet: "ask" | "again" | "propose") => void;
  change: ReturnType<typeof useChangeAgreement>;
}

const marks = { agreed: "met", partly: "on-pace", lapsed: "behind", nobody: "too-early" } as const;

/** How far the team is, in one sentence, with the one step that leads on. */
export function Standing({ ws, reply, open, change }: StandingProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { state, round, wording, goal, you } = reply;
  const answered = round?.people.filter((one) => one.done).length ?? 0;
  const current = wording?.current ?? false;
  const waited = current
    ? (wording?.people.some((one) => !one.done) ?? false)
    : answered < (round?.people.length ?? 0);
  return (
    <Card className={styles.standing ?? ""}>
      <div className={styles.standingText}>
        <p className={styles.standingHead}>
          <Mark status={marks[state.standing]} size={20} silent />
          <b>{state.short}</b>
          <span className={styles.aside}>{t("agreement.version", { version: reply.version })}</span>
        </p>
        <p>{state.sentence}</p>
        {round && !current && round.people.length > 0 && (
          <p className="quiet">
            {t("agreement.answered", { done: answered, all: round.people.length })}
            {round.answer_by && ` ${t("agreement.until", { day: f.longDay(round.answer_by) })}`}
          </p>
        )}
        {reply.recount && <p className={styles.care}>{t("agreement.recount")}</p>}
        {!goal.signable && <p className={styles.care}>{t("agreement.notSignable")}</p>}
      </div>
      {you.decide && (
        <div className={styles.buttons}>
          {!goal.signable ? (
            <Link to="/w/$ws" params={{ ws }} className={buttonClass("primary")}>
              {t("agreement.toMap")}
            </Link>
          ) : !round ? (
            <Button kind="primary" icon="mail" onClick={() => open("ask")}>
              {t("agreement.ask")}
            </Button>
          ) : !current && you.spoken ? (
            <Button kind="primary" icon="edit" onClick={() => open("propose")}>
              {t("agreement.propose")}
            </Button>
          ) : null}
          {waited && (
            <Button
              icon="bell"
              disabled={change.remind.isPending}
              onClick={() =>
                change.remind.mutate(undefined, {
                  onSuccess: ({ told }) => say({ text: t("agreement.reminded", { told }) }),
                  onError: (error) => say({ text: error.message }),
                })
              }
            >
              {t("agreement.remind")}
            </Button>
          )}
          {round && (
            <Button kind="quiet" onClick={() => open("again")}>
              {t("agreement.again")}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
