import { Fragment } from "react";
import type { ConditionChoices } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import {
  type Address,
  type Condition,
  KINDS,
  type Kind,
  type Mode,
  memberPath,
  members,
  modeOf,
  type Problem,
} from "./condition.ts";
import styles from "./conditions.module.css";
import { Choice } from "./controls.tsx";
import type { Edit } from "./edit.ts";
import { icons } from "./icons.ts";
import { Row } from "./Row.tsx";
import { Sentence, slots } from "./Sentence.tsx";

interface GroupProps {
  node: Condition;
  at: Address;
  /** Where the server finds it: "all[1]", "" for the root. */
  path: string;
  /** The root of a lone row is not there for the server: its member's path is the root's own. */
  lone?: boolean;
  choices: ConditionChoices;
  problems: Problem[];
  can: (edit: Edit) => boolean;
  onEdit: (edit: Edit) => void;
}

/** Conditions taken together: how, one line each, groups within it set in. */
export function Group({ node, at, path, lone, choices, problems, can, onEdit }: GroupProps) {
  const { t } = useLanguage();
  const mode = modeOf(node) ?? "all";
  const list = members(node);
  const modes = (["all", "any", "none", "notall"] as const).filter(
    (one) => one !== "notall" || mode === "notall",
  );
  const own = problems.filter(
    (one) =>
      one.path === path || one.path === `${path}.${mode}` || (one.path === mode && path === ""),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame and legend
    <div
      role="group"
      aria-label={t("conditions.group")}
      className={styles.group}
      data-at={at.join(".")}
    >
      <div className={styles.head}>
        <Sentence
          text={t("conditions.lead", slots("mode"))}
          parts={{
            mode: (
              <Choice<Mode>
                label={t("conditions.mode")}
                value={mode}
                options={modes
                  .filter((one) => one === mode || can({ do: "mode", at, mode: one }))
                  .map((value) => ({ value, label: t(`conditions.mode.${value}`) }))}
                onChange={(next) => onEdit({ do: "mode", at, mode: next })}
              />
            ),
          }}
        />
        {at.length > 0 && (
          <span className={styles.tools}>
            <IconButton
              icon="close"
              bare
              label={t("conditions.removeGroup")}
              onClick={() => onEdit({ do: "drop", at })}
            />
          </span>
        )}
      </div>
      {list.length === 0 && <p className={styles.empty}>{t("conditions.empty")}</p>}
      <ul className={styles.members}>
        {list.map((one, i) => {
          const place = [...at, i];
          const inner = lone ? path : joined(path, memberPath(node, i));
          const copy: Edit = { do: "copy", at: place };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and all of them are controlled
            <Fragment key={i}>
              {i > 0 && <li className={styles.join}>{t(`conditions.join.${mode}`)}</li>}
              <li data-at={place.join(".")}>
                {modeOf(one) ? (
                  <Group
                    node={one}
                    at={place}
                    path={inner}
                    choices={choices}
                    problems={problems}
                    can={can}
                    onEdit={onEdit}
                  />
                ) : (
                  <Row
                    row={one}
                    choices={choices}
                    problems={problems.filter((p) => below(p.path, inner))}
                    onChange={(row) => onEdit({ do: "put", at: place, row })}
                    onCopy={can(copy) ? () => onEdit(copy) : undefined}
                    onDrop={() => onEdit({ do: "drop", at: place })}
                  />
                )}
              </li>
            </Fragment>
          );
        })}
      </ul>
      {own.length > 0 && !lone && (
        <p className={styles.problem}>{own.map((one) => one.message).join(" ")}</p>
      )}
      <AddMenu at={at} can={can} onEdit={onEdit} />
    </div>
  );
}

function AddMenu({ at, can, onEdit }: Pick<GroupProps, "at" | "can" | "onEdit">) {
  const { t } = useLanguage();
  const add = (kind: Kind): Edit => ({ do: "add", at, kind });
  const inner: Edit = { do: "group", at, kind: "page" };
  if (!can(add("page"))) return <p className="quiet">{t("conditions.full")}</p>;
  return (
    <div className={styles.add} data-add={at.join(".")}>
      <Popover
        label={t("conditions.add")}
        trigger={(wires) => (
          <Button small icon="plus" {...wires}>
            {t("conditions.add")}
          </Button>
        )}
      >
        {(close) =>
          KINDS.map((kind) => (
            <MenuItem
              key={kind}
              icon={<Icon name={icons[kind]} size={16} />}
              onClick={() => {
                close();
                onEdit(add(kind));
              }}
            >
              {t(`conditions.kind.${kind}`)}
            </MenuItem>
          ))
        }
      </Popover>
      {can(inner) && (
        <Button small kind="text" onClick={() => onEdit(inner)}>
          {t("conditions.addGroup")}
        </Button>
      )}
    </div>
  );
}

function joined(path: string, more: string): string {
  return path ? `${path}.${more}` : more;
}

/** Whether a problem lies at a place or within it. */
function below(path: string, place: string): boolean {
  return place === "" || path === place || path.startsWith(`${place}.`);
}
