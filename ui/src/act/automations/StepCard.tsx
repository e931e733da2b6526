import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import styles from "./automations.module.css";
import { kindOf, type Step } from "./definition.ts";
import { type Flow, openCard, titled } from "./flow.ts";
import { icons, triggerIcon } from "./icons.ts";

interface StepCardProps
  extends Pick<Flow, "definition" | "counts" | "sentences" | "marks" | "open" | "onOpen"> {
  /** null: the trigger. */
  step: Step | null;
  tabIndex?: number;
  onFocus?: () => void;
}

/** One step with how many are in it and have passed it; pressed, it opens. */
export function StepCard(props: StepCardProps) {
  const { definition, counts, sentences, marks, open, onOpen, step, tabIndex, onFocus } = props;
  const { t, f, lang } = useLanguage();
  const id = step?.id ?? "trigger";
  const kind = step && kindOf(step);
  const said = titled((step ? sentences?.steps[step.id] : sentences?.trigger) ?? "");
  const here = step ? counts.at.get(step.id) : undefined;
  const many = step ? (here?.passed ?? 0) : counts.entered;
  const wrong = marks.has(id);
  const began = counts.entered > 0;
  return (
    <button
      type="button"
      className={classes(
        styles.step,
        openCard(open) === id && styles.chosen,
        wrong && styles.wrong,
      )}
      data-card={id}
      tabIndex={tabIndex}
      onFocus={onFocus}
      onClick={() => onOpen(step ? { step: step.id } : "trigger")}
    >
      <Icon
        name={wrong ? "warning" : kind ? icons[kind] : triggerIcon(definition.trigger)}
        size={20}
        className={wrong ? styles.warned : styles.icon}
      />
      <span className={styles.words}>
        <span className={styles.kind}>
          {t(kind ? `automations.kind.${kind}` : "automations.trigger")}
        </span>
        <b title={said}>
          {said || t(kind ? `automations.add.${kind}` : "automations.trigger.pick")}
        </b>
      </span>
      {began && (
        <span className={styles.many}>
          <span className="num" title={t(step ? "automations.passed" : "automations.in")}>
            <span className="sr">{t(step ? "automations.passed" : "automations.in")} </span>
            {f.count(many)}
            {lang === "ja" && <small>{t("automations.people")}</small>}
          </span>
          {here && here.now > 0 && (
            <span className={styles.now}>
              {t("automations.now", { people: f.count(here.now) })}
            </span>
          )}
        </span>
      )}
    </button>
  );
}
