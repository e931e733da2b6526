import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "./classes.ts";
import styles from "./Field.module.css";

interface FrameProps {
  label: string;
  /** A quiet line below. */
  hint?: ReactNode;
  /** What is wrong and what to do; turns the box red. */
  error?: ReactNode;
  /** Says 任意 beside the label. */
  optional?: boolean;
  /** Tools that work on the text, at the end of the label's line. */
  beside?: ReactNode;
}

interface Wires {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  className: string;
}

/** Label, box and the line below, for a box of one's own. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  beside,
  children,
}: FrameProps & { children: (wires: Wires) => ReactNode }) {
  const { t } = useLanguage();
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>
          {label}
          {optional && <span className={styles.optional}>{t("kit.optional")}</span>}
        </label>
        {beside}
      </div>
      {children({
        id,
        "aria-describedby": below ? `${id}-below` : undefined,
        "aria-invalid": error ? true : undefined,
        className: classes(styles.box, error ? styles.wrong : null),
      })}
      {below && (
        <p id={`${id}-below`} className={error ? styles.error : styles.hint}>
          {below}
        </p>
      )}
    </div>
  );
}

type FieldProps = FrameProps & InputHTMLAttributes<HTMLInputElement>;

/** A labelled line to write in. */
export function Field({ label, hint, error, optional, ...rest }: FieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => <input autoComplete="off" {...rest} {...wires} />}
    </FieldFrame>
  );
}

type TextFieldProps = FrameProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled box for a few sentences. */
export function TextField({ label, hint, error, optional, rows = 3, ...rest }: TextFieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => <textarea rows={rows} {...rest} {...wires} />}
    </FieldFrame>
  );
}

type SelectProps = FrameProps &
  SelectHTMLAttributes<HTMLSelectElement> & {
    options: { value: string; label: string; disabled?: boolean }[];
  };

/** A labelled choice of one. */
export function Select({ label, hint, error, optional, options, ...rest }: SelectProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional ?? false}>
      {(wires) => (
        <select {...rest} {...wires}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
