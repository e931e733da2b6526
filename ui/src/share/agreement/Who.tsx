import type { AgreementPerson } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./agreement.module.css";

interface WhoProps {
  members: AgreementPerson[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Some of those who are here. */
export function Who({ members, chosen, onChange }: WhoProps) {
  const { t } = useLanguage();
  return (
    <fieldset className={styles.who}>
      <legend>{t("agreement.whom")}</legend>
      {members.map((one) => (
        <label key={one.id}>
          <input
            type="checkbox"
            checked={chosen.includes(one.id)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id),
              )
            }
          />
          {one.name}
          <span className={styles.aside}>{one.department}</span>
        </label>
      ))}
    </fieldset>
  );
}
