import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass, IconButton } from "../../kit/Button.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { useNarrow } from "../../kit/useNarrow.ts";
import styles from "./firstSteps.module.css";
import { firstSteps, type StepKey } from "./firstSteps.ts";

/** What this browser remembers of a map: the findings were looked at; the steps are put away. */
function remembered(ws: string, what: "looked" | "away"): boolean {
  try {
    return localStorage.getItem(`shirube.steps.${what}.${ws}`) !== null;
  } catch {
    return false; // a browser that keeps nothing shows them again
  }
}

function remember(ws: string, what: "looked" | "away") {
  try {
    localStorage.setItem(`shirube.steps.${what}.${ws}`, "1");
  } catch {
    // It is asked again next time.
  }
}

/** The way from an empty map to a living one: what is done, and the one step that comes next. */
export function FirstSteps({ ws, reply }: { ws: string; reply: MapReply }) {
  const { t } = useLanguage();
  const narrow = useNarrow();
  const [away, setAway] = useState(() => remembered(ws, "away"));
  const [looked] = useState(() => remembered(ws, "looked"));
  const steps = firstSteps(reply, looked);
  const next = steps.find((one) => !one.done);
  if (away || reply.workspace.demo || !next) return null;
  const shown = narrow ? [next] : steps;
  return (
    <section className={styles.strip} aria-label={t("onboarding.title")}>
      <b>
        {t("onboarding.title")}{" "}
        <span className="quiet">
          {t("onboarding.count", {
            done: steps.filter((one) => one.done).length,
            all: steps.length,
          })}
        </span>
      </b>
      <ol>
        {shown.map((one) => (
          <li
            key={one.key}
            className={classes(one.done && styles.done)}
            {...(one === next ? { "aria-current": "step" as const } : {})}
          >
            {one.done && <Icon name="check" size={14} />}
            {one === next ? (
              <Step ws={ws} step={one.key} kgi={reply.indicators[0]?.id} />
            ) : (
              // What is done is a mark for the eye; its words stay for who listens.
              <span className={one.done ? "sr" : undefined} title={t(`onboarding.why.${one.key}`)}>
                {t(`onboarding.step.${one.key}`)}
              </span>
            )}
          </li>
        ))}
      </ol>
      <IconButton
        icon="close"
        label={t("onboarding.away")}
        bare
        onClick={() => {
          remember(ws, "away");
          setAway(true);
        }}
      />
    </section>
  );
}

/** The step that comes next, as the way to it; why it matters is read on it. */
function Step({ ws, step, kgi }: { ws: string; step: StepKey; kgi: string | undefined }) {
  const { t } = useLanguage();
  const label = t(`onboarding.step.${step}`);
  const look = {
    className: buttonClass("primary", true),
    params: { ws },
    title: t(`onboarding.why.${step}`),
  };
  switch (step) {
    case "goal":
      return (
        <Link to="/w/$ws/map" search={kgi ? { edit: kgi } : {}} {...look}>
          {label}
        </Link>
      );
    case "numbers":
      return (
        <Link to="/w/$ws/measure/data" {...look}>
          {label}
        </Link>
      );
    case "findings":
      return (
        <Link to="/w/$ws/ask" onClick={() => remember(ws, "looked")} {...look}>
          {label}
        </Link>
      );
    case "agreement":
      return (
        <Link to="/w/$ws/share/agreement" {...look}>
          {label}
        </Link>
      );
  }
}
