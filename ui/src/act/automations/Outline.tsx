import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { AddStep } from "./AddStep.tsx";
import styles from "./automations.module.css";
import { heldShare, type Step, type Way, waysOf } from "./definition.ts";
import type { Flow } from "./flow.ts";
import { Outcome } from "./Outcome.tsx";
import { StepCard } from "./StepCard.tsx";

interface Line {
  step: Step;
  depth: number;
  /** The answer that leads here, where the way before forks. */
  said: { way: Way; of: Step } | null;
}

/** The steps in the order in which they are read on a phone; a branch's other way is set in. */
export function lines(steps: Step[]): Line[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const out: Line[] = [];
  function go(id: string, depth: number, said: Line["said"]): void {
    const step = byId.get(id);
    if (!step || seen.has(id)) return;
    seen.add(id);
    out.push({ step, depth, said });
    const ways = waysOf(step);
    const [main, other] = ways;
    const forks = ways.length > 1;
    if (other) go(other.to, depth + 1, { way: other.way, of: step });
    if (main) go(main.to, depth, forks ? { way: main.way, of: step } : null);
  }
  if (steps[0]) go(steps[0].id, 0, null);
  for (const step of steps) go(step.id, 0, null);
  return out;
}

/** The flow for one hand: an indented list with the same counts. */
export function Outline(flow: Flow) {
  const { definition, counts, held, effect, onAdd } = flow;
  const { t, f } = useLanguage();
  return (
    <div className={styles.outline}>
      <StepCard {...flow} step={null} />
      {onAdd && <AddStep onAdd={(kind) => onAdd({ from: null, way: "next" }, kind)} />}
      {held && (
        <p className={styles.heldLine}>
          <b>
            {counts.entered > 0
              ? t("automations.held", { people: f.count(counts.held) })
              : t("automations.held.plan", { share: f.percent(heldShare(definition)) })}
          </b>{" "}
          {`${t("automations.held.why")} ${t("automations.held.why2")}`}
        </p>
      )}
      <ol>
        {lines(definition.steps).map(({ step, depth, said }) => (
          <li key={step.id} style={{ marginLeft: Math.min(depth, 4) * 20 }}>
            {said && (
              <span className={styles.answer}>
                {t(
                  said.of.branch
                    ? said.way === "then"
                      ? "automations.way.branch.then"
                      : "automations.way.branch.else"
                    : said.way === "then"
                      ? "automations.way.wait.then"
                      : "automations.way.wait.next",
                )}
              </span>
            )}
            <StepCard {...flow} step={step} />
            {onAdd && (
              <AddStep
                onAdd={(kind) =>
                  onAdd({ from: step.id, way: waysOf(step)[0]?.way ?? "next" }, kind)
                }
              />
            )}
          </li>
        ))}
      </ol>
      <div className={styles.outcomes}>
        <Outcome effect={effect} arm="sent" />
        {held && <Outcome effect={effect} arm="held" />}
      </div>
    </div>
  );
}
