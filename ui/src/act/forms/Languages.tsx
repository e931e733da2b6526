import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Select } from "../../kit/Field.tsx";
import { Check } from "./Check.tsx";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";
import { langOf, otherLang, otherOf } from "./wording.ts";

interface LanguagesProps {
  draft: Draft;
  /** Whether the other language is being written. */
  other: boolean;
  onTurn: (other: boolean) => void;
}

/** In which languages a form can be read, who reads which, and which is written now. */
export function Languages({ draft, other, onTurn }: LanguagesProps) {
  const { t } = useLanguage();
  const { definition: d, problems } = draft;
  const own = langOf(d);
  const second = t(`forms.lang.${otherLang(d)}`);
  const both = d.other != null;
  const missing = Object.keys(problems).some((place) => place.startsWith("other."));
  function also(on: boolean) {
    const { other: _, choice: __, ...rest } = d;
    draft.change(on ? { ...d, other: otherOf(d) } : rest);
    onTurn(on);
  }
  return (
    <Card className={styles.part}>
      <div className={styles.partHead}>
        <h2>{t("forms.langs")}</h2>
        {both && (
          <fieldset className={styles.chips} aria-label={t("forms.langs.write")}>
            <ChipButton on={!other} aria-pressed={!other} onClick={() => onTurn(false)}>
              {t(`forms.lang.${own}`)}
            </ChipButton>
            <ChipButton on={other} aria-pressed={other} onClick={() => onTurn(true)}>
              {second}
            </ChipButton>
          </fieldset>
        )}
      </div>
      {both ? (
        <Select
          label={t("forms.langs.choice")}
          value={d.choice ?? ""}
          options={[
            { value: "", label: t("forms.langs.choice.reader") },
            {
              value: "fixed",
              label: t("forms.langs.choice.fixed", { lang: t(`forms.lang.${own}`) }),
            },
          ]}
          onChange={(event) => draft.change({ ...d, choice: event.target.value })}
        />
      ) : (
        <Select
          label={t("forms.edit.lang")}
          value={own}
          options={(["ja", "en"] as const).map((one) => ({
            value: one,
            label: t(`forms.lang.${one}`),
          }))}
          onChange={(event) => draft.change({ ...d, lang: event.target.value })}
        />
      )}
      <Check
        label={t("forms.langs.also", { lang: second })}
        hint={t("forms.langs.also.hint")}
        on={both}
        onChange={also}
      />
      {missing && !other && (
        <p className="bad" role="alert">
          {t("forms.langs.missing", { lang: second })}
        </p>
      )}
    </Card>
  );
}
