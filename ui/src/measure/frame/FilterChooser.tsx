import { type ReactNode, useState } from "react";
import type { FilterView } from "../../api/types.ts";
import { useValues, type ValueField } from "../../api/useReports.ts";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Field } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem } from "../../kit/Popover.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./frame.module.css";
import { isSame, putFilter } from "./search.ts";

/** What visits can be told apart by, the most used first. */
export const FIELDS = [
  "channel",
  "source",
  "campaign",
  "device",
  "page",
  "entry",
  "exit",
  "event",
  "property",
  "medium",
  "content",
  "term",
  "referrer",
  "title",
  "host",
  "browser",
  "os",
  "language",
] as const satisfies ValueField[];

export type ChosenField = (typeof FIELDS)[number];

interface FilterChooserProps {
  ws: string;
  /** In which values are looked for. */
  days: { from: Day; to: Day };
  filters: FilterView[];
  onChange: (filters: FilterView[]) => void;
  fields?: readonly ChosenField[];
  /** Only "is one of these": what can be written into a model. */
  exact?: boolean;
  /** Below the fields. */
  children?: ReactNode;
}

/** Chooses a field, of a property its name, then values that were really seen. */
export function FilterChooser({
  ws,
  days,
  filters,
  onChange,
  fields = FIELDS,
  exact = false,
  children,
}: FilterChooserProps) {
  const { t } = useLanguage();
  const [field, setField] = useState<ChosenField | null>(null);
  const [property, setProperty] = useState("");
  const shared = { ws, days };
  return (
    <div className={styles.picker}>
      {field === "property" && !property ? (
        <Properties {...shared} onBack={() => setField(null)} onChoose={setProperty} />
      ) : field ? (
        <Values
          {...shared}
          field={field}
          property={property}
          filters={filters}
          exact={exact}
          onChange={onChange}
          onBack={() => {
            if (field !== "property") setField(null);
            setProperty("");
          }}
        />
      ) : (
        <>
          <h3>{t("report.filter.field")}</h3>
          <div className={styles.fields}>
            {fields.map((one) => (
              <MenuItem key={one} onClick={() => setField(one)}>
                {t(`report.field.${one}`)}
              </MenuItem>
            ))}
          </div>
          {children}
        </>
      )}
    </div>
  );
}

interface PropertiesProps extends Pick<FilterChooserProps, "ws" | "days"> {
  onBack: () => void;
  onChoose: (name: string) => void;
}

/** Whose values are meant: the properties that events carried. */
function Properties({ ws, days, onBack, onChoose }: PropertiesProps) {
  const { t, lang } = useLanguage();
  const [text, setText] = useState("");
  const wanted = useSettled(text.trim(), 200);
  const seen = useValues(ws, { lang, ...days }, "property", wanted);
  return (
    <>
      <div className={styles.find}>
        <span>
          <Button kind="text" small icon="left" onClick={onBack}>
            {t("report.filter.back")}
          </Button>
        </span>
        <Field
          label={t("report.filter.property")}
          placeholder={t("report.filter.search")}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className={styles.values}>
        {seen.data?.values.map(({ value }) => (
          <button key={value} type="button" onClick={() => onChoose(value)}>
            <i />
            {value}
          </button>
        ))}
        {seen.data?.values.length === 0 && (
          <p className={styles.note}>{t("report.filter.property.none")}</p>
        )}
      </div>
    </>
  );
}

interface ValuesProps extends Pick<FilterChooserProps, "ws" | "days" | "filters" | "onChange"> {
  field: ChosenField;
  property: string;
  exact: boolean;
  onBack: () => void;
}

function Values({ ws, days, field, property, filters, exact, onChange, onBack }: ValuesProps) {
  const { t, lang } = useLanguage();
  const [text, setText] = useState("");
  const [op, setOp] = useState<"is" | "not">("is");
  const wanted = useSettled(text.trim(), 200);
  const seen = useValues(ws, { lang, ...days }, field, wanted, true, property);
  const here = { field, op, ...(property ? { property } : {}) };
  const chosen = filters.find((one) => isSame(one, here))?.values ?? [];
  const name = property || t(`report.field.${field}`);
  return (
    <>
      <div className={styles.find}>
        <span>
          <Button kind="text" small icon="left" onClick={onBack}>
            {t("report.filter.back")}
          </Button>
        </span>
        <Field
          label={t("report.filter.values", { field: name })}
          placeholder={t("report.filter.search")}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        {!exact && (
          <span className={styles.ops}>
            {(["is", "not"] as const).map((one) => (
              <ChipButton
                key={one}
                on={op === one}
                aria-pressed={op === one}
                onClick={() => setOp(one)}
              >
                {t(`report.filter.${one}`)}
              </ChipButton>
            ))}
          </span>
        )}
      </div>
      <div className={styles.values}>
        {wanted && field !== "channel" && !exact && (
          <button
            type="button"
            onClick={() =>
              onChange(putFilter(filters, { ...here, op: "contains", values: [wanted] }))
            }
          >
            <i />
            {t("report.filter.contains", { text: wanted })}
          </button>
        )}
        {seen.data?.values.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen.includes(value)}
            onClick={() =>
              onChange(
                putFilter(filters, {
                  ...here,
                  values: chosen.includes(value)
                    ? chosen.filter((one) => one !== value)
                    : [...chosen, value],
                }),
              )
            }
          >
            {chosen.includes(value) ? <Icon name="check" size={14} /> : <i />}
            {label}
          </button>
        ))}
        {seen.data?.values.length === 0 && <p className={styles.note}>{t("report.filter.none")}</p>}
      </div>
    </>
  );
}
