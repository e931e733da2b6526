import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { useSize } from "../../kit/useSize.ts";
import { AddStep } from "./AddStep.tsx";
import styles from "./automations.module.css";
import { heldShare } from "./definition.ts";
import type { Flow } from "./flow.ts";
import { type Box, layout, type Road } from "./layout.ts";
import { Outcome } from "./Outcome.tsx";
import { StepCard } from "./StepCard.tsx";
import { isArrow, walk } from "./walk.ts";

/** Smaller than this it scrolls instead: the words must stay readable. */
const SMALLEST = 0.72;

/** The flow as a road map: who goes where, and who is held out. */
export function Canvas(flow: Flow) {
  const { definition, counts, held, effect, onAdd, onRemove } = flow;
  const { t, f } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const room = useSize(root, { w: 728, h: 600 });
  const picture = useMemo(() => layout(definition, counts, held), [definition, counts, held]);
  const scale = Math.max(SMALLEST, Math.min(1, room.w / picture.width));
  const [current, setCurrent] = useState("trigger");
  const stop = current === "trigger" || picture.steps.has(current) ? current : "trigger";

  function focus(id: string): void {
    setCurrent(id);
    const cards = root.current?.querySelectorAll<HTMLElement>("[data-card]") ?? [];
    [...cards].find((card) => card.dataset.card === id)?.focus();
  }
  function press(event: KeyboardEvent): void {
    const here = (event.target as HTMLElement).dataset.card;
    if (!here) return;
    if (isArrow(event.key)) {
      event.preventDefault();
      const next = walk(picture, here, event.key);
      if (next) focus(next);
    } else if ((event.key === "Delete" || event.key === "Backspace") && here !== "trigger") {
      if (!onRemove || definition.steps.length < 2) return;
      event.preventDefault();
      const next = walk(picture, here, "ArrowUp") ?? "trigger";
      onRemove(here);
      focus(next);
    }
  }
  const place = (box: Box) => ({ left: box.x, top: box.y, width: box.w, height: box.h });
  const wide = picture.width * scale > room.w + 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={root}
      className={classes(styles.canvas, wide && styles.scrolls)}
      role="group"
      aria-label={t("automations.canvas")}
      aria-describedby="flow-help"
      onKeyDown={press}
    >
      <p id="flow-help" className="sr">
        {t("automations.canvas.help")}
      </p>
      <div style={{ width: picture.width * scale, height: picture.height * scale }}>
        <div
          className={styles.picture}
          style={{ width: picture.width, height: picture.height, transform: `scale(${scale})` }}
        >
          <svg
            width={picture.width}
            height={picture.height}
            className={styles.roads}
            aria-hidden="true"
          >
            {picture.roads.map((road) => (
              <RoadLine key={road.key} road={road} />
            ))}
          </svg>
          <div className={styles.box} style={place(picture.trigger)}>
            <StepCard
              {...flow}
              step={null}
              tabIndex={stop === "trigger" ? 0 : -1}
              onFocus={() => setCurrent("trigger")}
            />
          </div>
          {definition.steps.map((step) => {
            const box = picture.steps.get(step.id);
            return (
              box && (
                <div key={step.id} className={styles.box} style={place(box)}>
                  <StepCard
                    {...flow}
                    step={step}
                    tabIndex={stop === step.id ? 0 : -1}
                    onFocus={() => setCurrent(step.id)}
                  />
                </div>
              )
            );
          })}
          {picture.roads.map(({ key, label }) => {
            const of = definition.steps.find((step) => key.startsWith(`${step.id} `));
            return (
              label && (
                <span key={key} className={styles.wayLabel} style={{ left: label.x, top: label.y }}>
                  {t(
                    of?.branch
                      ? label.way === "then"
                        ? "automations.way.branch.then"
                        : "automations.way.branch.else"
                      : label.way === "then"
                        ? "automations.way.wait.then"
                        : "automations.way.wait.next",
                  )}
                </span>
              )
            );
          })}
          {picture.heldWords && (
            <div
              className={styles.heldWords}
              style={{ left: picture.heldWords.x, top: picture.heldWords.y }}
            >
              <b>
                {counts.entered > 0
                  ? t("automations.held", { people: f.count(counts.held) })
                  : t("automations.held.plan", { share: f.percent(heldShare(definition)) })}
              </b>
              <span>{t("automations.held.why")}</span>
              <span>{t("automations.held.why2")}</span>
            </div>
          )}
          <div className={styles.box} style={place(picture.outcome.sent)}>
            <Outcome effect={effect} arm="sent" />
          </div>
          {picture.outcome.held && (
            <div className={styles.box} style={place(picture.outcome.held)}>
              <Outcome effect={effect} arm="held" />
            </div>
          )}
          {onAdd &&
            picture.roads.map(
              ({ key, gap }) =>
                gap && (
                  <div key={key} className={styles.add} style={{ left: gap.x, top: gap.y }}>
                    <AddStep onAdd={(kind) => onAdd({ from: gap.from, way: gap.way }, kind)} />
                  </div>
                ),
            )}
        </div>
      </div>
    </div>
  );
}

/** Cased as on the map: who is sent to in the accent, who is held out in grey; thin dashes before anybody came. */
function RoadLine({ road }: { road: Road }) {
  const { d, width, kind } = road;
  if (width === null)
    return <path d={d} fill="none" stroke="var(--g4)" strokeWidth="1.5" strokeDasharray="4 5" />;
  const [edge, fill] = kind === "held" ? ["var(--g4)", "var(--g1)"] : ["var(--ai)", "var(--ai-2)"];
  return (
    <>
      <path d={d} fill="none" stroke={edge} strokeWidth={width + 2} />
      <path d={d} fill="none" stroke={fill} strokeWidth={width} />
    </>
  );
}
