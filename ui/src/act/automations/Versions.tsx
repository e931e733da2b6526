import { type Automation, useAutomationVersions } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import styles from "./automations.module.css";
import type { Definition } from "./definition.ts";

interface VersionsProps {
  ws: string;
  automation: Automation;
  /** Goes on from an old one. */
  onTake?: (version: number, definition: Definition) => void;
}

/** 版: people inside finish on the one they entered by. */
export function Versions({ ws, automation, onTake }: VersionsProps) {
  const { t, f } = useLanguage();
  const found = useAutomationVersions(ws, automation.id, true);
  const versions = found.data?.versions ?? [];
  return (
    <Card className={styles.versions}>
      <h3>{t("automations.versions")}</h3>
      <p className={styles.note}>{t("automations.versions.line")}</p>
      <ol>
        {versions.map((one) => (
          <li key={one.version}>
            <div>
              <b>{t("automations.newest", { version: one.version })}</b>
              {one.version === automation.live && (
                <span className={styles.liveNow}>{t("automations.versions.live")}</span>
              )}
              <span className={styles.facts}>
                {f.facts([
                  f.time(one.at),
                  t("automations.versions.entered", { people: f.count(one.entered) }),
                  ...(one.inside > 0
                    ? [t("automations.versions.inside", { people: f.count(one.inside) })]
                    : []),
                ])}
              </span>
            </div>
            {onTake && one.version !== automation.version && (
              <Button
                small
                kind="text"
                onClick={() => onTake(one.version, one.definition as Definition)}
              >
                {t("automations.versions.open")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
