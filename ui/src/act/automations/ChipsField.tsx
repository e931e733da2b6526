import { type ReactNode, useState } from "react";
import { Field } from "../../kit/Field.tsx";

interface ChipsFieldProps {
  label: string;
  hint?: ReactNode;
  value: string[];
  onChange: (next: string[]) => void;
}

/** Several words in one line, with commas between. */
export function ChipsField({ label, hint, value, onChange }: ChipsFieldProps) {
  const [text, setText] = useState(value.join(", "));
  return (
    <Field
      label={label}
      hint={hint}
      value={text}
      maxLength={1000}
      onChange={(event) => {
        setText(event.target.value);
        onChange(
          event.target.value
            .split(/[,\u3001\uff0c]/)
            .map((one) => one.trim())
            .filter(Boolean),
        );
      }}
    />
  );
}
