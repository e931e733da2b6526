import { type FormEvent, useId, useState } from "react";
import { problemAt } from "../../api/client.ts";
import type { ReadOnlyView } from "../../api/types.ts";
import { useChangeView, useMakeView, type ViewPart } from "../../api/useViews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./links.module.css";
import { madeUp, sitesIn } from "./sites.ts";

const DAYS = ["7", "30", "90", "366"] as const;
const PARTS: ViewPart[] = ["now", "map", "findings", "glossary"];

/** The address of a new link, with what only its maker knows now. */
export interface MadeLink {
  token: string;
  expires_at: string;
  embed: string;
  locked: boolean;
  name: string;
}

interface LinkFormProps {
  ws: string;
  /** Absent: a new one. */
  view?: ReadOnlyView;
  onMade?: (made: MadeLink) => void;
  onDone: () => void;
}

/** What a link shows, to whom, for how long. */
export function LinkForm({ ws, view, onMade, onDone }: LinkFormProps) {
  const { t, f } = useLanguage();
  const make = useMakeView(ws);
  const change = useChangeView(ws);
  const [name, setName] = useState(view?.name ?? "");
  const [shows, setShows] = useState<ViewPart[]>(view?.shows ?? ["now", "map"]);
  const [days, setDays] = useState(view ? "0" : "30");
  const [password, setPassword] = useState("");
  const [unlocked, setUnlocked] = useState(false);
  const [names, setNames] = useState(view?.names ?? false);
  const [sites, setSites] = useState(view?.sites.join(" ") ?? "");
  const failed = make.error ?? change.error;
  const siteProblem =
    failed && "problem" in failed
      ? (failed.problem as { errors?: { location?: string; message?: string }[] }).errors?.find(
          (one) => one.location?.startsWith("body.sites"),
        )?.message
      : undefined;
  const passwordProblem = problemAt(failed, "body.password");
  const showsProblem = problemAt(failed, "body.shows");
  async function save(event: FormEvent) {
    event.preventDefault();
    const common = { name, shows, names, sites: sitesIn(sites), days: Number(days) };
    try {
      if (view) {
        const locks = unlocked ? { password: "" } : password ? { password } : {};
        await change.mutateAsync({ id: view.id, body: { ...common, ...locks } });
      } else {
        const made = await make.mutateAsync({ ...common, ...(password ? { password } : {}) });
        onMade?.({ ...made, locked: password !== "", name });
      }
      onDone();
    } catch {
      // Said below.
    }
  }
  return (
    <Card lifted>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <div className={styles.pair}>
          <Field
            label={t("links.name")}
            hint={t("links.name.hint")}
            optional
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label={t("links.days")}
            value={days}
            options={[
              ...(view
                ? [
                    {
                      value: "0",
                      label: t("links.days.keep", { day: f.day(view.expires_at.slice(0, 10)) }),
                    },
                  ]
                : []),
              ...DAYS.map((one) => ({ value: one as string, label: t(`links.days.${one}`) })),
            ]}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <fieldset className={styles.shows}>
          <legend>{t("links.shows")}</legend>
          {PARTS.map((part) => (
            <Check
              key={part}
              title={t(`links.part.${part}`)}
              line={t(`links.part.${part}.line`)}
              on={shows.includes(part)}
              onChange={(on) =>
                setShows(PARTS.filter((one) => (one === part ? on : shows.includes(one))))
              }
            />
          ))}
          {showsProblem && <p className={styles.wrong}>{showsProblem}</p>}
        </fieldset>
        <div className={styles.pair}>
          <div className={styles.password}>
            <Field
              label={t("links.password")}
              hint={t(view?.locked ? "links.password.kept" : "links.password.hint")}
              error={passwordProblem}
              optional
              maxLength={200}
              value={password}
              disabled={unlocked}
              spellCheck={false}
              onChange={(event) => setPassword(event.target.value)}
            />
            <Button small disabled={unlocked} onClick={() => setPassword(madeUp())}>
              {t("links.password.make")}
            </Button>
            {view?.locked && (
              <Check title={t("links.password.none")} on={unlocked} onChange={setUnlocked} />
            )}
          </div>
          <Field
            label={t("links.sites")}
            hint={t("links.sites.hint")}
            error={siteProblem}
            optional
            value={sites}
            spellCheck={false}
            onChange={(event) => setSites(event.target.value)}
          />
        </div>
        <Check
          title={t("links.names")}
          line={t("links.names.line")}
          on={names}
          onChange={setNames}
        />
        {failed && !siteProblem && !passwordProblem && !showsProblem && (
          <Notice kind="bad">{failed.message}</Notice>
        )}
        <div className={styles.make}>
          <Button
            kind="primary"
            type="submit"
            disabled={shows.length === 0 || make.isPending || change.isPending}
          >
            {t(view ? "links.save" : make.isPending ? "links.making" : "links.make")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}

interface CheckProps {
  title: string;
  line?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

function Check({ title, line, on, onChange }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={line ? `${id}-line` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{title}</label>
      {line && (
        <p id={`${id}-line`} className="quiet">
          {line}
        </p>
      )}
    </div>
  );
}
