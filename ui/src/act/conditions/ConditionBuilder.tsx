import { useEffect, useRef } from "react";
import { useConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useRights } from "../contacts/useRights.ts";
import { type Condition, isLone, members, type Problem, rooted } from "./condition.ts";
import styles from "./conditions.module.css";
import { type Edit, edited, possible } from "./edit.ts";
import { Group } from "./Group.tsx";
import { useCounted } from "./useCounted.ts";

interface ConditionBuilderProps {
  ws: string;
  value: Condition;
  onChange: (next: Condition) => void;
  /** What the server said of it when it was saved, by path. What it says while counting is shown anyway. */
  problems?: Problem[];
}

/** A condition built line by line; reads like the sentence it is. */
export function ConditionBuilder({ ws, value, onChange, problems = [] }: ConditionBuilderProps) {
  const { t } = useLanguage();
  const { see, edit } = useRights(ws);
  const choices = useConditionChoices(ws);
  const counted = useCounted(ws, value);
  const root = rooted(value);
  const box = useRef<HTMLDivElement>(null);
  const next = useRef<string | null>(null);
  // The keyboard goes to what was just added, and to where one adds again after a removal.
  useEffect(() => {
    if (next.current === null) return;
    const target = box.current?.querySelector<HTMLElement>(next.current);
    next.current = null;
    target?.focus();
  });
  if (choices.error) return <Failed error={choices.error} retry={() => void choices.refetch()} />;
  if (!choices.data || see === undefined)
    return (
      <div className={styles.builder}>
        <Loading />
        <Skeleton height={32} width="40%" />
        <Skeleton height={44} />
      </div>
    );
  const said = problems.length > 0 ? problems : counted.problems;
  // Whoever may not see people reads what is asked: the same sentences, with nothing to change.
  if (!edit)
    return (
      <fieldset disabled className={classes(styles.builder, styles.read)}>
        <legend className="sr">{t("conditions.label")}</legend>
        <Group
          node={root}
          at={[]}
          path=""
          choices={choices.data}
          problems={[]}
          can={() => false}
          onEdit={() => undefined}
        />
      </fieldset>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame and legend
    <div ref={box} role="group" aria-label={t("conditions.label")} className={styles.builder}>
      <Group
        node={root}
        at={[]}
        path=""
        lone={isLone(value) && members(root).length > 0}
        choices={choices.data}
        problems={said}
        can={(edit) => possible(root, edit)}
        onEdit={(edit) => {
          next.current = focusAfter(root, edit);
          onChange(edited(root, edit));
        }}
      />
    </div>
  );
}

/** Which control the keyboard goes to after an edit; null leaves it where it is. */
function focusAfter(root: Condition, edit: Edit): string | null {
  const controls = (at: number[]) => `[data-at="${at.join(".")}"] :is(select, input)`;
  switch (edit.do) {
    case "add":
    case "group": {
      let node = root;
      for (const place of edit.at) node = members(node)[place] ?? node;
      const place = [...edit.at, members(node).length];
      return controls(edit.do === "group" ? [...place, 0] : place);
    }
    case "copy":
      return controls([...edit.at.slice(0, -1), (edit.at.at(-1) ?? 0) + 1]);
    case "drop":
      return `[data-add="${edit.at.slice(0, -1).join(".")}"] button`;
    default:
      return null;
  }
}
