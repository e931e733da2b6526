import type { AutomationProblem, AutomationSentences } from "../../api/useAutomations.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Drawer } from "../../kit/Drawer.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { type Definition, kindOf, type Step } from "./definition.ts";
import type { Open } from "./Editor.tsx";
import { changed } from "./edit.ts";
import { titled } from "./flow.ts";
import panel from "./panel.module.css";
import { SettingsForm } from "./SettingsForm.tsx";
import { StepForm } from "./StepForm.tsx";
import { TriggerForm } from "./TriggerForm.tsx";
import { WaysForm } from "./WaysForm.tsx";

interface PanelProps {
  ws: string;
  open: NonNullable<Open>;
  definition: Definition;
  problems: AutomationProblem[];
  sentences: AutomationSentences | null;
  mayEdit: boolean;
  onChange: (next: Definition, where?: string) => void;
  onRemove: (id: string) => void;
  onClose: () => void;
}

/** What the forms tell at the place itself. */
const TOLD = /^\/(condition|branch\/if|goal|name|kpi|holdout|reentry\/days|cap|quiet)(\/|$)/;

/** What is open beside the flow: the trigger, a step, or the rules of the whole. */
export function Panel(props: PanelProps) {
  const { ws, open, definition, problems, sentences, mayEdit, onChange, onRemove, onClose } = props;
  const { t } = useLanguage();
  const step =
    typeof open === "object" ? definition.steps.find((one) => one.id === open.step) : undefined;
  const kind = step && kindOf(step);
  const at = step
    ? `/steps/${definition.steps.indexOf(step)}`
    : open === "trigger"
      ? "/trigger"
      : "";
  const own = problems.filter(({ place }) =>
    at ? place === at || place.startsWith(`${at}/`) : !/^\/(steps|trigger)(\/|$)/.test(place),
  );
  const untold = own.filter(({ place }) => !TOLD.test(place.slice(at.length)));
  const eyebrow = kind
    ? t(`automations.kind.${kind}`)
    : t(open === "trigger" ? "automations.trigger" : "automations.settings");
  const title = step
    ? sentences?.steps[step.id]
    : open === "trigger"
      ? sentences?.trigger
      : definition.name;
  return (
    <div className={panel.panel}>
      <Drawer
        label={eyebrow}
        onClose={onClose}
        eyebrow={eyebrow}
        header={
          <h2 className={panel.panelTitle}>
            {titled(title ?? "") || (kind ? t(`automations.add.${kind}`) : eyebrow)}
          </h2>
        }
        {...(step && mayEdit && definition.steps.length > 1
          ? {
              footer: (
                <Button kind="danger" icon="trash" onClick={() => onRemove(step.id)}>
                  {t("automations.form.remove")}
                </Button>
              ),
            }
          : {})}
      >
        <div className={panel.panelBody}>
          {untold.length > 0 && (
            <Notice kind="warn">
              {untold.map((one) => (
                <p key={one.place + one.what}>
                  {one.what} <span className="quiet">{one.mend}</span>
                </p>
              ))}
            </Notice>
          )}
          <fieldset className={panel.form} disabled={!mayEdit}>
            <legend className="sr">{eyebrow}</legend>
            {step ? (
              <>
                <StepForm
                  ws={ws}
                  step={step}
                  definition={definition}
                  problems={own.map((one) => ({ ...one, place: one.place.slice(at.length) }))}
                  onChange={(next: Step) => onChange(changed(definition, next), step.id)}
                />
                <WaysForm
                  step={step}
                  definition={definition}
                  sentences={sentences}
                  onChange={onChange}
                />
              </>
            ) : open === "trigger" ? (
              <TriggerForm
                ws={ws}
                trigger={definition.trigger}
                problems={own.map((one) => ({ ...one, place: one.place.slice(at.length) }))}
                onChange={(trigger) => onChange({ ...definition, trigger }, "trigger")}
              />
            ) : (
              <SettingsForm
                ws={ws}
                definition={definition}
                problems={own}
                onChange={(next) => onChange(next, "settings")}
              />
            )}
          </fieldset>
        </div>
      </Drawer>
    </div>
  );
}
