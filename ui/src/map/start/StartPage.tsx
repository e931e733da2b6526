import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { Template } from "../../api/types.ts";
import { useCreateWorkspace } from "../../api/useCreateWorkspace.ts";
import { useTemplates } from "../../api/useTemplates.ts";
import { handOver } from "../../frame/handover.ts";
import { LanguageSwitch } from "../../frame/Preferences.tsx";
import type { Day } from "../../i18n/day.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Signpost } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Steps } from "../../kit/Steps.tsx";
import { useFocusOnChange } from "../../kit/useFocusOnChange.ts";
import { GoalStep } from "./GoalStep.tsx";
import { type GoalForm, goalOf, kgiOf } from "./goalForm.ts";
import { type Numbers, NumbersStep } from "./NumbersStep.tsx";
import styles from "./start.module.css";
import { Thumbnail } from "./Thumbnail.tsx";

const BLANK = "\u0000blank";

/** From nothing to a map: a template, the goal in words, the numbers. */
export function StartPage() {
  const { t, lang } = useLanguage();
  const templates = useTemplates();
  const create = useCreateWorkspace();
  const navigate = useNavigate();
  const [today] = useState<Day>(localToday);
  const [picked, setPicked] = useState<string | null>(null);
  const [goal, setGoal] = useState<GoalForm>(() => goalOf(null, today));
  const [name, setName] = useState("");
  const [step, setStep] = useState<"goal" | "numbers">("goal");
  const place = useFocusOnChange<HTMLElement>(step);
  useEffect(() => {
    document.title = `${t("start.title")} — Shirube`;
  }, [t]);

  const list = templates.data?.templates ?? [];
  const template = list.find((one) => one.key === picked) ?? null;

  // The first template is open from the start: the page shows what it is about.
  const first = list[0];
  useEffect(() => {
    if (!first) return;
    setPicked((key) => key ?? first.key);
    setGoal((typed) => (typed.name === "" ? goalOf(first, today) : typed));
    setName((typed) => typed || first.name);
  }, [first, today]);

  function choose(key: string) {
    const next = list.find((one) => one.key === key) ?? null;
    const before = goalOf(template, today);
    setPicked(key);
    // What the reader has written stays; what only the last template had brought goes.
    setGoal((typed) => carried(typed, before, goalOf(next, today)));
    setName((typed) => (typed === "" || typed === template?.name ? (next?.name ?? "") : typed));
  }

  async function make(numbers: Numbers, files: File[]) {
    const { slug } = await create.mutateAsync({
      name: name.trim(),
      template: template?.key ?? "",
      sample: numbers === "sample",
      locale: lang,
      kgi: kgiOf(goal),
    });
    if (numbers === "upload") {
      handOver(files);
      await navigate({ to: "/w/$ws/measure/data", params: { ws: slug } });
    } else if (numbers === "connect")
      await navigate({ to: "/w/$ws/measure/connections", params: { ws: slug } });
    else await navigate({ to: "/w/$ws/map", params: { ws: slug } });
  }

  return (
    <div className={styles.screen}>
      <header className={styles.top}>
        <Link to="/" className={styles.brand} aria-label="Shirube">
          <Signpost />
          <b>Shirube</b>
        </Link>
        <div className={styles.steps}>
          <Steps
            label={t("start.steps")}
            current={step === "numbers" ? 2 : picked === null ? 0 : 1}
            steps={[t("start.step.template"), t("start.step.goal"), t("start.step.numbers")]}
            onBack={step === "numbers" ? () => setStep("goal") : undefined}
          />
        </div>
        <Link to="/goals" className={`quiet ${styles.small} ${styles.later}`}>
          {t("start.later")}
        </Link>
        <LanguageSwitch />
      </header>
      <main className={styles.wrap} ref={place} tabIndex={-1}>
        <h1 className="sr">{t("start.title")}</h1>
        {step === "goal" ? (
          <>
            <section>
              <div className={styles.head}>
                <h2>{t("start.template")}</h2>
                <span className={`quiet ${styles.small}`}>{t("start.template.line")}</span>
              </div>
              {templates.error && (
                <Failed error={templates.error} retry={() => void templates.refetch()} />
              )}
              {templates.isPending && <TemplateSkeletons />}
              {templates.data && (
                <Choices
                  legend={t("start.template")}
                  silentLegend
                  least={150}
                  value={picked}
                  options={[
                    ...list.map((one) => ({
                      value: one.key,
                      title: one.name,
                      line: one.summary,
                      before: <TemplateDrawing template={one} on={one.key === picked} />,
                    })),
                    {
                      value: BLANK,
                      title: t("start.blank"),
                      line: t("start.blank.line"),
                      before: <TemplateDrawing template={null} on={picked === BLANK} />,
                    },
                  ]}
                  onChange={choose}
                />
              )}
            </section>
            {picked !== null && (
              <GoalStep
                template={template}
                goal={goal}
                onGoal={setGoal}
                name={name}
                onName={setName}
                today={today}
                onNext={() => setStep("numbers")}
              />
            )}
          </>
        ) : (
          <NumbersStep
            template={template}
            busy={create.isPending}
            error={
              create.error
                ? create.error instanceof ApiError
                  ? create.error.message
                  : t("kit.failed.offline")
                : null
            }
            onBack={() => setStep("goal")}
            // A refusal is shown through create.error.
            onCreate={(numbers, files) => void make(numbers, files).catch(() => {})}
          />
        )}
      </main>
    </div>
  );
}

function TemplateDrawing({ template, on }: { template: Template | null; on: boolean }) {
  return (
    <span
      style={{
        display: "flex",
        alignItems: "center",
        height: 44,
        marginBottom: 8,
        color: on ? "var(--ai)" : "var(--g4)",
      }}
    >
      <Thumbnail shape={template?.shape ?? [{ name: "", parent: -1, operator: null }]} />
    </span>
  );
}

function TemplateSkeletons() {
  return (
    <div
      style={{ display: "grid", gap: 8, gridTemplateColumns: "repeat(auto-fit,minmax(150px,1fr))" }}
    >
      <Loading />
      {["a", "b", "c", "d", "e", "f", "g"].map((key) => (
        <Skeleton key={key} height={124} />
      ))}
    </div>
  );
}

/** Every field that still is what the last template brought takes what the next one brings. */
function carried(typed: GoalForm, before: GoalForm, next: GoalForm): GoalForm {
  const keep = <K extends keyof GoalForm>(key: K): GoalForm[K] =>
    typed[key] === before[key] ? next[key] : typed[key];
  // Number, unit and kind mean one thing together.
  const measured =
    typed.amount === before.amount && typed.unit === before.unit && typed.kind === before.kind;
  const { amount, unit, kind } = measured ? next : typed;
  return {
    name: keep("name"),
    amount,
    unit,
    kind,
    from: keep("from"),
    by: keep("by"),
    owner: keep("owner"),
    serves: keep("serves"),
  };
}

function localToday(): Day {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
