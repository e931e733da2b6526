import { useState } from "react";
import { type Lead, useSayOfLead, useTakeLead, type Verdict } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./leads.module.css";
import { NotNow } from "./NotNow.tsx";
import { nextSteps } from "./steps.ts";

/** What to do with the open lead, and what came of it. Everything said can be taken back. */
export function LeadActions({ ws, lead, name }: { ws: string; lead: Lead; name: string }) {
  const { t } = useLanguage();
  const toast = useToast();
  const say = useSayOfLead(ws);
  const give = useTakeLead(ws);
  const [asking, setAsking] = useState(false);
  const failed = (error: Error) => toast({ text: error.message });
  function tell(verdict: Verdict, reason = "") {
    setAsking(false);
    say.mutate(
      { id: lead.id, verdict, reason },
      {
        onSuccess: () =>
          toast({
            text: t(verdict === "" ? "leads.said.back" : `leads.said.${verdict}`, { name }),
            action: {
              label: t("leads.undo"),
              run: () =>
                say.mutate(
                  { id: lead.id, verdict: lead.verdict, reason: lead.reason },
                  { onError: failed },
                ),
            },
          }),
        onError: failed,
      },
    );
  }
  const phone = lead.phone.replace(/[^\d+]/g, "");
  const steps = nextSteps(lead.verdict);
  return (
    <>
      <div className={styles.actions}>
        {phone && (
          <a className={buttonClass("primary")} href={`tel:${phone}`}>
            <Icon name="phone" size={15} />
            {t("leads.call")}
          </a>
        )}
        <Button
          kind={phone || lead.mine ? "outline" : "primary"}
          disabled={give.isPending}
          onClick={() =>
            give.mutate(
              { id: lead.id, give: lead.mine },
              {
                onSuccess: () =>
                  toast({ text: t(lead.mine ? "leads.gaveBack" : "leads.took", { name }) }),
                onError: failed,
              },
            )
          }
        >
          {t(lead.mine ? "leads.giveBack" : lead.owner ? "leads.takeOver" : "leads.take")}
        </Button>
        {lead.address && (
          <a className={buttonClass("outline")} href={`mailto:${lead.address}`}>
            {t("leads.mail")}
          </a>
        )}
        {lead.verdict !== "rejected" && (
          <Button kind="quiet" className={styles.last} onClick={() => setAsking(true)}>
            {t("leads.notNow")}
          </Button>
        )}
      </div>
      <div className={styles.came}>
        <span>{t("leads.came")}</span>
        {steps.map((one) => (
          <Button key={one} kind="text" small disabled={say.isPending} onClick={() => tell(one)}>
            {t(`leads.verdict.${one}`)}
          </Button>
        ))}
        {lead.verdict !== "" && (
          <Button kind="quiet" small disabled={say.isPending} onClick={() => tell("")}>
            {t("leads.takeBack")}
          </Button>
        )}
      </div>
      {asking && (
        <NotNow
          name={name}
          onClose={() => setAsking(false)}
          onSay={(reason) => tell("rejected", reason.trim())}
        />
      )}
    </>
  );
}
