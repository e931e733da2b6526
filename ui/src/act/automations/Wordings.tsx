import { useWordings, type WordingTrial } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { VersusCard } from "../mail/VersusCard.tsx";
import styles from "./automations.module.css";

interface WordingsProps {
  ws: string;
  id: string;
  enabled: boolean;
  /** Keeps one wording alone; not where nothing may be changed. */
  onTake?: (trial: WordingTrial, template: string, wording: string) => void;
}

/** What the second wordings of an automation's mails show, each beside the first. */
export function Wordings({ ws, id, enabled, onTake }: WordingsProps) {
  const { t } = useLanguage();
  const wordings = useWordings(ws, id, enabled).data?.wordings ?? [];
  return wordings.map((one) => {
    const better = { higher: "B", lower: "A" }[one.versus.verdict as string];
    const winner = one.wordings.find((wording) => wording.variant === better);
    const notes = [...(one.latest ? [] : [t("automations.trying.past")]), ...one.notes];
    return (
      <VersusCard
        key={one.trial}
        versus={one.since ? one.versus : { ...one.versus, sentence: t("automations.trying.none") }}
        names={one.wordings.map((wording) => wording.name)}
      >
        {notes.map((note) => (
          <p key={note} className={styles.note}>
            {note}
          </p>
        ))}
        {one.latest && winner && onTake && (
          <div className={styles.doing}>
            <Button onClick={() => onTake(one, winner.template, winner.variant)}>
              {t("automations.trying.take", { wording: winner.variant })}
            </Button>
          </div>
        )}
      </VersusCard>
    );
  });
}
