import type { AutomationSentences } from "../../api/useAutomations.ts";
import { useMap } from "../../api/useMap.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import styles from "./automations.module.css";
import { type Definition, heldShare } from "./definition.ts";
import { titled } from "./flow.ts";

interface SettingsCardProps {
  ws: string;
  definition: Definition;
  sentences: AutomationSentences | null;
  mayEdit: boolean;
  onChange: () => void;
}

/** 決まりごと: for which number, who is held out, how much and when. */
export function SettingsCard({ ws, definition, sentences, mayEdit, onChange }: SettingsCardProps) {
  const { t, f } = useLanguage();
  const map = useMap(ws);
  const { cap, quiet, reentry, goal } = definition;
  const kpi = map.data?.indicators.find((one) => one.id === definition.kpi)?.name;
  const none = t("automations.settings.none");
  const mode = reentry?.mode === "always" || reentry?.mode === "after" ? reentry.mode : "once";
  const rows: [string, string][] = [
    [t("automations.settings.kpi"), kpi ?? t("automations.settings.kpi.pick")],
    [
      t("automations.settings.goal"),
      goal ? titled(sentences?.goal ?? "") : t("automations.settings.goal.none"),
    ],
    [t("automations.settings.holdout"), f.percent(heldShare(definition))],
    [
      t("automations.settings.reentry"),
      mode === "after"
        ? t("automations.settings.reentry.said", { days: reentry?.days ?? 0 })
        : t(`automations.settings.reentry.${mode}`),
    ],
    [t("automations.settings.cap"), cap ? t("automations.settings.cap.said", cap) : none],
    [t("automations.settings.quiet"), quiet ? t("automations.settings.quiet.said", quiet) : none],
  ];
  return (
    <Card className={styles.settings}>
      <div className={styles.cardHead}>
        <h3>{t("automations.settings")}</h3>
        {mayEdit && (
          <Button small onClick={onChange}>
            {t("automations.settings.change")}
          </Button>
        )}
      </div>
      <dl>
        {rows.map(([name, said]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
